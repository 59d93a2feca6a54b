"""Labels of axes, times and positions in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...mesh.geometry import Geometry
from ...results.fields import shown_unit
from ...results.result import Result
from .jumps import mark_interfaces
from .style import bracket, plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "axis_label",
    "extent",
    "label_axes",
    "law_label",
    "position_label",
    "position_text",
    "time_text",
]


def axis_label(result: Result, meaning: str, symbol: str, unit: str) -> str:
    """The name of a quantity, its symbol and its unit."""
    return " ".join(part for part in (meaning, symbol, bracket(shown_unit(unit, result.case.units))) if part)


def law_label(name: str) -> str:
    """The name of a law in legends and titles."""
    return plain_text(name.replace("_", " "))


def time_text(t: float, result: Result) -> str:
    """A time [s or reduced] in legends and titles."""
    unit = shown_unit("s", result.case.units)
    return f"$t$ = {t:.4g}" + (f" {unit}" if unit != "reduced" else "")


def position_label(result: Result, axis: int) -> str:
    """The label of a coordinate axis: position or, in cylindrical and spherical coordinates, radius and height."""
    geometry = result.system.geometry
    letters = [each.name for each in geometry.axes] or list("xyz")
    names = {"r": "radius", "z": "height" if letters[0] == "r" else "position"}
    return axis_label(result, names.get(letters[axis], "position"), f"${letters[axis]}$", "m")


def position_text(position: float, geometry: Geometry, axis: int) -> str:
    """A symbol of a coordinate and its value; round-off relative to the size of the mesh is shown as zero."""
    letter = geometry.axes[axis].name if geometry.axes else "xyz"[axis]
    size = max(map(abs, extent(geometry, axis)))
    return f"${letter}$ = {0.0 if abs(position) <= 1e-9 * size else position:.4g}"


def extent(geometry: Geometry, axis: int) -> tuple[float, float]:
    """The lowest and highest coordinate of the mesh along an axis [m]."""
    if geometry.axes:
        along = geometry.axes[axis]
        return along.start, along.start + along.length
    coordinates = geometry.position[axis] if geometry.corners is None else geometry.corners[axis]
    return float(coordinates.min()), float(coordinates.max())


def label_axes(axes: Axes, result: Result, label: str) -> None:
    """Label a panel along a one-dimensional mesh, mark its interfaces, and set its limits to the extent of the mesh."""
    axes.set_xlabel(position_label(result, 0))
    axes.set_ylabel(label)
    axes.set_xlim(*extent(result.system.geometry, 0))
    mark_interfaces(axes, result.system.geometry)
