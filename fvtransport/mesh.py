"""From a FiPy mesh to plain arrays: nodes, faces between nodes, walls.

A node is a cell or an exterior face; every face joins the node on its left to the node on its right, and carries one
flux along that direction. On a line the nodes stand in order along x, walls included, so that slices replace gathers.
FiPy is imported here and nowhere else, for it reads `sys.argv` and the environment at import.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from .handles import Shared

__all__ = ["Faces", "Geometry", "Wall", "build_mesh", "compact", "geometry_of", "import_fipy"]

Index = slice | np.ndarray
INWARD = frozenset({"left", "bottom", "front"})


@dataclass(frozen=True)
class Wall:
    """The exterior faces of one name: their nodes, their faces, and which side of the face the wall node is on."""

    name: str
    nodes: Index
    faces: Index
    sign: float
    area: np.ndarray
    place: np.ndarray

    @cached_property
    def is_left(self) -> bool:
        """Whether the wall node is the left one; the outward flux is then minus the flux of the face."""
        return self.sign < 0


@dataclass(frozen=True)
class Faces:
    """Faces between nodes; arrays have the faces last. share is the left node's part of the distance."""

    left: Index
    right: Index
    area: np.ndarray
    inverse_distance: np.ndarray
    share: np.ndarray
    centres: np.ndarray
    normal: np.ndarray
    left_place: np.ndarray
    right_place: np.ndarray
    material_places: tuple[np.ndarray, np.ndarray]

    def join(self, handle: Shared, left: Any, right: Any) -> Any:
        """A property that hangs on position, from its values in the materials of both sides."""
        if handle.conductance:
            return 1.0 / (self.share / left + (1.0 - self.share) / right)
        return self.share * left + (1.0 - self.share) * right


@dataclass(frozen=True)
class Geometry:
    """The mesh as the engine sees it [m, m^2, m^3]; cells indexes the nodes that are cells, in the mesh's own order."""

    dimension: int
    nodes: int
    cells: Index
    place: np.ndarray
    volume: np.ndarray
    faces: Faces
    walls: Mapping[str, Wall]
    is_line: bool

    @cached_property
    def _incidence(self) -> sparse.csr_array:
        count = self.faces.area.size
        faces = np.arange(count)
        left, right = (np.arange(self.nodes)[side] for side in (self.faces.left, self.faces.right))
        rows, columns = np.concatenate([left, right]), np.concatenate([faces, faces])
        return sparse.csr_array((np.repeat([1.0, -1.0], count), (rows, columns)), shape=(self.nodes, count))

    def outflow(self, flow: np.ndarray, out: np.ndarray) -> None:
        """Set out (..., nodes) to what leaves each cell through its faces, given flow (..., faces); walls are not set."""
        if self.is_line:
            np.subtract(flow[..., 1:], flow[..., :-1], out=out[..., 1:-1])
        else:
            out[...] = (self._incidence @ flow.reshape(-1, flow.shape[-1]).T).T.reshape(out.shape)

    @property
    def cell_place(self) -> np.ndarray:
        """Cell centres, shape (3, cells)."""
        return self.place[:, self.cells]


def import_fipy() -> Any:
    """FiPy, shielded from our command line and from solver choices in the environment."""
    if "fipy" in sys.modules:
        return sys.modules["fipy"]
    arguments, sys.argv = sys.argv, sys.argv[:1]
    solvers = os.environ.pop("FIPY_SOLVERS", None)
    os.environ["FIPY_SOLVERS"] = "scipy"
    try:
        import fipy
    finally:
        sys.argv = arguments
        os.environ.pop("FIPY_SOLVERS")
        if solvers is not None:
            os.environ["FIPY_SOLVERS"] = solvers
    return fipy


def build_mesh(spec: Any) -> Any:
    """The FiPy mesh of a checked `mesh:` block (type, length, cells, grading)."""
    fipy = import_fipy()
    return fipy.Grid1D(dx=spec.spacing(), nx=spec.cells)


