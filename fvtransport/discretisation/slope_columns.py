"""Columns of the Jacobian for the slopes on faces, and the map that takes them to the unknowns."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ..mesh.geometry import Geometry
from ..mesh.reconstruction import Reconstruction
from .layout import Layout

__all__ = ["SlopeColumns"]


class SlopeColumns:
    """A column for each slope of each field on each face, (slopes x fields, faces), behind those of the unknowns."""

    def __init__(self, reconstruction: Reconstruction, layout: Layout, geometry: Geometry) -> None:
        self._layout, self._cells = layout, np.arange(geometry.nodes)[geometry.cells]
        faces, fields = geometry.faces.area.size, layout.balances
        count = reconstruction.count * fields
        self.columns = layout.size + np.arange(count * faces).reshape(count, faces)
        entries = reconstruction.matrix.tocoo()
        group, face = np.divmod(entries.row, faces)
        rows = [(group * fields + j) * faces + face for j in range(fields)]
        columns = [layout.unknown(entries.col, j) for j in range(fields)]
        where = (np.concatenate(rows), np.concatenate(columns))
        data = np.tile(entries.data, fields)
        self._map = sparse.csc_array((data, where), shape=(count * faces, layout.size))

    def chained(self, matrix: sparse.csc_array, by: np.ndarray | None) -> sparse.csc_array:
        """The matrix (size, size + slopes) with its slopes as the fields give them, (size, size).

        by (balances, balances, cells) are the derivatives of the fields in cells by the unknowns; None: they are these.
        """
        size = self._layout.size
        by_slopes = matrix[:, size:] @ self._map
        return sparse.csc_array(matrix[:, :size] + (by_slopes if by is None else by_slopes @ self._turned(by)))

    def _turned(self, by: np.ndarray) -> sparse.csc_array:
        """Derivatives of the fields at all nodes by the unknowns, (size, size)."""
        layout, fields = self._layout, range(self._layout.balances)
        own = np.ones(layout.size)
        for i in fields:
            own[layout.unknown(self._cells, i)] = 0.0
        rows = [layout.unknown(self._cells, i) for i in fields for _ in fields]
        columns = [layout.unknown(self._cells, j) for _ in fields for j in fields]
        where = (np.concatenate(rows), np.concatenate(columns))
        inside = sparse.csc_array((by.ravel(), where), shape=(layout.size, layout.size))
        return sparse.csc_array(inside + sparse.diags_array(own))
