"""The Jacobian of the discrete balances, with a fixed pattern.

The same block of derivatives serves the cells on both sides of a face, so each Newton step conserves what the residual
conserves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from scipy import sparse

from .derivatives import Derivatives, Differentiation
from .jacobian_pattern import Pattern
from .layout import Layout
from .surfaces import surfaces_of
from .system import System

__all__ = ["Jacobian"]

_SAME = 1e-6
_MAX_REUSE = 8


class Jacobian:
    """dF/dy + cj dF/dy' with a fixed pattern; scale (balances,) is the typical size of each field."""

    def __init__(self, system: System, layout: Layout, scale: np.ndarray) -> None:
        self._system, self._layout, self._scale = system, layout, scale
        self.differentiate = Differentiation(system, scale)
        self.surfaces = surfaces_of(system)
        self._known: Derivatives | None = None
        self._reuse_limit, self._reuses = 1, 0
        self._pattern = Pattern(system, layout, self.surfaces)
        self.shape, self.indices, self.indptr = self._pattern.shape, self._pattern.indices, self._pattern.indptr
        self.columns, self.lower, self.upper = self._pattern.columns, self._pattern.lower, self._pattern.upper

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
        stored_matrices those of what boundaries store by their fields. Unless they must be fresh, derivatives that came
        out the same at two states are used again a few times.
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
        return self._pattern.summed(self._blocks(known, cj, mass))

    def _renew(self, found: Derivatives) -> None:
        """Keep new derivatives; as long as nothing changes, trust them twice as often each time."""
        known, self._known = self._known, found
        size = np.abs(found.flux).max(initial=0.0)
        others = (found.sources, found.face_source, found.rate_densities)
        is_same = known is not None and all(part is None for part in others)
        is_same = is_same and known is not None and bool(np.abs(known.flux - found.flux).max() <= _SAME * size)
        self._reuse_limit = min(2 * self._reuse_limit, _MAX_REUSE) if is_same else 1
        self._reuses = self._reuse_limit - 1

    def invalidate(self) -> None:
        """Trust no derivatives from before: a law or a condition has jumped."""
        self._known, self._reuse_limit, self._reuses = None, 1, 0

    def matrix(self, t: float, values: np.ndarray, cj: float, mass: np.ndarray) -> sparse.csc_array:
        """The Jacobian as a sparse matrix."""
        return sparse.csc_array((self.data(t, values, cj, mass), self.indices, self.indptr), shape=self.shape)

    def _chained(self, known: Derivatives, by: np.ndarray) -> Derivatives:
        """The same derivatives by the unknowns that stand for the fields in cells."""
        count, geometry = len(self._scale), self._system.geometry
        every = np.repeat(np.eye(count)[:, :, None], geometry.nodes, axis=2)
        every[..., geometry.cells] = by
        return known.chained(geometry.faces.left_right(every), by, self._system)

    def _with_boundary_storage(
        self, boundaries: list[np.ndarray], cj: float, stored_matrices: Mapping[int, np.ndarray]
    ) -> list[np.ndarray]:
        boundaries, count = list(boundaries), len(self._scale)
        for k, matrix in stored_matrices.items():
            boundaries[k] = boundaries[k].copy()
            own = slice(0, count) if self._system.boundary_equations[k].boundary.is_left else slice(count, None)
            boundaries[k][own] -= cj * matrix
        return boundaries

    def _blocks(self, known: Derivatives, cj: float, mass: np.ndarray) -> list[np.ndarray]:
        geometry, layout, sources = self._system.geometry, self._layout, known.sources
        faces, inner = geometry.faces, self._pattern.inner
        flow_by = known.flux * faces.area
        local = cj * mass if sources is None else cj * mass - sources * geometry.volume
        gone, come = flow_by, -flow_by
        if known.face_source is not None:
            made_by = known.face_source * faces.volume
            gone, come = gone - faces.left_weight * made_by, come - (1.0 - faces.left_weight) * made_by
        blocks = [gone[..., inner[0]], come[..., inner[1]], local]
        blocks += [np.concatenate(each.derivatives(known), axis=1) for each in self.surfaces]
        for total in layout.boundary_totals:
            blocks += [np.array([cj]), -total.boundary.sign * flow_by[total.row][:, total.boundary.faces]]
        if layout.sums:
            blocks.append(np.full(layout.sums * (layout.nodes if layout.is_line else 1), cj))
            blocks.append(np.full(layout.sums * (layout.nodes - 1 if layout.is_line else 0), -cj))
        if sources is not None and layout.source_count:
            blocks.append(-sources * geometry.volume)
        if known.face_source is not None and layout.source_count:
            blocks.append(-made_by)
        if layout.source_count:
            blocks += [-each.production(known) for each in self._pattern.producing]
        if layout.integral_count and known.rate_densities is not None:
            blocks.append(-known.rate_densities * faces.volume)
        return blocks
