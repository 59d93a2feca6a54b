"""Blocks of the Jacobian: their positions in the matrix and their values, both in the same order.

One block of derivatives serves the cells on both sides of a face, so each Newton step conserves what the residual
conserves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..mesh.faces import Index, compact
from .derivatives import Derivatives
from .layout import Layout
from .slope_columns import SlopeColumns
from .surface_storage import ByRow
from .surfaces import NO_GROWTH, InterfaceSurface, Surface
from .system import System

__all__ = ["JacobianBlocks"]

Pairs = list[tuple[np.ndarray, np.ndarray]]


class JacobianBlocks:
    """The blocks of a system whose unknowns have a given layout; slopes are the columns behind them, None where the
    mesh is orthogonal.
    """

    def __init__(self, system: System, layout: Layout, surfaces: Sequence[Surface]) -> None:
        self._system, self._layout, self._surfaces = system, layout, surfaces
        self._producing = [
            each for each in surfaces if isinstance(each, InterfaceSurface) and each.equations.has_production
        ]
        geometry = system.geometry
        every = np.arange(geometry.nodes)
        self._left, self._right = every[geometry.faces.left], every[geometry.faces.right]
        self._cells = every[geometry.cells]
        reconstruction = system.fluxes.reconstruction
        self.slopes = None if reconstruction is None else SlopeColumns(reconstruction, layout, geometry)
        self._inner = [compact(np.flatnonzero(geometry.is_cell[side])) for side in (self._left, self._right)]
        self._totals = np.array([total.index for total in layout.boundary_totals], int)
        self._index_boundary_flows()
        self._known: Derivatives | None = None
        self._of_known = np.zeros(0)

    def values(
        self, known: Derivatives, cj: float, mass: np.ndarray, storage_matrices: Sequence[ByRow] = ()
    ) -> np.ndarray:
        """The entries of dF/dy + cj dF/dy', block by block; mass is (balances, balances, cells), storage_matrices are
        those of the surfaces. What depends on the derivatives alone is kept until others are given.
        """
        if known is not self._known:
            self._known, self._of_known = known, _flat(self._by_derivatives(known))
        return _flat([self._of_known, *self._by_rates(known, cj, mass, storage_matrices)])

    def _by_derivatives(self, known: Derivatives) -> list[np.ndarray]:
        """The blocks without cj."""
        geometry, layout, faces = self._system.geometry, self._layout, self._system.geometry.faces
        flow_by = known.flux * faces.area
        leaving, arriving, work_by = flow_by, -flow_by, None
        if known.face_source is not None:
            work_by = known.face_source * faces.volume
            leaving = leaving - faces.left_weight * work_by
            arriving = arriving - (1.0 - faces.left_weight) * work_by
        blocks = [leaving[..., self._inner[0]], arriving[..., self._inner[1]]]
        for each in self._surfaces:
            if not each.stored:
                blocks += each.derivatives(known)
        blocks.append(flow_by.ravel().take(self._leaving) * self._signs)
        if known.sources is not None and layout.source_count:
            blocks.append(-known.sources * geometry.volume)
        if work_by is not None and layout.source_count:
            blocks.append(-work_by)
        if layout.source_count:
            blocks += [-each.production(known) for each in self._producing]
        if layout.integral_count and known.rate_densities is not None:
            blocks.append(-known.rate_densities * faces.volume)
        return blocks

    def _by_rates(
        self, known: Derivatives, cj: float, mass: np.ndarray, storage_matrices: Sequence[ByRow]
    ) -> list[np.ndarray]:
        """The blocks with cj."""
        layout, volume = self._layout, self._system.geometry.volume
        blocks = [cj * mass if known.sources is None else cj * mass - known.sources * volume]
        for each, by_row in zip(self._surfaces, storage_matrices or [NO_GROWTH] * len(self._surfaces)):
            if each.stored:
                blocks += each.derivatives(known, {row: cj * matrix for row, matrix in by_row.items()})
        blocks.append(np.full(self._totals.size, cj))
        if layout.sums:
            blocks.append(np.full(layout.sums * (layout.nodes if layout.is_line else 1), cj))
            blocks.append(np.full(layout.sums * (layout.nodes - 1 if layout.is_line else 0), -cj))
        return blocks

    def positions(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of every entry of `values`."""
        layout, sides = self._layout, (self._left, self._right)
        pairs: Pairs = [_outer(self._at(side[inner]), self._beside(inner)) for side, inner in zip(sides, self._inner)]
        for surface in self._surfaces:
            if not surface.stored:
                pairs += self._surface_positions(surface)
        for total in layout.boundary_totals:
            columns = self._beside(total.boundary.faces)
            pairs.append((np.full(columns.shape, total.index), columns))
        by_rates: Pairs = [_outer(self._at(self._cells), self._at(self._cells))]
        for surface in self._surfaces:
            if surface.stored:
                by_rates += self._surface_positions(surface)
        by_rates.append((self._totals, self._totals))
        if layout.sums:
            self._add_cumulative_positions(pairs, by_rates)
        rows, columns = (_flat([pair[axis] for pair in (*pairs, *by_rates)]) for axis in (0, 1))
        return rows, columns

    def _index_boundary_flows(self) -> None:
        """The indices, in the flattened derivatives of the flows, of the faces of each boundary total."""
        columns, faces = len(self._beside(slice(0, 1))), self._left.size
        numbers = np.arange(self._layout.balances * columns * faces).reshape(-1, columns, faces)
        found = [numbers[each.row][:, each.boundary.faces].ravel() for each in self._layout.boundary_totals]
        self._leaving = np.concatenate([np.zeros(0, int), *found])
        signs = [-each.boundary.sign for each in self._layout.boundary_totals]
        self._signs = np.repeat(signs, [each.size for each in found]) if found else np.zeros(0)

    def _at(self, *nodes: np.ndarray) -> np.ndarray:
        """The unknowns of the fields at nodes, (balances, nodes), those of several arrays below each other."""
        return np.stack([self._layout.unknown(each, i) for each in nodes for i in range(self._layout.balances)])

    def _beside(self, faces: Index) -> np.ndarray:
        """The unknowns of the fields on the left, then on the right of faces, (2 x balances, faces), then the columns
        of the slopes.
        """
        columns = [self._at(side[faces]) for side in (self._left, self._right)]
        return np.concatenate(columns if self.slopes is None else [*columns, self.slopes.columns[:, faces]])

    def _surface_positions(self, surface: Surface) -> Pairs:
        """Of the derivatives of its equations: by the unknowns on it, beside it, and by the slopes on its faces."""
        rows = self._at(*surface.nodes)
        return [_outer(rows, columns) for columns in self._of_surface(surface)]

    def _of_surface(self, surface: Surface) -> list[np.ndarray]:
        """The unknowns on a surface, those beside it, and the columns of the slopes on its faces, (unknowns, faces)."""
        columns = [self._at(*surface.nodes), self._at(*surface.beside)]
        if self.slopes is None:
            return columns
        return [*columns, np.concatenate([self.slopes.columns[:, faces] for faces in surface.faces])]

    def _add_cumulative_positions(self, pairs: Pairs, by_rates: Pairs) -> None:
        """Cumulative sums at every node of a line, where each face counts at its right node; grand totals elsewhere."""
        layout, sources = self._layout, self._layout.source_count
        by_cell, by_face = self._at(self._cells), self._beside(slice(None))
        if layout.is_line:
            nodes = np.arange(layout.nodes)
            own = np.stack([layout.unknown(nodes, layout.balances + k) for k in range(layout.sums)])
            before, cells, faces = own[:, :-1], own[:, self._cells], own[:, self._right]
        else:
            own = layout.size - layout.sums + np.arange(layout.sums)[:, None]
            before = own[:, 1:]
            cells, faces = (np.repeat(own, columns.shape[-1], axis=1) for columns in (by_cell, by_face))
        by_rates += [(own, own), (own[:, 1:], before)]
        pairs += [_outer(cells[:sources], by_cell)] if sources and self._system.has_local_sources else []
        pairs += [_outer(faces[:sources], by_face)] if sources and self._system.has_face_sources else []
        for surface in self._producing if sources else ():
            nodes = surface.nodes[0]
            rows = own[:sources, nodes] if layout.is_line else np.repeat(own[:sources], nodes.size, axis=1)
            pairs.append(_outer(rows, np.concatenate(self._of_surface(surface))))
        pairs += [_outer(faces[sources:], by_face)] if layout.integral_count else []


def _flat(blocks: Sequence[np.ndarray]) -> np.ndarray:
    """The entries of all blocks in one row."""
    return np.concatenate([block.ravel() for block in blocks])


def _outer(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every row (r, n) against every column (c, n): two arrays of shape (r, c, n)."""
    shape = (rows.shape[0], columns.shape[0], rows.shape[-1])
    return np.broadcast_to(rows[:, None], shape), np.broadcast_to(columns[None], shape)
