"""Plane sections of two- and three-dimensional meshes as patches that can be filled with colours."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ...mesh.geometry import Geometry
from ...mesh.interpolate import Interpolation
from .labels import extent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Plane", "cell_vectors", "planes_of"]


class Plane:
    """The middle plane of a mesh normal to an axis; normal is that axis, or None for a two-dimensional mesh."""

    def __init__(self, interpolation: Interpolation, normal: int | None) -> None:
        self.interpolation, self.geometry, self.normal = interpolation, interpolation.geometry, normal
        self.across, self.up = [axis for axis in range(self.geometry.dimension) if axis != normal]
        self.middle = 0.0 if normal is None else 0.5 * sum(extent(self.geometry, normal))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height [m]."""
        (left, right), (low, high) = (extent(self.geometry, axis) for axis in (self.across, self.up))
        return right - left, high - low

    def points(self, across: np.ndarray, up: np.ndarray) -> np.ndarray:
        """Coordinates (3, n) [m] of points given in the plane."""
        positions = np.zeros((3, across.size))
        positions[self.across], positions[self.up] = across.ravel(), up.ravel()
        if self.normal is not None:
            positions[self.normal] = self.middle
        return positions

    def of_nodes(self, values: np.ndarray) -> np.ndarray:
        """The values of a field on the patches, from its values at the nodes."""
        raise NotImplementedError

    def of_cells(self, values: np.ndarray) -> np.ndarray:
        """The values on the patches, from one value per cell."""
        raise NotImplementedError

    def fill(self, axes: Axes, patches: np.ndarray, vmin: float, vmax: float, **style: Any) -> Any:
        """Fill the patches with colours; returns the image for the colour bar."""
        raise NotImplementedError

    def isolines(self, axes: Axes, values: np.ndarray) -> None:
        """Contour lines of a field, from its values at the nodes."""

    def borders(self) -> list[np.ndarray]:
        """Segments (2, 2) between patches of different regions and, of an unstructured mesh, along its boundary."""
        raise NotImplementedError


class GridPlane(Plane):
    """Rectangles of a structured mesh."""

    @cached_property
    def _edges(self) -> tuple[np.ndarray, np.ndarray]:
        axes = (self.geometry.axes[self.across], self.geometry.axes[self.up])
        return tuple(axis.start + np.concatenate([[0.0], np.cumsum(axis.spacing())]) for axis in axes)

    @cached_property
    def _centres(self) -> np.ndarray:
        return self.points(*np.meshgrid(*(0.5 * (edges[1:] + edges[:-1]) for edges in self._edges)))

    @cached_property
    def _shape(self) -> tuple[int, int]:
        return self._edges[1].size - 1, self._edges[0].size - 1

    def of_nodes(self, values: np.ndarray) -> np.ndarray:
        return self.interpolation(values, self._centres).reshape(self._shape)

    def of_cells(self, values: np.ndarray) -> np.ndarray:
        return values[self.interpolation.cells_at(self._centres)].reshape(self._shape)

    def fill(self, axes: Axes, patches: np.ndarray, vmin: float, vmax: float, **style: Any) -> Any:
        return axes.pcolormesh(*self._edges, patches, vmin=vmin, vmax=vmax, rasterized=True, **style)

    def isolines(self, axes: Axes, values: np.ndarray) -> None:
        ticks = [self.interpolation.ticks[axis] for axis in (self.across, self.up)]
        across, up = np.meshgrid(*ticks)
        levels = self.interpolation(values, self.points(across, up)).reshape(across.shape)
        if np.ptp(levels) > 1e-9 * np.abs(levels).max():
            axes.contour(*ticks, levels, levels=9, colors="white", linewidths=0.5, alpha=0.7)

    def borders(self) -> list[np.ndarray]:
        region = self.of_cells(self.geometry.cell_positions[3])
        x, y = self._edges
        rows, columns = np.nonzero(np.diff(region, axis=1))
        upright = [np.array([[x[j + 1], y[i]], [x[j + 1], y[i + 1]]]) for i, j in zip(rows, columns)]
        rows, columns = np.nonzero(np.diff(region, axis=0))
        return upright + [np.array([[x[j], y[i + 1]], [x[j + 1], y[i + 1]]]) for i, j in zip(rows, columns)]


