"""Whether a mesh file may be in another unit of length than the case, judged by the other lengths of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from ..case.model import Case
from ..case.text.units import UnitError
from ..case.text.yaml_tree import Node, Scalar
from ..mesh.geometry import Geometry

__all__ = ["extent_warnings"]

_FAR = 100.0
_WITH_UNIT = re.compile(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?\s*[A-Za-zµμ]+")


def extent_warnings(case: Case, geometry: Geometry) -> list[str]:
    """A warning where a mesh file is over a hundred times larger or smaller than every other length of the case."""
    if case.mesh.file is None:
        return []
    extent = float(np.ptp(geometry.position[: geometry.dimension], axis=1).max())
    others = sorted({length for length in _lengths(case) if length > 0.0})
    if not others or others[0] / _FAR <= extent <= others[-1] * _FAR:
        return []
    unit = " m" if case.units.name == "SI" else ""
    is_large = extent > others[-1]
    which, other = ("largest", others[-1]) if is_large else ("smallest", others[0])
    times = f"{max(extent / other, other / extent):.3g} times {'larger' if is_large else 'smaller'} than"
    guess = "; a file in millimetres is read as if in metres" if is_large and unit else ""
    mesh = f"the mesh of {case.mesh.file.name} extends over {extent:.4g}{unit}"
    return [f"{mesh}, {times} the {which} other length of the case, {other:.4g}{unit}{guess}"]


def _lengths(case: Case) -> Iterator[float]:
    """Lengths that the case gives: the depth, coordinates of observed points, and everything with a unit of length."""
    if case.mesh.thickness != 1.0:
        yield case.mesh.thickness
    for observed in case.observe:
        yield from (abs(value) for value in observed.observable.point or () if value)
    if case.root is not None and case.units.name == "SI":
        for text in _texts(case.root):
            if _WITH_UNIT.fullmatch(text.strip()):
                try:
                    yield abs(case.units.number(text, "m"))
                except UnitError:
                    continue


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node.value, Scalar):
        yield node.value.text
        return
    for child in node.value.values() if isinstance(node.value, dict) else node.value:
        yield from _texts(child)
