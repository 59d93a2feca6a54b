"""The Jacobian of the discrete balances in compressed columns, with derivatives that are used again where they may."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from .derivatives import Derivatives, FiniteDifferences
from .jacobian_blocks import JacobianBlocks
from .layout import Layout
from .surface_storage import ByRow
from .surfaces import surfaces_of
from .system import System

__all__ = ["Jacobian"]

_SAME = 1e-6
_MAX_REUSE = 8


class Jacobian:
    """dF/dy + cj dF/dy' with a fixed pattern; scale (balances,) is the typical size of each field."""

    def __init__(self, system: System, layout: Layout, scale: np.ndarray) -> None:
        self._system, self.scale = system, scale
        self.differences = FiniteDifferences(system, scale)
        self._known: Derivatives | None = None
        self._reuse_limit, self._reuses = 1, 0
        self.surfaces = surfaces_of(system, layout.in_time)
        self._blocks = JacobianBlocks(system, layout, self.surfaces)
        self.shape = (layout.size, layout.size)
        self._compress(*self._blocks.positions())

    def data(
        self,
        t: float,
        values: np.ndarray,
        cj: float,
        mass: np.ndarray,
        fresh: bool = True,
        by: np.ndarray | None = None,
        storage_matrices: Sequence[ByRow] = (),
    ) -> np.ndarray:
        """Entries in the order of `indices` and `indptr` (compressed columns); mass is (balances, balances, cells).

        by (balances, balances, cells) are the derivatives of the fields in cells by the unknowns that replace them,
        storage_matrices those of what each surface stores by its fields. Unless they must be fresh, derivatives that
        came out the same at two states are used again a few times.
        """
        known = self._known
        if fresh or known is None or not self._reuses:
            known = self.differences.differentiate(t, values)
            self._renew(known)
        else:
            self._reuses -= 1
        if by is not None:
            known = known.chained(self._system, by)
        return np.bincount(self._places, self._blocks.values(known, cj, mass, storage_matrices))

    def _renew(self, found: Derivatives) -> None:
        """Keep new derivatives; as long as nothing changes, use them twice as often each time."""
        known, self._known = self._known, found
        others = (found.sources, found.face_source, found.rate_densities)
        is_same = known is not None and all(part is None for part in others) and _is_close(known.flux, found.flux)
        self._reuse_limit = min(2 * self._reuse_limit, _MAX_REUSE) if is_same else 1
        self._reuses = self._reuse_limit - 1

    def invalidate(self) -> None:
        """Use no derivatives from before: a law or a condition has jumped."""
        self._known, self._reuse_limit, self._reuses = None, 1, 0

    def matrix(self, t: float, values: np.ndarray, cj: float, mass: np.ndarray) -> sparse.csc_array:
        """The Jacobian as a sparse matrix."""
        return self.assembled(self.data(t, values, cj, mass))

    def assembled(self, entries: np.ndarray, by: np.ndarray | None = None) -> sparse.csc_array:
        """The matrix of entries from `data`, given the same derivatives by."""
        slopes, matrix = self._blocks.slopes, self._with_slopes(entries)
        return matrix if slopes is None else slopes.chained(matrix, by)

    def of_neighbours(self, entries: np.ndarray) -> sparse.csc_array:
        """The part of the matrix that couples neighbours, without slopes: it fills in less and is a preconditioner."""
        size = self.shape[0]
        return sparse.csc_array(self._with_slopes(entries)[:, :size])

    def _with_slopes(self, entries: np.ndarray) -> sparse.csc_array:
        shape = (self.shape[0], self.indptr.size - 1)
        return sparse.csc_array((entries, self.indices, self.indptr), shape=shape)

    def _compress(self, rows: np.ndarray, columns: np.ndarray) -> None:
        """The place of each entry in compressed columns, where several may fall on one, and the bandwidths."""
        number = columns * self.shape[0] + rows
        order = np.argsort(number, kind="stable")
        rows, columns = rows[order], columns[order]
        fresh = np.concatenate([[True], np.diff(number[order]) != 0])
        self._places = np.empty(order.size, np.intp)
        self._places[order] = np.cumsum(fresh) - 1
        self.indices = rows[fresh].astype(np.int32)
        self.columns = columns[fresh].astype(np.int32)
        self.in_rows = rows[fresh] * self.shape[1] + columns[fresh]
        slopes = self._blocks.slopes
        last = self.shape[1] if slopes is None else self.shape[1] + slopes.columns.size
        self.indptr = np.searchsorted(self.columns, np.arange(last + 1)).astype(np.int32)
        apart = self.indices - self.columns
        self.lower, self.upper = int(apart.max()), int(-apart.min())


def _is_close(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether derivatives are the same but for the errors of finite differences."""
    return bool(np.abs(before - after).max() <= _SAME * np.abs(after).max(initial=0.0))
