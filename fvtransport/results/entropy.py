"""Entropy production of the laws, as fields and by law."""

from __future__ import annotations

import numpy as np

from ..discretisation.system import System
from ..model.flux_view import FluxView

__all__ = ["entropy_by_law", "in_cells"]


def entropy_by_law(system: System, t: float, values: np.ndarray, view: FluxView) -> dict[str, np.ndarray]:
    """Entropy production per volume on the faces, (faces,), of each law: its own flux with all forces.

    A law alone may destroy entropy, all together may not. What a law moves without any gradient is left out, and so is what
    the bulk flow merely carries; what drives it counts.
    """
    flux_at_zero_gradient = system.flux_at_zero_gradient(t, system.face_average(values))
    force = np.stack([view.force(balance) for balance in system.balances])
    parts = system.flux_by_law(t, values)
    parts |= {name: system.dissipative_part(view) for name in parts if name not in system.laws}
    return {name: ((flux - flux_at_zero_gradient.get(name, 0.0)) * force).sum(axis=0) for name, flux in parts.items()}


def in_cells(system: System, density: np.ndarray) -> np.ndarray:
    """A density on the faces shared out among the cells beside them, per volume; the integral stays the same."""
    geometry = system.geometry
    faces, every = geometry.faces, np.arange(geometry.nodes)
    amount = np.bincount(every[faces.left], density * faces.volume * faces.left_weight, geometry.nodes)
    amount += np.bincount(every[faces.right], density * faces.volume * (1.0 - faces.left_weight), geometry.nodes)
    return amount[geometry.cells] / geometry.volume
