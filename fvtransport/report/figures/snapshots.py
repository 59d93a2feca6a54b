"""The snapshots of a result that its figures show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...case.model import TransientSpec
from ...discretisation.snapshot import Snapshot
from ...results.fields import snapshot_at
from ...results.result import Result

__all__ = ["chosen_snapshots", "evenly_changing", "midway_snapshot"]

_MAX_PROFILES = 7


def chosen_snapshots(result: Result) -> list[Snapshot]:
    """The initial state, the times given in the case and the final state; without given times, a few snapshots."""
    snapshots, spec = result.snapshots, result.case.solve
    times = spec.times if isinstance(spec, TransientSpec) else ()
    explicit = [s for t in sorted(set(times)) if (s := snapshot_at(snapshots, t)) is not None]
    selection = [snapshots[0], *explicit, snapshots[-1]] if explicit else snapshots
    selection = list({id(s): s for s in selection}.values())
    return evenly_changing(selection, _MAX_PROFILES)


def evenly_changing(snapshots: Sequence[Snapshot], limit: int) -> list[Snapshot]:
    """At most `limit` snapshots, such that the fields change by similar amounts between them."""
    if len(snapshots) <= limit:
        return list(snapshots)
    change = _cumulative_change(snapshots)
    targets = np.linspace(0.0, change[-1], limit)
    return [snapshots[i] for i in sorted({int(np.abs(change - target).argmin()) for target in targets})]


def midway_snapshot(snapshots: Sequence[Snapshot]) -> Snapshot:
    """The snapshot at which half of the total change of the fields has taken place."""
    change = _cumulative_change(snapshots)
    return snapshots[int(np.abs(change - 0.5 * change[-1]).argmin())]


def _cumulative_change(snapshots: Sequence[Snapshot]) -> np.ndarray:
    """Sum of the changes up to each snapshot, where each field is relative to its range in the run."""
    values = np.array([snapshot.values for snapshot in snapshots])
    spread = np.ptp(values, axis=(0, 2))
    size = np.where(spread > 1e-12 * np.abs(values).max(axis=(0, 2)), spread, np.inf)
    changes = (np.abs(np.diff(values, axis=0)).max(axis=2) / size).max(axis=1)
    return np.concatenate([[0.0], np.cumsum(changes)])
