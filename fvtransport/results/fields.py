"""Names, units and instants that the comparison, the files and the figures share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..case.text.units import UnitSystem
from ..discretisation.snapshot import Snapshot
from ..mesh.geometry import Geometry
from ..model.handles import Field
from ..model.medium import Medium

__all__ = ["fields_by_name", "nodes_of", "positions_of", "shown_unit", "snapshot_at"]


def fields_by_name(medium: Medium) -> dict[str, Field]:
    """Every field that has a value: solved ones first, then closed and known ones."""
    closed = (closure.field for closure in medium.mixture.closures)
    return {field.name: field for field in (*medium.fields, *closed, *medium.mixture.known())}


def nodes_of(snapshot: Snapshot, field: Field) -> np.ndarray:
    """A field at all nodes, those on boundaries included; on a line in order along x."""
    return np.broadcast_to(snapshot.nodes[field], snapshot.values.shape[1:])


def positions_of(geometry: Geometry) -> np.ndarray:
    """Positions of the nodes as a closed form takes them: (n,) along a line or a radius, (3, n)
    in two dimensions and more.
    """
    return geometry.position[0] if geometry.dimension == 1 else geometry.position[:3]


def shown_unit(unit: str, units: UnitSystem) -> str:
    """The unit to print: SI text, or "reduced" where k_B = 1; empty for pure numbers."""
    return "reduced" if unit and units.name == "reduced" else unit


def snapshot_at(snapshots: Sequence[Snapshot], t: float) -> Snapshot | None:
    """The snapshot taken at time t, equal to 1e-9 of the time covered; None where the run did not get there.

    At the edge of two phases it is that of the phase that begins.
    """
    if not snapshots:
        return None
    nearest = min(reversed(snapshots), key=lambda snapshot: abs(snapshot.t - t))
    covered = max(abs(snapshots[-1].t - snapshots[0].t), abs(t))
    return nearest if abs(nearest.t - t) <= 1e-9 * covered else None
