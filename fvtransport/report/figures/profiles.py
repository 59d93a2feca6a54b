"""Profiles of fields along a line through a mesh in two or three dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ...discretisation.snapshot import Snapshot
from ...model.handles import Field
from ...results.fields import nodes_of
from ...results.result import Result
from .labels import axis_label, extent, position_label, position_text
from .style import limits, open_circles, symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ProfileLine", "draw_profile", "profile_line"]


@dataclass(frozen=True)
class ProfileLine:
    """A line along one axis; part is its relative position (0 to 1) in the extent of the mesh along the other axes."""

    result: Result
    axis: int
    part: float

    @cached_property
    def points(self) -> np.ndarray:
        """Points (3, n) on the line [m]."""
        geometry = self.result.system.geometry
        points = np.zeros((3, 1))
        for axis in range(geometry.dimension):
            start, end = extent(geometry, axis)
            points[axis] = start + self.part * (end - start)
        coordinates = (
            self.result.system.interpolation.ticks[self.axis]
            if geometry.axes
            else np.linspace(*extent(geometry, self.axis), 121)
        )
        points = np.repeat(points, coordinates.size, axis=1)
        points[self.axis] = coordinates
        return points

    def values(self, snapshot: Snapshot, field: Field) -> np.ndarray:
        """A field on the line; NaN outside the mesh."""
        return self.result.system.interpolation(nodes_of(snapshot, field), self.points)


def profile_line(result: Result, snapshot: Snapshot, field: Field) -> ProfileLine:
    """The middle line along which a field varies most; in 2D, the line at a quarter if the variation is small there."""

    def variation(line: ProfileLine) -> float:
        values = line.values(snapshot, field)
        inside, total = values[np.isfinite(values)], np.ptp(nodes_of(snapshot, field))
        return round(float(np.ptp(inside) / total), 6) if inside.size and total > 0.0 else 0.0

    dimension = result.system.geometry.dimension
    middle, quarter = (
        max((ProfileLine(result, axis, part) for axis in range(dimension)), key=variation) for part in (0.5, 0.25)
    )
    return quarter if dimension == 2 and variation(middle) < 0.1 * variation(quarter) else middle


def draw_profile(
    axes: Axes, line: ProfileLine, field: Field, selection: Sequence[Snapshot], colours: Sequence[Any]
) -> bool:
    """Draw a field along a line at the chosen times; returns whether the closed form is shown."""
    result, x = line.result, line.points[line.axis]
    curves = [line.values(snapshot, field) for snapshot in selection]
    for values, colour in zip(curves, colours):
        axes.plot(x, values, color=colour)
    inside = np.flatnonzero(np.isfinite(curves[-1]))
    every = inside[np.unique(np.linspace(0, inside.size - 1, 13).astype(int))]
    requested, compared = result.case.comparison, {id(snapshot) for snapshot in result.compared}
    exact = []
    for snapshot, colour in zip(selection, colours):
        if requested is not None and result.ending.succeeded and id(snapshot) in compared:
            fields = requested.solution.fields(line.points[:, every], snapshot.t)
            if field.name in fields:
                exact.append(np.broadcast_to(fields[field.name], every.shape))
                axes.plot(x[every], exact[-1], **open_circles(colour))
    total = max(float(np.ptp(nodes_of(snapshot, field))) for snapshot in selection)
    limits(axes, [values[np.isfinite(values)] for values in curves] + exact, least=1e-3 * total)
    axes.set_xlim(*extent(result.system.geometry, line.axis))
    axes.locator_params(axis="x", nbins=5, steps=[1, 2, 5, 10])
    axes.set_xlabel(position_label(result, line.axis))
    axes.set_ylabel(axis_label(result, "", symbol(field.name), field.unit))
    others = [axis for axis in range(result.system.geometry.dimension) if axis != line.axis]
    positions = (position_text(line.points[axis, 0], result.system.geometry, axis) for axis in others)
    axes.set_title(f"along {', '.join(positions)}", loc="left")
    return bool(exact)
