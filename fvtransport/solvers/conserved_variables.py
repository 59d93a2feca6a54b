"""Fields from stored amounts, where storage is not linear in the fields: then the integrator solves for the amounts.

Its invariants are linear in its unknowns, so the amounts in the cells and the totals of flows add up to
round-off, whatever rtol.
"""

from __future__ import annotations

import numpy as np

from ..discretisation.mass_matrix import Storage
from ..discretisation.system import System

__all__ = ["ConservedVariables"]

_MAX, _SLOW = 60, 0.1
_CONVERGED = 4 * np.finfo(float).eps


class ConservedVariables:
    """Amounts per volume (balances, cells) against the fields they belong to, by Newton's method in every cell.

    They are counted from those of the start, so that the zero of an energy does not affect the
    error control.
    """

    def __init__(self, system: System, storage: Storage, t: float, cells: np.ndarray, scale: np.ndarray) -> None:
        self._system, self._storage, self._scale = system, storage, scale[:, None]
        self._guess, self._start = cells.copy(), system.storage(t, cells)
        self.inverse(t, cells)

    def of(self, t: float, cells: np.ndarray) -> np.ndarray:
        """The amounts that belong to fields (balances, cells)."""
        return self._system.storage(t, cells) - self._start

    def inverse(self, t: float, cells: np.ndarray) -> np.ndarray:
        """Derivatives of the fields by the amounts, (balances, balances, cells), at given fields; kept for `fields`."""
        matrix = self._storage.matrix(t, cells) / self._system.geometry.volume
        self._inverse = np.moveaxis(np.linalg.inv(np.moveaxis(matrix, -1, 0)), 0, -1)
        return self._inverse

    def sizes(self, t: float, cells: np.ndarray) -> np.ndarray:
        """Size of each amount (balances, 1) where the fields have theirs."""
        matrix = np.abs(self._storage.matrix(t, cells)) / self._system.geometry.volume
        return np.einsum("ijn,jk->in", matrix, self._scale).max(axis=1, keepdims=True)

    def fields(self, t: float, conserved: np.ndarray) -> np.ndarray:
        """The fields (balances, cells) in which the cells have these amounts; NaN where there are none."""
        cells, last = self._guess, np.inf
        for _ in range(_MAX):
            excess = self.of(t, cells) - conserved
            step = np.einsum("ijn,jn->in", self._inverse, excess)
            cells = cells - step
            moved = float((np.abs(step) / np.maximum(np.abs(cells), self._scale)).max())
            if moved <= _CONVERGED or (moved >= 0.5 * last and moved <= 1e3 * _CONVERGED):
                self._guess = cells
                return cells
            if not np.isfinite(moved):
                break
            if moved > _SLOW * last or (last == np.inf and moved > _SLOW):
                self.inverse(t, cells)
            last = moved
        self.inverse(t, self._guess)
        return np.full(conserved.shape, np.nan)
