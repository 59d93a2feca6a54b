"""Derivatives of the stored amounts by the fields: d(storage)/dt = matrix . du/dt."""

from __future__ import annotations

import numpy as np

from .system import System

__all__ = ["Storage"]

_ROUND = 64 * np.finfo(float).eps
_CENTRAL = float(np.cbrt(np.finfo(float).eps))


class Storage:
    """The matrix d(amount in a cell)/d(field), of shape (balances, balances, cells).

    Storage that is linear in the fields is recognised by equal secants over steps as large as the fields; its matrix is
    then exact to round-off, computed once, and totals close the balance to round-off.
    """

    def __init__(self, system: System, t: float, values: np.ndarray, scale: np.ndarray) -> None:
        self._system, self._scale = system, scale
        cells = values[:, system.geometry.cells]
        near, far = self._secants(t, cells, 0.5), self._secants(t, cells * 0.75, 0.125)
        content = np.abs(system.storage(t, cells)).max(initial=0.0) * system.geometry.volume.max() / scale.min()
        size = max(content, np.abs(near).max(initial=0.0))
        self.is_linear = bool(np.isfinite(size) and np.abs(near - far).max(initial=0.0) <= _ROUND * size)
        self._matrix = near if self.is_linear else None
        off_diagonal = near * (1.0 - np.eye(len(scale)))[:, :, None]
        self._diagonal: np.ndarray | None = None
        if self.is_linear and not off_diagonal.any():
            self._diagonal = np.ascontiguousarray(np.einsum("iin->in", near))

    def matrix(self, t: float, cells: np.ndarray) -> np.ndarray:
        """The matrix for the state of the cells (balances, cells)."""
        return self._secants(t, cells, _CENTRAL) if self._matrix is None else self._matrix

    def rate(self, change: np.ndarray) -> np.ndarray:
        """d(amount in a cell)/dt, (balances, cells), for fields that change at the given rate,
        where storage is linear.
        """
        if self._diagonal is not None:
            return self._diagonal * change
        if self._matrix is None:
            raise ValueError("the stored amounts are not linear in the fields")
        return np.einsum("ijn,jn->in", self._matrix, change)

    def _secants(self, t: float, cells: np.ndarray, part: float) -> np.ndarray:
        """Central differences with a step of `part` times the size of each field."""
        count = len(self._scale)
        step = part * np.maximum(np.abs(cells), self._scale[:, None])
        columns = []
        for j in range(count):
            above, below = cells.copy(), cells.copy()
            above[j] += step[j]
            below[j] -= step[j]
            difference = self._system.storage(t, above) - self._system.storage(t, below)
            columns.append(difference / (above[j] - below[j]))
        return np.stack(columns, axis=1) * self._system.geometry.volume
