"""The Jacobian of the discrete balances, from perturbed states of all faces and cells at once.

A two-point flux depends on two nodes, so one evaluation of the laws on 1 + 2 x fields stacked states gives every block;
the same block serves the cells on both sides, so each Newton step conserves what the residual conserves. Where the mesh
is not orthogonal a flux also depends on slopes, which are linear in the fields of many nodes: they stand in columns of
their own behind the unknowns, until the map of a reconstruction takes them there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from scipy import sparse

from ..mesh.faces import Index, compact
from ..model.handles import Field
from .layout import Layout
from .slope_columns import SlopeColumns
from .system import System

__all__ = ["Jacobian"]

_STEP = float(np.sqrt(np.finfo(float).eps))
_SAME = 1e-6
_MAX_REUSE = 8


class Derivatives(NamedTuple):
    """By the fields of the left, then of the right node, then by the slopes of the fields: flux (balances, 2 x balances
    + slopes, faces), boundary equations (2 x balances + slopes, faces) for each condition; sources by the fields of the
    cell (balances, balances, cells); work and densities as the flux.
    """

    flux: np.ndarray
    boundary_residuals: list[np.ndarray]
    sources: np.ndarray | None
    face_source: np.ndarray | None
    rate_densities: np.ndarray | None


class Jacobian:
    """dF/dy + cj dF/dy' with a fixed pattern; scale (balances,) is the typical size of each field."""

    def __init__(self, system: System, layout: Layout, scale: np.ndarray) -> None:
        self._system, self._layout, self._scale = system, layout, scale
        self._known: Derivatives | None = None
        self._reuse_limit, self._reuses = 1, 0
        geometry = system.geometry
        every = np.arange(geometry.nodes)
        self._left, self._right = every[geometry.faces.left], every[geometry.faces.right]
        self._cells = every[geometry.cells]
        is_cell = np.zeros(geometry.nodes, bool)
        is_cell[self._cells] = True
        self._inner = [compact(np.flatnonzero(is_cell[side])) for side in (self._left, self._right)]
        self._middle = np.array([_middle(field) for field in system.medium.fields])[:, None]
        self._slopes = None if system.reconstruction is None else SlopeColumns(system.reconstruction, layout, geometry)
        rows, columns = self._pattern()
        self._compress(rows, columns)

    def data(
        self,
        t: float,
        values: np.ndarray,
        cj: float,
        mass: np.ndarray,
        fresh: bool = True,
        by: np.ndarray | None = None,
        stored_matrices: Mapping[int, np.ndarray] = MappingProxyType({}),
    ) -> np.ndarray:
        """Entries in the order of `indices` and `indptr` (compressed columns); mass is (balances, balances, cells).

        by (balances, balances, cells) are the derivatives of the fields in cells by the unknowns that stand for them,
        held those of what walls hold by their fields. Unless they must be fresh, derivatives that came out the same at
        two states are used again a few times.
        """
        known = self._known
        if fresh or known is None or not self._reuses:
            known = self.differentiate(t, values)
            self._renew(known)
        else:
            self._reuses -= 1
        if by is not None:
            known = self._chained(known, by)
        if stored_matrices:
            residuals = self._with_boundary_storage(known.boundary_residuals, cj, stored_matrices)
            known = known._replace(boundary_residuals=residuals)
        entries = np.concatenate([np.ravel(block) for block in self._blocks(known, cj, mass)])
        return np.add.reduceat(entries[self._order], self._starts)

    def _renew(self, found: Derivatives) -> None:
        """Keep new derivatives; as long as nothing changes, trust them twice as often each time."""
        known, self._known = self._known, found
        size = np.abs(found.flux).max(initial=0.0)
        is_same = known is not None and all(part is None for part in found[2:])
        is_same = is_same and known is not None and bool(np.abs(known.flux - found.flux).max() <= _SAME * size)
        self._reuse_limit = min(2 * self._reuse_limit, _MAX_REUSE) if is_same else 1
        self._reuses = self._reuse_limit - 1

    def invalidate(self) -> None:
        """Trust no derivatives from before: a law or a condition has jumped."""
        self._known, self._reuse_limit, self._reuses = None, 1, 0

    def matrix(self, t: float, values: np.ndarray, cj: float, mass: np.ndarray) -> sparse.csc_array:
        """The Jacobian as a sparse matrix."""
        return self.assembled(self.data(t, values, cj, mass))

    def assembled(self, entries: np.ndarray, by: np.ndarray | None = None) -> sparse.csc_array:
        """The matrix of entries from `data`, given the same derivatives by."""
        if self._slopes is None:
            return self._with_slopes(entries)
        return self._slopes.chained(self._with_slopes(entries), by)

    def of_neighbours(self, entries: np.ndarray) -> sparse.csc_array:
        """The part of the matrix that couples neighbours, without slopes: it fills in less and is a preconditioner."""
        size = self.shape[0]
        return sparse.csc_array(self._with_slopes(entries)[:, :size])

    def _with_slopes(self, entries: np.ndarray) -> sparse.csc_array:
        shape = (self.shape[0], self.indptr.size - 1)
        return sparse.csc_array((entries, self.indices, self.indptr), shape=shape)

    def unknowns(self, rows: np.ndarray, nodes: np.ndarray) -> np.ndarray:
        """Where fields at nodes stand among the unknowns."""
        return self._layout.unknown(nodes, rows)

    def vector(self, values: np.ndarray) -> np.ndarray:
        """All unknowns, with the given fields at the nodes (balances, nodes) and zero else."""
        vector = np.zeros(self._layout.size)
        self._layout.values(vector)[...] = values
        return vector

    def differentiate(self, t: float, values: np.ndarray) -> Derivatives:
        """Derivatives of fluxes, wall equations and sources at a state of shape (balances, nodes)."""
        faces, count = self._system.geometry.faces, len(self._scale)
        step = self._steps(values)
        left, right, slopes = self._system.on_faces(values)
        parts = [left, right, *(() if slopes is None else slopes)]
        steps = np.concatenate([*faces.left_right(step), *self._slope_steps(left, right, slopes)])
        parts = [np.repeat(part[:, None], 1 + len(steps), axis=1) for part in parts]
        for k, part in enumerate(parts):
            for j in range(count):
                part[j, 1 + k * count + j] += steps[k * count + j]
        rates = self._system.evaluate_faces(t, *parts[:2], np.stack(parts[2:]) if parts[2:] else None)
        walls_by = [
            (g[1:] - g[:1]) / steps[:, c.boundary.faces]
            for c, g in zip(self._system.boundary_equations, rates.boundary_residuals)
        ]

        def by_fields(part: np.ndarray) -> np.ndarray:
            return (part[:, 1:] - part[:, :1]) / steps

        return Derivatives(
            by_fields(rates.flux),
            walls_by,
            self._differentiate_sources(t, values, step),
            None if rates.face_source is None else by_fields(rates.face_source),
            None if rates.rate_densities is None else by_fields(rates.rate_densities),
        )

    def _differentiate_sources(self, t: float, values: np.ndarray, step: np.ndarray) -> np.ndarray | None:
        if not self._system.has_local_sources:
            return None
        cells, count = self._system.geometry.cells, len(self._scale)
        stacked = np.repeat(values[:, None, cells], 1 + count, axis=1)
        for j in range(count):
            stacked[j, 1 + j] += step[j, cells]
        source = self._system.sources(t, stacked)
        return (source[:, 1:] - source[:, :1]) / step[:, cells]

    def _steps(self, values: np.ndarray) -> np.ndarray:
        """Increments that are exact in floating point and lead away from the nearer bound of a field."""
        size = _STEP * np.maximum(np.abs(values), self._scale[:, None])
        away = np.where(values > self._middle, -size, size)
        return (values + away) - values

    def _slope_steps(self, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None) -> Iterable[np.ndarray]:
        """Increments of the slopes, such as those of the fields between the nodes give."""
        if slopes is None or self._system.reconstruction is None:
            return
        mean = 0.5 * (left + right)
        away = np.where(mean > self._middle, -_STEP, _STEP) * np.maximum(np.abs(mean), self._scale[:, None])
        for slope, unit in zip(slopes, self._system.reconstruction.units):
            yield (slope + away * unit) - slope

    def _chained(self, known: Derivatives, by: np.ndarray) -> Derivatives:
        """The same derivatives by the unknowns that stand for the fields in cells."""
        count, nodes = len(self._scale), self._system.geometry.nodes
        every = np.repeat(np.eye(count)[:, :, None], nodes, axis=2)
        every[..., self._cells] = by
        sides = [every[..., side] for side in (self._left, self._right)]

        def chained(part: np.ndarray, faces: Index = slice(None)) -> np.ndarray:
            halves = (part[..., :count, :], part[..., count : 2 * count, :])
            turned = [np.einsum("...jf,jkf->...kf", half, side[..., faces]) for half, side in zip(halves, sides)]
            return np.concatenate([*turned, part[..., 2 * count :, :]], axis=-2)

        boundaries = [
            chained(part, c.boundary.faces)
            for c, part in zip(self._system.boundary_equations, known.boundary_residuals)
        ]
        sources = None if known.sources is None else np.einsum("ijn,jkn->ikn", known.sources, by)
        return Derivatives(
            chained(known.flux),
            boundaries,
            sources,
            None if known.face_source is None else chained(known.face_source),
            None if known.rate_densities is None else chained(known.rate_densities),
        )

    def _with_boundary_storage(
        self, boundaries: list[np.ndarray], cj: float, stored_matrices: Mapping[int, np.ndarray]
    ) -> list[np.ndarray]:
        boundaries, count = list(boundaries), len(self._scale)
        for k, matrix in stored_matrices.items():
            boundaries[k] = boundaries[k].copy()
            own = slice(0, count) if self._system.boundary_equations[k].boundary.is_left else slice(count, 2 * count)
            boundaries[k][own] -= cj * matrix
        return boundaries

    def _blocks(self, known: Derivatives, cj: float, mass: np.ndarray) -> list[np.ndarray]:
        flux_by, walls_by, source_by, work_by, densities_by = known
        geometry, layout = self._system.geometry, self._layout
        faces = geometry.faces
        flow_by = flux_by * faces.area
        local = cj * mass if source_by is None else cj * mass - source_by * geometry.volume
        gone, come = flow_by, -flow_by
        if work_by is not None:
            work_by = work_by * faces.volume
            gone, come = gone - faces.left_weight * work_by, come - (1.0 - faces.left_weight) * work_by
        blocks = [gone[..., self._inner[0]], come[..., self._inner[1]], local, *walls_by]
        for total in layout.boundary_totals:
            blocks += [np.array([cj]), -total.boundary.sign * flow_by[total.row][:, total.boundary.faces]]
        if layout.sums:
            blocks.append(np.full(layout.sums * (layout.nodes if layout.is_line else 1), cj))
            blocks.append(np.full(layout.sums * (layout.nodes - 1 if layout.is_line else 0), -cj))
        if source_by is not None and layout.source_count:
            blocks.append(-source_by * geometry.volume)
        if work_by is not None and layout.source_count:
            blocks.append(-work_by)
        if layout.integral_count and densities_by is not None:
            blocks.append(-densities_by * faces.volume)
        return blocks

    def _pattern(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of every entry, in the order of `_blocks`."""
        layout, count = self._layout, len(self._scale)
        sides = (self._left, self._right)
        pairs: list[tuple[np.ndarray, np.ndarray]] = []

        def columns_of(faces: Index) -> np.ndarray:
            columns = np.stack([layout.unknown(side[faces], j) for side in sides for j in range(count)])
            return columns if self._slopes is None else np.concatenate([columns, self._slopes.columns[:, faces]])

        def at(nodes: np.ndarray) -> np.ndarray:
            return np.stack([layout.unknown(nodes, i) for i in range(count)])

        for side, inner in zip(sides, self._inner):
            pairs.append(_outer(at(side[inner]), columns_of(inner)))
        pairs.append(_outer(at(self._cells), at(self._cells)))
        for equation in self._system.boundary_equations:
            wall_nodes = (self._left if equation.boundary.is_left else self._right)[equation.boundary.faces]
            pairs.append(_outer(layout.unknown(wall_nodes, equation.row)[None], columns_of(equation.boundary.faces)))
        for total in layout.boundary_totals:
            own = np.array([total.index])
            columns = columns_of(total.boundary.faces)
            pairs += [(own, own), (np.broadcast_to(own, columns.shape), columns)]
        if layout.sums:
            pairs += self._cumulative_pattern(at(self._cells), columns_of(slice(None)))
        rows, columns = (np.concatenate([np.ravel(pair[axis]) for pair in pairs]) for axis in (0, 1))
        return rows, columns

    def _cumulative_pattern(self, by_cell: np.ndarray, by_face: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
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
        last = size if self._slopes is None else size + self._slopes.columns.size
        self.indptr = np.searchsorted(self.columns, np.arange(last + 1)).astype(np.int32)
        apart = self.indices - self.columns
        self.lower, self.upper = int(apart.max()), int(-apart.min())


def _middle(field: Field) -> float:
    """The value below which a field is nearer to its lower bound than to its upper one."""
    if np.isfinite(field.upper):
        return 0.5 * (field.lower + field.upper)
    return float("inf")


def _outer(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every row (r, n) against every column (c, n): two arrays of shape (r, c, n)."""
    shape = (rows.shape[0], columns.shape[0], rows.shape[-1])
    return np.broadcast_to(rows[:, None], shape), np.broadcast_to(columns[None], shape)
