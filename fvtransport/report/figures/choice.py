"""What figures show of a result, and how they call it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ...case.model import TransientSpec
from ...discretisation.snapshot import Snapshot
from ...mesh.geometry import Geometry
from ...results.fields import shown_unit, snapshot_at
from ...results.result import Result
from .style import bracket

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "axis_label",
    "chosen_snapshots",
    "extent",
    "framed",
    "half_way",
    "position_label",
    "spread_out",
    "time_text",
]

_MAX_PROFILES = 7


def chosen_snapshots(result: Result) -> list[Snapshot]:
    """The start and the explicit times; without any, a few snapshots between which the fields change alike."""
    snapshots, spec = result.snapshots, result.case.solve
    times = spec.times if isinstance(spec, TransientSpec) else ()
    explicit = [s for t in sorted(set(times)) if (s := snapshot_at(snapshots, t)) is not None]
    selection = [snapshots[0], *explicit, snapshots[-1]] if explicit else snapshots
    selection = list({id(s): s for s in selection}.values())
    return spread_out(selection, _MAX_PROFILES)


def spread_out(snapshots: Sequence[Snapshot], limit: int) -> list[Snapshot]:
    """At most so many snapshots, between which the fields change alike."""
    if len(snapshots) <= limit:
        return list(snapshots)
    path = _path(snapshots)
    wanted = np.linspace(0.0, path[-1], limit)
    return [snapshots[i] for i in sorted({int(np.abs(path - way).argmin()) for way in wanted})]


def _path(snapshots: Sequence[Snapshot]) -> np.ndarray:
    """How far the fields have come at each snapshot: summed changes, each field relative to its range in the run."""
    values = np.array([snapshot.values for snapshot in snapshots])
    spread = np.ptp(values, axis=(0, 2))
    size = np.where(spread > 1e-12 * np.abs(values).max(axis=(0, 2)), spread, np.inf)
    changes = (np.abs(np.diff(values, axis=0)).max(axis=2) / size).max(axis=1)
    return np.concatenate([[0.0], np.cumsum(changes)])


def half_way(snapshots: Sequence[Snapshot]) -> Snapshot:
    """The snapshot at which the fields are half way to their end."""
    path = _path(snapshots)
    return snapshots[int(np.abs(path - 0.5 * path[-1]).argmin())]


def axis_label(result: Result, meaning: str, letters: str, unit: str) -> str:
    """A quantity in words, its symbol, its unit."""
    return " ".join(part for part in (meaning, letters, bracket(shown_unit(unit, result.case.units))) if part)


def time_text(t: float, result: Result) -> str:
    """A time as it stands in legends and titles."""
    unit = shown_unit("s", result.case.units)
    return f"$t$ = {t:.4g}" + (f" {unit}" if unit != "reduced" else "")


def position_label(result: Result, axis: int) -> str:
    """A coordinate: position or, on cylinders and spheres, radius and height."""
    geometry = result.system.geometry
    letters = [each.name for each in geometry.axes] or list("xyz")
    words = {"r": "radius", "z": "height" if letters[0] == "r" else "position"}
    return axis_label(result, words.get(letters[axis], "position"), f"${letters[axis]}$", "m")


def extent(geometry: Geometry, axis: int) -> tuple[float, float]:
    """Where the mesh begins and ends along one coordinate."""
    if geometry.axes:
        along = geometry.axes[axis]
        return along.start, along.start + along.length
    reach = geometry.position[axis] if geometry.corners is None else geometry.corners[axis]
    return float(reach.min()), float(reach.max())


def framed(axes: Axes, result: Result, label: str) -> None:
    """Name the axes of a panel along the line of a mesh, and show all of it."""
    axes.set_xlabel(position_label(result, 0))
    axes.set_ylabel(label)
    axes.set_xlim(*extent(result.system.geometry, 0))
