"""The command that examines an installation: versions, origins of the plugins, what is broken and what clashes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import typer

from .options import Format, FormatOption

__all__ = ["doctor"]


def doctor(answer: FormatOption = Format.TEXT) -> None:
    """Versions, origins of the plugins, broken packages and names that clash; exit code 2 for these."""
    found = _examined()
    if answer is Format.JSON:
        print(json.dumps(found))
    else:
        print("\n".join(_lines(found)))
    if found["broken"] or found["clashes"]:
        raise typer.Exit(2)


def _examined() -> dict[str, Any]:
    """Every plugin is imported, built-in ones too."""
    from ..mesh.gmsh_process import find_gmsh
    from ..model.registry import Registry
    from ..results.provenance import versions

    registry = Registry.installed()
    origins = Counter(entry.origin for entry in registry.importable())
    return {
        "versions": versions(),
        "plugins": dict(origins),
        "gmsh": find_gmsh(),
        "broken": registry.broken,
        "clashes": registry.clashes(),
    }


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield "versions  " + ", ".join(f"{name} {version}" for name, version in found["versions"].items())
    yield "plugins   " + ", ".join(f"{count} {origin}" for origin, count in found["plugins"].items())
    yield "gmsh      " + (found["gmsh"] or "not found; Gmsh meshes need it: pip install 'fvtransport[gmsh]'")
    for name, reason in found["broken"].items():
        yield f"broken    {name}: {reason}"
    for text in found["clashes"]:
        yield f"clash     {text}"
    if not found["broken"] and not found["clashes"]:
        yield "no problem found"
