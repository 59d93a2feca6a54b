"""Cells of a mesh file with the faces between them, numbered as FiPy numbers those of its own Gmsh meshes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .msh_tables import DIMENSION, Block, MshMesh

__all__ = ["Topology", "topology_of"]

_FACES = {
    2: ((0, 1), (1, 2), (2, 0)),
    3: ((0, 1), (1, 2), (2, 3), (3, 0)),
    4: ((0, 1, 2), (1, 2, 3), (2, 3, 0), (3, 0, 1)),
    5: ((0, 1, 2, 3), (4, 5, 6, 7), (0, 1, 5, 4), (3, 2, 6, 7), (0, 3, 7, 4), (1, 2, 6, 5)),
    6: ((0, 1, 2), (5, 4, 3), (3, 4, 1, 0), (4, 5, 2, 1), (5, 3, 0, 2)),
    7: ((0, 1, 2, 3), (0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4)),
}
"""Corners of the faces of each kind of cell, in the order in which FiPy numbers them."""


@dataclass(frozen=True)
class Topology:
    """Coordinates of the vertices (dimension, v); of each face its vertices (corners, f) and of each cell its faces
    (sides, c), both filled up with -1; the cells and faces of each named group as masks.
    """

    vertices: np.ndarray
    faces: np.ndarray
    cells: np.ndarray
    named_cells: dict[str, np.ndarray]
    named_faces: dict[str, np.ndarray]


def topology_of(mesh: MshMesh, dimension: int) -> Topology:
    """Cells in the order of the file, faces in the order in which cells have them first."""
    cells = [block for block in mesh.blocks if DIMENSION[block.kind] == dimension]
    used = np.unique(np.concatenate([block.nodes.ravel() for block in cells]))
    order = np.sort(np.concatenate([block.order for block in cells]))
    groups = np.zeros(order.size, np.int64)
    sides = max(len(_FACES[block.kind]) for block in cells)
    corners = np.full((order.size, sides, max(len(face) for block in cells for face in _FACES[block.kind])), -1)
    for block in cells:
        places, nodes = np.searchsorted(order, block.order), np.searchsorted(used, block.nodes)
        groups[places] = block.groups
        for side, face in enumerate(_FACES[block.kind]):
            corners[places, side, : len(face)] = nodes[:, face][:, ::-1]
    is_side = corners[:, :, 0] >= 0
    faces, number = _numbered(corners[is_side])
    sides_of = np.full((order.size, sides), -1)
    sides_of[is_side] = number
    named = {
        kind: [(each, name) for at, each, name in mesh.groups if at == kind] for kind in (dimension, dimension - 1)
    }
    return Topology(
        mesh.coordinates[np.searchsorted(mesh.numbers, used)][:, :dimension].T,
        faces.T,
        sides_of.T,
        _masks(groups, named[dimension]),
        _masks(_face_groups(mesh, dimension, used, faces), named[dimension - 1]),
    )


def _numbered(corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Faces without repeats in the order of their first place, each as it is there, and the number of each row."""
    _, first, number = np.unique(np.sort(corners, axis=1), axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return corners[first[order]], rank[number.ravel()]


def _face_groups(mesh: MshMesh, dimension: int, used: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """The physical group of each face, 0 without one; of several the last in the file."""
    elements = [block for block in mesh.blocks if DIMENSION[block.kind] == dimension - 1]
    parts = [_keys(block, used, faces.shape[1]) for block in elements if block.nodes.shape[1] <= faces.shape[1]]
    if not parts:
        return np.zeros(len(faces), np.int64)
    keys, groups, order = (np.concatenate(each) for each in zip(*parts))
    _, number = np.unique(np.concatenate([np.sort(faces, axis=1), keys]), axis=0, return_inverse=True)
    number, late = number.ravel(), np.argsort(order)
    group_of = np.zeros(number.max() + 1, np.int64)
    group_of[number[len(faces) :][late]] = groups[late]
    return group_of[number[: len(faces)]]


def _keys(block: Block, used: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The vertices of elements that cells have, sorted and filled up with -1 in front; their groups and places."""
    rows = np.minimum(np.searchsorted(used, block.nodes), used.size - 1)
    fits = (used[rows] == block.nodes).all(axis=1)
    keys = np.full((int(fits.sum()), width), -1)
    keys[:, width - block.nodes.shape[1] :] = np.sort(rows[fits], axis=1)
    return keys, block.groups[fits], block.order[fits]


def _masks(groups: np.ndarray, named: list[tuple[int, str]]) -> dict[str, np.ndarray]:
    """What is in the groups of each name."""
    found: dict[str, np.ndarray] = {}
    for number, name in named:
        found[name] = found.get(name, np.zeros(groups.size, bool)) | (groups == number)
    return found