def geometry_of(mesh: Any, cross_section: float = 1.0) -> Geometry:
    """Plain arrays of a FiPy mesh whose areas and volumes are scaled by the cross-section."""
    cells = mesh.numberOfCells
    exterior = np.asarray(mesh.exteriorFaces.value).nonzero()[0]
    pairs = np.ma.getdata(mesh.faceCellIDs).copy()
    pairs[1, exterior] = cells + np.arange(exterior.size)
    centres, cell_place = _spatial(mesh.faceCenters), _spatial(mesh.cellCenters)
    place = np.concatenate([cell_place, centres[:, exterior]], axis=1)
    walls = _wall_masks(mesh)
    for name in INWARD.intersection(walls):
        pairs[:, walls[name]] = pairs[::-1, walls[name]]
    order = np.argsort(place[0], kind="stable") if mesh.dim == 1 else np.arange(place.shape[1])
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    along = np.argsort(centres[0], kind="stable") if mesh.dim == 1 else np.arange(centres.shape[1])
    area = np.asarray(mesh._faceAreas, float) * cross_section
    faces = _faces(place, pairs[:, along], area[along], centres[:, along], cells, rank)
    return Geometry(
        dimension=mesh.dim,
        nodes=place.shape[1],
        cells=compact(rank[:cells]),
        place=place[:, order],
        volume=np.asarray(mesh.cellVolumes, float) * cross_section,
        faces=faces,
        walls={name: _wall(name, ids, rank, cells, exterior, along, faces) for name, ids in walls.items()},
        is_line=mesh.dim == 1,
    )


def _faces(
    place: np.ndarray, pairs: np.ndarray, area: np.ndarray, centres: np.ndarray, cells: int, rank: np.ndarray
) -> Faces:
    left, right = place[:, pairs[0]], place[:, pairs[1]]
    to_left, to_right = (np.linalg.norm(centres - side, axis=0) for side in (left, right))
    inside = [np.where(side < cells, side, other) for side, other in (pairs, pairs[::-1])]
    return Faces(
        left=compact(rank[pairs[0]]),
        right=compact(rank[pairs[1]]),
        area=area,
        inverse_distance=1.0 / (to_left + to_right),
        share=to_left / (to_left + to_right),
        centres=centres,
        normal=(right - left) / np.linalg.norm(right - left, axis=0),
        left_place=left,
        right_place=right,
        material_places=(place[:, inside[0]], place[:, inside[1]]),
    )


def _wall(
    name: str, ids: np.ndarray, rank: np.ndarray, cells: int, exterior: np.ndarray, along: np.ndarray, faces: Faces
) -> Wall:
    position = np.empty_like(along)
    position[along] = np.arange(along.size)
    nodes, mine = compact(rank[cells + np.searchsorted(exterior, ids)]), compact(position[ids])
    return Wall(name, nodes, mine, -1.0 if name in INWARD else 1.0, faces.area[mine], faces.centres[:, mine])


def _wall_masks(mesh: Any) -> dict[str, np.ndarray]:
    """Face numbers of each named boundary; an exterior face of no area (an axis) belongs to none."""
    names = ("left", "right", "bottom", "top")[: 2 * mesh.dim]
    return {name: np.asarray(getattr(mesh, f"faces{name.title()}").value).nonzero()[0] for name in names}


def _spatial(vectors: Any) -> np.ndarray:
    """Coordinates of shape (3, n), with zeros for the dimensions that the mesh lacks."""
    values = np.asarray(getattr(vectors, "value", vectors), float)
    return np.concatenate([values, np.zeros((3 - values.shape[0], values.shape[1]))])


def compact(ids: np.ndarray) -> Index:
    """The same index as a slice, where it is an unbroken ascending run."""
    if ids.size and np.array_equal(ids, np.arange(ids[0], ids[0] + ids.size)):
        return slice(int(ids[0]), int(ids[0]) + ids.size)
    return ids
