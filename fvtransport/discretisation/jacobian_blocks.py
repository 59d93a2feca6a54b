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

    def values(
        self, known: Derivatives, cj: float, mass: np.ndarray, storage_matrices: Sequence[ByRow] = ()
    ) -> list[np.ndarray]:
        """The blocks of dF/dy + cj dF/dy'; mass is (balances, balances, cells), storage_matrices are those of the
        surfaces.
        """
        geometry, layout, faces = self._system.geometry, self._layout, self._system.geometry.faces
        flow_by = known.flux * faces.area
        local = cj * mass if known.sources is None else cj * mass - known.sources * geometry.volume
        leaving, arriving, work_by = flow_by, -flow_by, None
        if known.face_source is not None:
            work_by = known.face_source * faces.volume
            leaving = leaving - faces.left_weight * work_by
            arriving = arriving - (1.0 - faces.left_weight) * work_by
        blocks = [leaving[..., self._inner[0]], arriving[..., self._inner[1]], local]
        for each, by_row in zip(self._surfaces, storage_matrices or [NO_GROWTH] * len(self._surfaces)):
            growth = {row: cj * matrix for row, matrix in by_row.items()}
            blocks.append(np.concatenate(each.derivatives(known, growth), axis=1))
        for total in layout.boundary_totals:
            blocks += [np.array([cj]), -total.boundary.sign * flow_by[total.row][:, total.boundary.faces]]
        if layout.sums:
            blocks.append(np.full(layout.sums * (layout.nodes if layout.is_line else 1), cj))
            blocks.append(np.full(layout.sums * (layout.nodes - 1 if layout.is_line else 0), -cj))
        if known.sources is not None and layout.source_count:
            blocks.append(-known.sources * geometry.volume)
        if work_by is not None and layout.source_count:
            blocks.append(-work_by)
        if layout.source_count:
            blocks += [-each.production(known) for each in self._producing]
        if layout.integral_count and known.rate_densities is not None:
            blocks.append(-known.rate_densities * faces.volume)
        return blocks

    def positions(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of every entry of `values`."""
        layout, sides = self._layout, (self._left, self._right)
        pairs: Pairs = [_outer(self._at(side[inner]), self._beside(inner)) for side, inner in zip(sides, self._inner)]
        pairs.append(_outer(self._at(self._cells), self._at(self._cells)))
        for surface in self._surfaces:
            pairs.append(_outer(self._at(*surface.nodes), self._of_surface(surface)))
        for total in layout.boundary_totals:
            own, columns = np.array([total.index]), self._beside(total.boundary.faces)
            pairs += [(own, own), (np.broadcast_to(own, columns.shape), columns)]
        if layout.sums:
            pairs += self._cumulative_positions(self._at(self._cells), self._beside(slice(None)))
        rows, columns = (np.concatenate([np.ravel(pair[axis]) for pair in pairs]) for axis in (0, 1))
        return rows, columns

    def _at(self, *nodes: np.ndarray) -> np.ndarray:
        """The unknowns of the fields at nodes, (balances, nodes), those of several arrays below each other."""
        return np.stack([self._layout.unknown(each, i) for each in nodes for i in range(self._layout.balances)])

    def _beside(self, faces: Index) -> np.ndarray:
        """The unknowns of the fields on the left, then on the right of faces, (2 x balances, faces), then the columns
        of the slopes.
        """
        columns = [self._at(side[faces]) for side in (self._left, self._right)]
        return np.concatenate(columns if self.slopes is None else [*columns, self.slopes.columns[:, faces]])

    def _of_surface(self, surface: Surface) -> np.ndarray:
        """The unknowns on and beside a surface, (unknowns, faces), then the columns of the slopes on its faces."""
        columns = self._at(*surface.nodes, *surface.beside)
        if self.slopes is None:
            return columns
        return np.concatenate([columns, *(self.slopes.columns[:, faces] for faces in surface.faces)])

    def _cumulative_positions(self, by_cell: np.ndarray, by_face: np.ndarray) -> Pairs:
        """Cumulative sums at every node of a line, where each face counts at its right node; grand totals elsewhere."""
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
        for surface in self._producing if sources else ():
            nodes = surface.nodes[0]
            rows = own[:sources, nodes] if layout.is_line else np.repeat(own[:sources], nodes.size, axis=1)
            pairs.append(_outer(rows, self._of_surface(surface)))
        return pairs + ([_outer(faces[sources:], by_face)] if layout.integral_count else [])


def _outer(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every row (r, n) against every column (c, n): two arrays of shape (r, c, n)."""
    shape = (rows.shape[0], columns.shape[0], rows.shape[-1])
    return np.broadcast_to(rows[:, None], shape), np.broadcast_to(columns[None], shape)
