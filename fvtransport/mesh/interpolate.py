"""Values between the nodes of a mesh, of second order, exact on the boundaries of structured meshes."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .geometry import Geometry

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

__all__ = ["Interpolation"]

_ENDS = (("left", "right"), ("bottom", "top"), ("front", "back"))
_CANDIDATES = 32
_SLACK = 1e-9


class Interpolation:
    """Fields at any point of a mesh; not a number outside.

    On a structured mesh linear along each axis between cells and boundaries; where the mesh begins at an axis, even in
    the radius. On an unstructured one, and where materials meet, linear within each cell, with the least-squares
    gradient over its neighbours, its boundaries and interfaces.
    """

    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry
        self._is_structured = bool(geometry.axes)

    def __call__(self, values: np.ndarray, points: np.ndarray) -> np.ndarray:
        """A field at points (3, n), from its values at the nodes (nodes,); shape (n,)."""
        if self._is_structured and not self.geometry.interfaces:
            return self._between(self._lattice(values), points)
        if self.geometry.is_line:
            return self._along_line(values, points[0])
        cells = self.cells_at(points)
        slopes = {cell: self._gradient(values, cell) for cell in np.unique(cells[cells >= 0])}
        found = np.full(points.shape[1], np.nan)
        for i in np.flatnonzero(cells >= 0):
            away = points[:, i] - self.geometry.cell_positions[:3, cells[i]]
            found[i] = values[self.geometry.cells][cells[i]] + slopes[cells[i]] @ away
        return found

    def _along_line(self, values: np.ndarray, x: np.ndarray) -> np.ndarray:
        """Linear between the nodes of a line, among which are those of its interfaces."""
        places, axis = self.geometry.position[0], self.geometry.axes[0]
        if self.geometry.starts_at_axis:
            (first, second), (beside, across) = places[:2], values[:2]
            at_axis = beside - (across - beside) * first**2 / (second**2 - first**2)
            places, values = np.concatenate([[axis.start], places]), np.concatenate([[at_axis], values])
        slack = _SLACK * axis.length
        outside = (x < places[0] - slack) | (x > places[-1] + slack)
        return np.where(outside, np.nan, np.interp(x, places, values))

    def cells_at(self, points: np.ndarray) -> np.ndarray:
        """Number of the cell that contains each of the points (3, n); -1 outside the mesh."""
        dimension, corners = self.geometry.dimension, self.geometry.corners
        if corners is None:
            return self._numbered(points)
        centres = self.geometry.cell_positions[:dimension]
        _, near = self._tree.query(points[:dimension].T, k=min(_CANDIDATES, centres.shape[1]))
        found = np.full(points.shape[1], -1)
        for i, candidates in enumerate(near.reshape(points.shape[1], -1)):
            inside = (cell for cell in candidates if _holds(corners[:dimension, :, cell], points[:dimension, i]))
            found[i] = next(inside, -1)
        return found

    def _numbered(self, points: np.ndarray) -> np.ndarray:
        number, stride, outside = np.zeros(points.shape[1], int), 1, np.zeros(points.shape[1], bool)
        for axis, x in zip(self.geometry.axes, points):
            edges = axis.start + np.concatenate([[0.0], np.cumsum(axis.spacing())])
            outside |= (x < edges[0] - _SLACK * axis.length) | (x > edges[-1] + _SLACK * axis.length)
            number += stride * np.clip(np.searchsorted(edges, x, side="right") - 1, 0, axis.cells - 1)
            stride *= axis.cells
        return np.where(outside, -1, number)

    @cached_property
    def ticks(self) -> list[np.ndarray]:
        """Cell centres along each axis, and both its ends."""
        ticks = []
        for axis in self.geometry.axes:
            sizes = axis.spacing()
            centres = axis.start + np.cumsum(sizes) - 0.5 * sizes
            ticks.append(np.concatenate([[axis.start], centres, [axis.start + axis.length]]))
        return ticks

    def _lattice(self, values: np.ndarray) -> np.ndarray:
        """Values at all `_ticks`: an edge or corner differs from its cell by the sum of what its boundaries do."""
        geometry = self.geometry
        counts = [axis.cells for axis in geometry.axes]
        inner = values[geometry.cells].reshape(counts[::-1]).T
        lattice = np.pad(inner, 1, mode="edge")
        for axis, names in enumerate(_ENDS[: len(counts)]):
            others = [(1, 1)] * (len(counts) - 1)
            for end, name in zip((0, -1), names):
                apart = self._at_end(values, inner, axis, end, name) - np.take(inner, end, axis=axis)
                plane: list[slice | int] = [slice(None)] * len(counts)
                plane[axis] = end
                lattice[tuple(plane)] += np.pad(apart, others, mode="edge") if others else apart
        return lattice

    def _at_end(self, values: np.ndarray, inner: np.ndarray, axis: int, end: int, name: str) -> np.ndarray:
        """Values where an axis begins (end = 0) or ends (-1): on the boundary, at the axis of a cylinder, at a seam."""
        geometry, beside = self.geometry, np.take(inner, end, axis=axis)
        boundary = geometry.boundaries.get(name)
        if boundary is not None:
            others = [row for row in range(len(geometry.axes)) if row != axis]
            order = np.lexsort(boundary.position[others]) if others else np.arange(1)
            return values[boundary.nodes][order].reshape(beside.shape[::-1]).T
        if geometry.axes[axis].name == "r":
            first, second = self.ticks[axis][1:3]
            if inner.shape[axis] == 1:
                return beside
            return beside - (np.take(inner, 1, axis=axis) - beside) * first**2 / (second**2 - first**2)
        sizes = geometry.axes[axis].spacing()
        across = np.take(inner, -1 - end, axis=axis)
        return (beside * sizes[-1 - end] + across * sizes[end]) / (sizes[0] + sizes[-1])

    def _between(self, lattice: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Linear along each axis."""
        below, share = [], []
        for ticks, x in zip(self.ticks, points):
            i = np.clip(np.searchsorted(ticks, x, side="right") - 1, 0, ticks.size - 2)
            part = (x - ticks[i]) / (ticks[i + 1] - ticks[i])
            below.append(i)
            share.append(np.where(np.abs(part - 0.5) <= 0.5 + _SLACK, part, np.nan))
        found = np.zeros(points.shape[1])
        for corner in itertools.product((0, 1), repeat=len(below)):
            weight = np.prod([part if up else 1.0 - part for up, part in zip(corner, share)], axis=0)
            found += weight * lattice[tuple(i + up for i, up in zip(below, corner))]
        return found

    @cached_property
    def _tree(self) -> cKDTree:
        from scipy.spatial import cKDTree

        return cKDTree(self.geometry.cell_positions[: self.geometry.dimension].T)

    @cached_property
    def _neighbours(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For the nodes in order: where their neighbours start, these and the ways to them, one behind the other."""
        every, faces = np.arange(self.geometry.nodes), self.geometry.faces
        left, right = every[faces.left], every[faces.right]
        own, other = np.concatenate([left, right]), np.concatenate([right, left])
        order = np.argsort(own, kind="stable")
        ways = np.concatenate([faces.apart, -faces.apart], axis=1)[:, order]
        return np.searchsorted(own[order], np.arange(self.geometry.nodes + 1)), other[order], ways

    def _gradient(self, values: np.ndarray, cell: int) -> np.ndarray:
        """Least-squares gradient in a cell of an unstructured mesh, from its neighbours and boundary faces, (3,)."""
        node = np.arange(self.geometry.nodes)[self.geometry.cells][cell]
        starts, others, ways = self._neighbours
        own = slice(starts[node], starts[node + 1])
        near, apart = others[own], ways[:, own].T
        weight = 1.0 / np.linalg.norm(apart, axis=1)
        slope, *_ = np.linalg.lstsq(apart * weight[:, None], (values[near] - values[node]) * weight, rcond=None)
        return slope


def _holds(corners: np.ndarray, point: np.ndarray) -> bool:
    """Whether a cell with corners (dimension, count) holds a point: exact for simplices, by its box for other cells."""
    dimension, count = corners.shape
    if count == dimension + 1:
        edges = corners[:, 1:] - corners[:, :1]
        part = np.linalg.solve(edges, point - corners[:, 0])
        return bool(part.min() >= -_SLACK and part.sum() <= 1.0 + _SLACK)
    low, high = corners.min(axis=1), corners.max(axis=1)
    slack = _SLACK * (high - low)
    return bool(np.all((point >= low - slack) & (point <= high + slack)))