class PolygonPlane(Plane):
    """Polygons of an unstructured mesh: its cells or, in three dimensions, their sections."""

    @cached_property
    def _polygons(self) -> tuple[np.ndarray, list[np.ndarray]]:
        """Numbers of the cells that have a patch, and the corners (n, 2) of each patch in order."""
        corners = np.moveaxis(self.geometry.corners, -1, 0)
        cells, polygons = [], []
        for cell, points in enumerate(corners):
            patch = points if self.normal is None else _section(points, self.normal, self.middle)
            if patch.shape[1] >= 3:
                cells.append(cell)
                polygons.append(_in_order(patch[[self.across, self.up]]))
        return np.array(cells, int), polygons

    def of_nodes(self, values: np.ndarray) -> np.ndarray:
        return values[self.geometry.cells][self._polygons[0]]

    def of_cells(self, values: np.ndarray) -> np.ndarray:
        return values[self._polygons[0]]

    def fill(self, axes: Axes, patches: np.ndarray, vmin: float, vmax: float, **style: Any) -> Any:
        from matplotlib.collections import PolyCollection

        image = PolyCollection(
            self._polygons[1], array=patches, edgecolors="face", linewidths=0.3, rasterized=True, **style
        )
        image.set_clim(vmin, vmax)
        axes.add_collection(image)
        return image

    def borders(self) -> list[np.ndarray]:
        tolerance = 1e-6 * max(self.size)
        beside: dict[tuple, list[tuple[float, np.ndarray]]] = {}
        for region, polygon in zip(self.of_cells(self.geometry.cell_positions[3]), self._polygons[1]):
            for start, end in zip(polygon, np.roll(polygon, -1, axis=0)):
                ends = sorted(tuple(np.rint(point / tolerance).astype(int)) for point in (start, end))
                beside.setdefault(tuple(ends), []).append((region, np.stack([start, end])))
        return [edges[0][1] for edges in beside.values() if len({region for region, _ in edges}) > 1 or len(edges) == 1]


def planes_of(interpolation: Interpolation) -> list[Plane]:
    """The mesh itself in two dimensions; in three, its middle planes normal to z, y and x."""
    kind = GridPlane if interpolation.geometry.axes else PolygonPlane
    normals = [None] if interpolation.geometry.dimension == 2 else [2, 1, 0]
    return [kind(interpolation, normal) for normal in normals]


def cell_vectors(geometry: Geometry, flux: np.ndarray) -> np.ndarray:
    """Flux vectors (dimension, cells): least-squares fit to the normal fluxes (faces,) on the faces of each cell."""
    every, faces, dimension = np.arange(geometry.nodes), geometry.faces, geometry.dimension
    number = np.full(geometry.nodes, -1)
    number[geometry.cells] = np.arange(geometry.volume.size)
    normal = faces.normal[:dimension]
    matrix, right = np.zeros((geometry.volume.size, dimension, dimension)), np.zeros((geometry.volume.size, dimension))
    for side in (faces.left, faces.right):
        cell = number[every[side]]
        inside = cell >= 0
        np.add.at(matrix, cell[inside], np.einsum("if,jf->fij", normal, normal)[inside])
        np.add.at(right, cell[inside], (normal * flux).T[inside])
    return np.einsum("nij,nj->in", np.linalg.pinv(matrix, hermitian=True), right)


def _section(corners: np.ndarray, normal: int, at: float) -> np.ndarray:
    """Intersections (3, crossings) of a plane with the lines between the corners (3, n) of a convex cell."""
    height = corners[normal] - at
    below, above = np.flatnonzero(height < 0.0), np.flatnonzero(height >= 0.0)
    first, second = (ids.ravel() for ids in np.meshgrid(below, above))
    part = height[first] / (height[first] - height[second])
    return corners[:, first] + part * (corners[:, second] - corners[:, first])


def _in_order(points: np.ndarray) -> np.ndarray:
    """The outline (m, 2) of a convex polygon, from points (2, n) that may repeat or lie inside."""
    if points.shape[1] > 4:
        from scipy.spatial import ConvexHull, QhullError

        try:
            return points.T[ConvexHull(points.T).vertices]
        except QhullError:  # a section reduced to a line or a point
            return points.T
    apart = points - points.mean(axis=1, keepdims=True)
    return points.T[np.argsort(np.arctan2(apart[1], apart[0]))]
