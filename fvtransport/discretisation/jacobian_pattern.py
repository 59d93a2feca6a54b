"""Which entries of the Jacobian are not zero, and where each of its blocks goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..mesh.faces import Index, compact
from .layout import Layout
from .surfaces import InterfaceSurface, Surface
from .system import System

__all__ = ["Pattern"]


class Pattern:
    """The pattern in compressed columns: shape, indices, indptr; columns of the entries; bandwidths lower and upper.

    inner are the faces whose left node is a cell, and those whose right node is one; producing are the interfaces
    that make something.
    """

    def __init__(self, system: System, layout: Layout, surfaces: Sequence[Surface]) -> None:
        self._system, self._layout, self._surfaces = system, layout, surfaces
        geometry = system.geometry
        every = np.arange(geometry.nodes)
        self._left, self._right = every[geometry.faces.left], every[geometry.faces.right]
        self._cells = every[geometry.cells]
        self.inner = [compact(np.flatnonzero(geometry.is_cell[side])) for side in (self._left, self._right)]
        self.producing = [
            each for each in surfaces if isinstance(each, InterfaceSurface) and each.equations.has_production
        ]
        self._compress(*self._places())

    def summed(self, blocks: Sequence[np.ndarray]) -> np.ndarray:
        """Entries in compressed columns, from the blocks in the order of the pattern; those at one place are added."""
        entries = np.concatenate([np.ravel(block) for block in blocks])
        return np.add.reduceat(entries[self._order], self._starts)

    def _columns_of(self, faces: Index) -> np.ndarray:
        sides, count = (self._left, self._right), self._layout.balances
        return np.stack([self._layout.unknown(side[faces], j) for side in sides for j in range(count)])

    def _at(self, *nodes: np.ndarray) -> np.ndarray:
        return np.stack([self._layout.unknown(each, i) for each in nodes for i in range(self._layout.balances)])

    def _places(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of every entry, in the order of the blocks."""
        layout, sides = self._layout, (self._left, self._right)
        pairs: list[tuple[np.ndarray, np.ndarray]] = []
        for side, inner in zip(sides, self.inner):
            pairs.append(_outer(self._at(side[inner]), self._columns_of(inner)))
        pairs.append(_outer(self._at(self._cells), self._at(self._cells)))
        for surface in self._surfaces:
            pairs.append(_outer(self._at(*surface.nodes), self._at(*surface.nodes, *surface.beside)))
        for total in layout.boundary_totals:
            own = np.array([total.index])
            columns = self._columns_of(total.boundary.faces)
            pairs += [(own, own), (np.broadcast_to(own, columns.shape), columns)]
        if layout.sums:
            pairs += self._cumulative_places(self._at(self._cells), self._columns_of(slice(None)))
        rows, columns = (np.concatenate([np.ravel(pair[axis]) for pair in pairs]) for axis in (0, 1))
        return rows, columns

    def _cumulative_places(self, by_cell: np.ndarray, by_face: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Running totals at every node of a line, where each face counts at its right node; grand totals elsewhere."""
        layout, sources = self._layout, self._layout.source_count
        if layout.is_line:
            nodes = np.arange(layout.nodes)
            own = np.stack([layout.unknown(nodes, layout.balances + k) for k in range(layout.sums)])
            before, cells, faces = own[:, :-1], own[:, self._cells], own[:, self._right]
        else:
            own = layout.size - layout.sums + np.arange(layout.sums)[:, None]
            before = own[:, 1:]
            cells, faces = (np.repeat(own, columns.shape[-1], axis=1) for columns in (by_cell, by_face))
        pairs = [(own, own), (own[:, 1:], before)]
        pairs += [_outer(cells[:sources], by_cell)] if sources and self._system.has_local_sources else []
        pairs += [_outer(faces[:sources], by_face)] if sources and self._system.has_face_sources else []
        for surface in self.producing:
            nodes = surface.nodes[0]
            rows = own[:sources, nodes] if layout.is_line else np.repeat(own[:sources], nodes.size, axis=1)
            pairs.append(_outer(rows, self._at(*surface.nodes, *surface.beside)))
        return pairs + ([_outer(faces[sources:], by_face)] if layout.integral_count else [])

    def _compress(self, rows: np.ndarray, columns: np.ndarray) -> None:
        size = self._layout.size
        self.shape = (size, size)
        self._order = np.lexsort((rows, columns))
        rows, columns = rows[self._order], columns[self._order]
        fresh = np.concatenate([[True], (np.diff(rows) != 0) | (np.diff(columns) != 0)])
        self._starts = np.flatnonzero(fresh)
        self.indices = rows[fresh].astype(np.int32)
        self.columns = columns[fresh].astype(np.int32)
        self.indptr = np.searchsorted(self.columns, np.arange(size + 1)).astype(np.int32)
        apart = self.indices - self.columns
        self.lower, self.upper = int(apart.max()), int(-apart.min())


def _outer(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every row (r, n) against every column (c, n): two arrays of shape (r, c, n)."""
    shape = (rows.shape[0], columns.shape[0], rows.shape[-1])
    return np.broadcast_to(rows[:, None], shape), np.broadcast_to(columns[None], shape)
