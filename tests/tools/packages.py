"""Packages with plugins, installed in a folder of their own."""

from __future__ import annotations

from pathlib import Path

LAW = '''from fvtransport import Law, plugin


@plugin("{name}")
class Drift(Law):
    """Nothing moves."""

    def flux(self, face):
        return {{}}
'''


def package(folder: Path, name: str, points: str, **modules: str) -> None:
    """A distribution with entry points and modules, as pip would install it into a folder."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[fvtransport.plugins]\n{points}\n")
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text)
