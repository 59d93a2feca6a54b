"""Entropy production of the laws, as fields and by law."""

from __future__ import annotations

import numpy as np

from ..discretisation.system import System
from ..model.flux_view import ExchangeView

__all__ = ["entropy_by_law", "in_cells"]


def entropy_by_law(system: System, t: float, values: np.ndarray, view: ExchangeView) -> dict[str, np.ndarray]:
    """Entropy production per volume on the faces, (faces,), of each law: its own flux with all forces.

    A law alone may destroy entropy, all together may not. What a law moves without any gradient is left out, and so is what
    the bulk flow merely carries; what drives it counts.
    """
    conveyed = system.conveyed(t, system.halfway(values))
    force = np.stack([view.force(balance) for balance in system.balances])
    parts = system.flux_by_law(t, values)
    parts |= {name: system.driven(view) for name in parts if name not in system.laws}
    return {name: ((flux - conveyed.get(name, 0.0)) * force).sum(axis=0) for name, flux in parts.items()}


def in_cells(system: System, density: np.ndarray) -> np.ndarray:
    """A density on the faces shared out among the cells beside them, per volume; the integral stays the same."""
    geometry = system.geometry
    faces, every = geometry.faces, np.arange(geometry.nodes)
    amount = np.bincount(every[faces.left], density * faces.span * faces.share, geometry.nodes)
    amount += np.bincount(every[faces.right], density * faces.span * (1.0 - faces.share), geometry.nodes)
    return amount[geometry.cells] / geometry.volume
