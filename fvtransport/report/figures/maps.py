"""Figures in two and three dimensions: maps of fields and fluxes, and profiles along a middle line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ...discretisation.snapshot import Snapshot
from ...mesh.geometry import Geometry
from ...model.handles import Balance, Field
from ...results.balance import rate_floor
from ...results.fields import nodes_of
from ...results.result import Result
from .choice import axis_label, chosen_snapshots, extent, half_way, position_label, time_text
from .slices import Plane, cell_vectors, planes_of
from .style import circle, colour_bar, colours_by_time, legend, limits, map_panels, open_circles, plain_text, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_fields", "draw_fluxes"]

_MOST_COLUMNS = 3
_ARROWS = 15


@dataclass(frozen=True)
class _Line:
    """Points along a coordinate, through the mesh at a part of its extents along the others."""

    result: Result
    axis: int
    part: float

    @cached_property
    def points(self) -> np.ndarray:
        """Places (3, n) along it."""
        geometry = self.result.system.geometry
        points = np.zeros((3, 1))
        for axis in range(geometry.dimension):
            start, end = extent(geometry, axis)
            points[axis] = start + self.part * (end - start)
        steps = (
            self.result.system.interpolation.ticks[self.axis]
            if geometry.axes
            else np.linspace(*extent(geometry, self.axis), 121)
        )
        points = np.repeat(points, steps.size, axis=1)
        points[self.axis] = steps
        return points

    def values(self, snapshot: Snapshot, field: Field) -> np.ndarray:
        """A field along it, NaN outside the mesh."""
        return self.result.system.interpolation(nodes_of(snapshot, field), self.points)


def draw_fields(result: Result) -> Figure:
    """A row for every solved field: maps, at up to three times or in the middle planes, and a profile with the closed form."""
    selection, fields = chosen_snapshots(result), result.system.medium.fields
    planes = planes_of(result.system.interpolation)
    shown = _columns(selection) if len(planes) == 1 else [selection[-1]]
    columns = [(snapshot, plane) for snapshot in shown for plane in planes]
    figure, grid = map_panels([plane.size for _, plane in columns], len(fields), with_profile=True)
    colours, circles = colours_by_time(len(selection)), False
    for row, field in zip(grid, fields):
        line = _telling_line(result, selection[-1], field)
        patches = [plane.of_nodes(nodes_of(snapshot, field)) for snapshot, plane in columns]
        low, high = _range(patches)
        for axes, (snapshot, plane), patch in zip(row, columns, patches):
            values = nodes_of(snapshot, field)
            painted = plane.paint(axes, patch, low, high, cmap="viridis")
            plane.isolines(axes, values)
            _finish(axes, result, plane, "" if result.is_steady else time_text(snapshot.t, result))
            _mark(axes, plane, line)
        colour_bar(painted, row[-2], axis_label(result, field.meaning, symbol(field.name), field.unit))
        circles |= _profile(row[-1], line, field, selection, colours)
    _entries(figure, result, selection, colours, circles)
    return figure


def draw_fluxes(result: Result) -> Figure:
    """A row for every balance: size and direction of the total flux and, of several laws, of each that moves it.

    In time, where the fields are half way to their end.
    """
    snapshot, system = half_way(result.snapshots), result.system
    noise = 1e-5 * rate_floor(system, snapshot) / system.geometry.faces.area.max()
    parts = snapshot.fluxes.by_law
    moving = [
        [name for name, flux in parts.items() if np.abs(flux[row]).max() > noise[row]] for row in range(len(noise))
    ]
    planes = planes_of(system.interpolation)
    limit = max(len(names) for names in moving) if len(planes) == 1 else 1
    count = 1 + (min(limit, _MOST_COLUMNS) if limit > 1 else 0)
    figure, grid = map_panels([plane.size for _ in range(count) for plane in planes], len(system.balances))
    for panels, balance, names in zip(grid, system.balances, moving):
        row = snapshot.row(balance)
        fluxes = {"total": snapshot.evaluation.flux[row]}
        fluxes |= {name.replace("_", " "): parts[name][row] for name in names[: count - 1]} if count > 1 else {}
        _flux_row(
            panels,
            result,
            balance,
            planes,
            fluxes,
            float(noise[row]),
            "" if snapshot.is_steady else time_text(snapshot.t, result),
        )
    return figure


def _flux_row(
    row: Sequence[Axes], result: Result, balance: Balance, planes: Sequence[Plane],
    fluxes: dict[str, np.ndarray], noise: float, title: str,
) -> None:  # fmt: skip
    vectors = {name: cell_vectors(result.system.geometry, flux) for name, flux in fluxes.items()}
    panels = [(name, plane) for name in vectors for plane in planes]
    patches = [plane.of_cells(np.linalg.norm(vectors[name], axis=0)) for name, plane in panels]
    top = max([noise, *(float(patch.max()) for patch in patches)])
    for axes, (name, plane), patch in zip(row, panels, patches):
        painted = plane.paint(axes, patch, 0.0, top, cmap="YlGnBu")
        _arrows(axes, plane, vectors[name], max(noise, 1e-3 * top))
        _finish(axes, result, plane, ", ".join(part for part in (plain_text(name) * (len(fluxes) > 1), title) if part))
    for axes in row[len(panels) :]:
        axes.remove()
    label = axis_label(result, f"size of the flux of {plain_text(balance.name)}", "", balance.flux_unit)
    colour_bar(painted, row[len(panels) - 1], label)


def _arrows(axes: Axes, plane: Plane, vectors: np.ndarray, least: float) -> None:
    """Directions in the plane, on a regular pattern, where there is a flux."""
    (left, right), (low, high) = (extent(plane.geometry, axis) for axis in (plane.across, plane.up))
    step = max(right - left, high - low) / _ARROWS
    ways = [np.arange(start + 0.5 * step, end, step) for start, end in ((left, right), (low, high))]
    points = plane.points(*np.meshgrid(*ways))
    cells = plane.interpolation.cells_at(points)
    flow = vectors[[plane.across, plane.up]][:, cells]
    size = np.linalg.norm(flow, axis=0)
    seen = (cells >= 0) & (size > least)
    along = 0.75 * step * flow[:, seen] / size[seen]
    positions = points[[plane.across, plane.up]][:, seen]
    style = {"angles": "xy", "scale_units": "xy", "scale": 1.0, "pivot": "mid", "width": 0.005, "color": "#B3390E"}
    axes.quiver(*positions, *along, **style)


def _finish(axes: Axes, result: Result, plane: Plane, title: str) -> None:
    """Equal scales, names of the coordinates, borders of regions, what the panel shows."""
    from matplotlib.collections import LineCollection

    axes.add_collection(LineCollection(plane.borders(), colors="black", linewidths=0.8))
    axes.set_aspect("equal")
    room = 0.0 if plane.geometry.axes else 0.02 * max(plane.size)
    for limit, axis in ((axes.set_xlim, plane.across), (axes.set_ylim, plane.up)):
        start, end = extent(plane.geometry, axis)
        limit(start - room, end + room)
    axes.locator_params(nbins=5, steps=[1, 2, 5, 10])
    axes.set_xlabel(position_label(result, plane.across))
    axes.set_ylabel(position_label(result, plane.up))
    if plane.normal is not None:
        position = _position(plane.middle, result.system.geometry, plane.normal)
        title = ", ".join(part for part in (f"${'xyz'[plane.normal]}$ = {position}", title) if part)
    axes.set_title(title, loc="left")


def _mark(axes: Axes, plane: Plane, line: _Line) -> None:
    """Where the profile is taken, in planes that hold it."""
    if line.axis == plane.normal:
        return
    at = plane.up if line.axis == plane.across else plane.across
    draw = axes.axhline if line.axis == plane.across else axes.axvline
    draw(line.points[at, 0], color="black", linestyle=(0, (4, 3)), linewidth=0.7)


def _profile(axes: Axes, line: _Line, field: Field, selection: Sequence[Snapshot], colours: Sequence[Any]) -> bool:
    """A field along the middle line at the chosen times; whether the closed form could be shown."""
    result, way = line.result, line.points[line.axis]
    seen = [line.values(snapshot, field) for snapshot in selection]
    for values, colour in zip(seen, colours):
        axes.plot(way, values, color=colour)
    inside = np.flatnonzero(np.isfinite(seen[-1]))
    every = inside[np.unique(np.linspace(0, inside.size - 1, 13).astype(int))]
    requested, compared = result.case.comparison, {id(snapshot) for snapshot in result.compared}
    exact = []
    for snapshot, colour in zip(selection, colours):
        if requested is not None and result.ending.succeeded and id(snapshot) in compared:
            fields = requested.solution.fields(line.points[:, every], snapshot.t)
            if field.name in fields:
                exact.append(np.broadcast_to(fields[field.name], every.shape))
                axes.plot(way[every], exact[-1], **open_circles(colour))
    whole = max(float(np.ptp(nodes_of(snapshot, field))) for snapshot in selection)
    limits(axes, [values[np.isfinite(values)] for values in seen] + exact, least=1e-3 * whole)
    axes.set_xlim(*extent(result.system.geometry, line.axis))
    axes.locator_params(axis="x", nbins=5, steps=[1, 2, 5, 10])
    axes.set_xlabel(position_label(result, line.axis))
    axes.set_ylabel(axis_label(result, "", symbol(field.name), field.unit))
    others = [axis for axis in range(result.system.geometry.dimension) if axis != line.axis]
    positions = {axis: _position(line.points[axis, 0], result.system.geometry, axis) for axis in others}
    axes.set_title(
        "along " + ", ".join(f"${_letter(result, axis)}$ = {position}" for axis, position in positions.items()),
        loc="left",
    )
    return bool(exact)


def _entries(
    figure: Figure, result: Result, selection: Sequence[Snapshot], colours: Sequence[Any], circles: bool
) -> None:
    from matplotlib.lines import Line2D

    labels = ["computed"] if result.is_steady else [time_text(snapshot.t, result) for snapshot in selection]
    handles = [Line2D([], [], color=colour) for colour in colours]
    legend(figure, handles + [circle("black")] * circles, labels + ["closed form"] * circles)


def _telling_line(result: Result, snapshot: Snapshot, field: Field) -> _Line:
    """The middle line along which a field varies most; in a plane where it hardly does, one at a quarter."""

    def variation(line: _Line) -> float:
        values = line.values(snapshot, field)
        inside, whole = values[np.isfinite(values)], np.ptp(nodes_of(snapshot, field))
        return round(float(np.ptp(inside) / whole), 6) if inside.size and whole > 0.0 else 0.0

    dimension = result.system.geometry.dimension
    lines = {part: max((_Line(result, axis, part) for axis in range(dimension)), key=variation) for part in (0.5, 0.25)}
    return lines[0.25] if dimension == 2 and variation(lines[0.5]) < 0.1 * variation(lines[0.25]) else lines[0.5]


def _columns(selection: Sequence[Snapshot]) -> list[Snapshot]:
    """At most three of the times: the last, and two on the way to it."""
    if len(selection) <= _MOST_COLUMNS:
        return list(selection)
    return [selection[i] for i in np.linspace(0, len(selection) - 1, _MOST_COLUMNS + 1).round().astype(int)[1:]]


def _range(values: Sequence[np.ndarray]) -> tuple[float, float]:
    """Limits of the colours, given the patches of all panels; a field that is uniform up to round-off stays of one colour."""
    low, high = min(float(each.min()) for each in values), max(float(each.max()) for each in values)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        half = 0.1 * max(abs(low), abs(high)) or 1.0
        low, high = low - half, high + half
    return low, high


def _position(position: float, geometry: Geometry, axis: int) -> str:
    """A position for people to read: zero where it is round-off of the size of the mesh."""
    size = max(map(abs, extent(geometry, axis)))
    return f"{0.0 if abs(position) <= 1e-9 * size else position:.4g}"


def _letter(result: Result, axis: int) -> str:
    axes = result.system.geometry.axes
    return axes[axis].name if axes else "xyz"[axis]
