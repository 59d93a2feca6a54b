"""Amounts that boundaries store, as adsorbing surfaces and reservoirs do: they change with the flow through them.

Where the storage is linear in the fields, what has left through the boundary and what it stores agree to round-off;
elsewhere to the tolerance of the run in time, because the unknowns of a boundary are its fields.
"""

from __future__ import annotations

import numpy as np

from .boundary_equation import BoundaryEquation
from .system import System

__all__ = ["BoundaryStorage"]

_SAME = 1e-12


class BoundaryStorage:
    """The derivatives d(amount stored per area)/d(fields), (balances, faces of the boundary), for each boundary
    equation with storage.

    They are computed once where the storage is linear in the fields, which equal secants at different states show.
    """

    def __init__(self, system: System, t: float, values: np.ndarray, scale: np.ndarray) -> None:
        self._system, self._scale = system, scale
        self._equations = [(k, each) for k, each in enumerate(system.boundary_equations) if each.has_storage]
        near, far = self._secants(t, values, 0.5), self._secants(t, 0.75 * values, 0.125)
        is_linear = all(
            np.isfinite(near[k]).all() and np.abs(near[k] - far[k]).max() <= _SAME * np.abs(near[k]).max() for k in near
        )
        self._fixed = near if is_linear else None

    def matrices(self, t: float, values: np.ndarray) -> dict[int, np.ndarray]:
        """By the index of the boundary equation, at a state (balances, nodes)."""
        return self._secants(t, values, 1e-5) if self._fixed is None else self._fixed

    def storage_rates(self, t: float, values: np.ndarray, change: np.ndarray) -> dict[int, np.ndarray]:
        """Rate of the stored amount per area (faces of the boundary), by the index of the boundary equation, for
        fields that change at the given rate.
        """
        matrices = self.matrices(t, values) if self._equations else {}
        return {k: (matrices[k] * change[:, each.boundary.nodes]).sum(axis=0) for k, each in self._equations}

    def _secants(self, t: float, values: np.ndarray, part: float) -> dict[int, np.ndarray]:
        return {k: self._by_fields(each, t, values[:, each.boundary.nodes], part) for k, each in self._equations}

    def _by_fields(self, equation: BoundaryEquation, t: float, on_boundary: np.ndarray, part: float) -> np.ndarray:
        columns = []
        for j, (size, field) in enumerate(zip(self._scale, self._system.medium.fields)):
            value = on_boundary[j]
            step = part * np.maximum(np.abs(value), size)
            above, below = on_boundary.copy(), on_boundary.copy()
            above[j] = np.minimum(value + step, np.maximum(value, field.upper))
            below[j] = np.maximum(value - step, np.minimum(value, field.lower))
            more, less = (equation.stored_per_area(self._system.medium, t, state) for state in (above, below))
            columns.append((more - less) / (above[j] - below[j]))
        return np.stack(columns)
