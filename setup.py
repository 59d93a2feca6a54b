"""List the packages, which setup.cfg cannot: the folder plugins/ installs as fvtransport.plugins."""

from setuptools import find_packages, setup

engine = find_packages(include=["fvtransport", "fvtransport.*"])
plugins = find_packages(include=["plugins", "plugins.*"])

setup(packages=engine + ["fvtransport." + name for name in plugins])
