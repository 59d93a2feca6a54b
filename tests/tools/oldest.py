"""The oldest dependencies that `setup.cfg` allows: `python -m tests.tools.oldest` prints them as pip constraints.

`make oldest` installs them into a fresh environment and runs the quick tests there.
"""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETUP, BUILD = ROOT / "setup.cfg", ROOT / "pyproject.toml"
BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?>=(?P<version>[0-9.]+)")


def requirements() -> list[str]:
    """Every requirement of the build, the package and its extras, but for those that name the package's own extras."""
    config = ConfigParser()
    config.read(SETUP, encoding="utf-8")
    lists = [config["options"]["install_requires"], *config["options.extras_require"].values()]
    lines = [line.strip() for each in lists for line in each.splitlines()]
    lines += tomllib.loads(BUILD.read_text(encoding="utf-8"))["build-system"]["requires"]
    return [line for line in lines if line and not line.startswith(config["metadata"]["name"])]


def constraints() -> list[str]:
    """One line `name==version` for each requirement; ValueError where one has no lower bound."""
    found = []
    for line in requirements():
        match = BOUND.fullmatch(line)
        if match is None:
            raise ValueError(f"{line!r} in {SETUP.name} or {BUILD.name} is not of the form name>=version")
        found.append(f"{match['name']}=={match['version']}")
    return sorted(found)


if __name__ == "__main__":
    print("\n".join(constraints()))
