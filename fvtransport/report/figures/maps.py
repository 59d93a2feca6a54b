"""Figures in two and three dimensions: maps of fields and fluxes, with profiles along a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...discretisation.snapshot import Snapshot
from ...model.handles import Balance
from ...results.balance import rate_floor
from ...results.fields import nodes_of
from ...results.result import Result
from .labels import axis_label, extent, law_label, position_label, position_text, time_text
from .profiles import ProfileLine, draw_profile, profile_line
from .slices import Plane, cell_vectors, planes_of
from .snapshots import chosen_snapshots, midway_snapshot
from .style import circle, colour_bar, colours_by_time, legend, map_panels, plain_text, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_fields", "draw_fluxes"]

_MAX_COLUMNS = 3
_ARROWS = 15  # along the longer side of a map


def draw_fields(result: Result) -> Figure:
    """A row for each solved field: maps and a profile, with the closed form where there is one.

    In two dimensions the maps are at up to three times, in three dimensions in the middle planes at the last time.
    """
    selection, fields = chosen_snapshots(result), result.system.medium.fields
    planes = planes_of(result.system.interpolation)
    shown = _columns(selection) if len(planes) == 1 else [selection[-1]]
    columns = [(snapshot, plane) for snapshot in shown for plane in planes]
    figure, grid = map_panels([plane.size for _, plane in columns], len(fields), with_profile=True)
    colours, circles = colours_by_time(len(selection)), False
    for row, field in zip(grid, fields):
        line = profile_line(result, selection[-1], field)
        patches = [plane.of_nodes(nodes_of(snapshot, field)) for snapshot, plane in columns]
        low, high = _range(patches)
        for axes, (snapshot, plane), patch in zip(row, columns, patches):
            values = nodes_of(snapshot, field)
            image = plane.fill(axes, patch, low, high, cmap="viridis")
            plane.isolines(axes, values)
            _label_map(axes, result, plane, "" if result.is_steady else time_text(snapshot.t, result))
            _mark_line(axes, plane, line)
        colour_bar(image, row[-2], axis_label(result, field.meaning, symbol(field.name), field.unit))
        circles |= draw_profile(row[-1], line, field, selection, colours)
    _add_legend(figure, result, selection, colours, circles)
    return figure


def draw_fluxes(result: Result) -> Figure:
    """A row for each balance: magnitude and direction of the total flux and, of several laws, of the flux of each.

    In a transient they are shown when half of the change of the fields has taken place.
    """
    snapshot, system = midway_snapshot(result.snapshots), result.system
    noise = 1e-5 * rate_floor(system, snapshot) / system.geometry.faces.area.max()
    parts = snapshot.fluxes.by_law
    names_by_row = [
        [name for name, flux in parts.items() if np.abs(flux[row]).max() > noise[row]] for row in range(len(noise))
    ]
    planes = planes_of(system.interpolation)
    limit = max(len(names) for names in names_by_row) if len(planes) == 1 else 1
    count = 1 + (min(limit, _MAX_COLUMNS) if limit > 1 else 0)
    figure, grid = map_panels([plane.size for _ in range(count) for plane in planes], len(system.balances))
    for panels, balance, names in zip(grid, system.balances, names_by_row):
        row = snapshot.row(balance)
        fluxes = {"total": snapshot.evaluation.flux[row]}
        fluxes |= {name: parts[name][row] for name in names[: count - 1]} if count > 1 else {}
        title = "" if snapshot.is_steady else time_text(snapshot.t, result)
        _flux_row(panels, result, balance, planes, fluxes, float(noise[row]), title)
    return figure


def _flux_row(
    row: Sequence[Axes], result: Result, balance: Balance, planes: Sequence[Plane],
    fluxes: dict[str, np.ndarray], noise: float, title: str,
) -> None:  # fmt: skip
    """Draw the fluxes (faces,) of one balance by name, one panel for each flux and plane, with a common colour bar."""
    vectors = {name: cell_vectors(result.system.geometry, flux) for name, flux in fluxes.items()}
    panels = [(name, plane) for name in vectors for plane in planes]
    patches = [plane.of_cells(np.linalg.norm(vectors[name], axis=0)) for name, plane in panels]
    top = max([noise, *(float(patch.max()) for patch in patches)])
    for axes, (name, plane), patch in zip(row, panels, patches):
        image = plane.fill(axes, patch, 0.0, top, cmap="YlGnBu")
        _arrows(axes, plane, vectors[name], max(noise, 1e-3 * top))
        law = law_label(name) if len(fluxes) > 1 else ""
        _label_map(axes, result, plane, ", ".join(part for part in (law, title) if part))
    for axes in row[len(panels) :]:
        axes.remove()
    label = axis_label(result, f"magnitude of the flux of {plain_text(balance.name)}", "", balance.flux_unit)
    colour_bar(image, row[len(panels) - 1], label)


def _arrows(axes: Axes, plane: Plane, vectors: np.ndarray, least: float) -> None:
    """Arrows of unit length on a regular pattern, where the flux in the plane is larger than `least`."""
    (left, right), (low, high) = (extent(plane.geometry, axis) for axis in (plane.across, plane.up))
    step = max(right - left, high - low) / _ARROWS
    coordinates = [np.arange(start + 0.5 * step, end, step) for start, end in ((left, right), (low, high))]
    points = plane.points(*np.meshgrid(*coordinates))
    cells = plane.interpolation.cells_at(points)
    flow = vectors[[plane.across, plane.up]][:, cells]
    size = np.linalg.norm(flow, axis=0)
    visible = (cells >= 0) & (size > least)
    arrows = 0.75 * step * flow[:, visible] / size[visible]
    positions = points[[plane.across, plane.up]][:, visible]
    style = {"angles": "xy", "scale_units": "xy", "scale": 1.0, "pivot": "mid", "width": 0.005, "color": "#B3390E"}
    axes.quiver(*positions, *arrows, **style)


def _label_map(axes: Axes, result: Result, plane: Plane, title: str) -> None:
    """Equal scales, labels of the coordinates, borders of regions, and the title of a map."""
    from matplotlib.collections import LineCollection

    axes.add_collection(LineCollection(plane.borders(), colors="black", linewidths=0.8))
    axes.set_aspect("equal")
    margin = 0.0 if plane.geometry.axes else 0.02 * max(plane.size)
    for limit, axis in ((axes.set_xlim, plane.across), (axes.set_ylim, plane.up)):
        start, end = extent(plane.geometry, axis)
        limit(start - margin, end + margin)
    axes.locator_params(nbins=5, steps=[1, 2, 5, 10])
    axes.set_xlabel(position_label(result, plane.across))
    axes.set_ylabel(position_label(result, plane.up))
    if plane.normal is not None:
        position = position_text(plane.middle, result.system.geometry, plane.normal)
        title = ", ".join(part for part in (position, title) if part)
    axes.set_title(title, loc="left")


def _mark_line(axes: Axes, plane: Plane, line: ProfileLine) -> None:
    """Mark the line of the profile, in planes that contain it."""
    if line.axis == plane.normal:
        return
    at = plane.up if line.axis == plane.across else plane.across
    draw = axes.axhline if line.axis == plane.across else axes.axvline
    draw(line.points[at, 0], color="black", linestyle=(0, (4, 3)), linewidth=0.7)


def _add_legend(
    figure: Figure, result: Result, selection: Sequence[Snapshot], colours: Sequence[Any], circles: bool
) -> None:
    """The legend of the profiles; circles denote the closed form."""
    from matplotlib.lines import Line2D

    labels = ["computed"] if result.is_steady else [time_text(snapshot.t, result) for snapshot in selection]
    handles = [Line2D([], [], color=colour) for colour in colours]
    legend(figure, handles + [circle("black")] * circles, labels + ["closed form"] * circles)


def _columns(selection: Sequence[Snapshot]) -> list[Snapshot]:
    """At most three snapshots: the last one, and two before it."""
    if len(selection) <= _MAX_COLUMNS:
        return list(selection)
    return [selection[i] for i in np.linspace(0, len(selection) - 1, _MAX_COLUMNS + 1).round().astype(int)[1:]]


def _range(values: Sequence[np.ndarray]) -> tuple[float, float]:
    """Colour limits for the patches of all panels; a field that is uniform up to round-off gets a single colour."""
    low, high = min(float(each.min()) for each in values), max(float(each.max()) for each in values)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        half = 0.1 * max(abs(low), abs(high)) or 1.0
        low, high = low - half, high + half
    return low, high
