"""Cells of a mesh file with the faces between them, numbered as FiPy numbers those of its own Gmsh meshes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .msh_tables import DIMENSION, MshMesh, by_kind

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
    cells = by_kind([block for block in mesh.blocks if DIMENSION[block.kind] == dimension])
    count = sum(places.size for places, _ in cells)
    used = np.unique(np.concatenate([block.nodes.ravel() for _, block in cells]))
    sides = max(len(_FACES[block.kind]) for _, block in cells)
    width = max(len(face) for _, block in cells for face in _FACES[block.kind])
    corners = np.full((count, sides, width), -1)
    groups = np.zeros(count, np.int64)
    for places, block in cells:
        nodes = np.searchsorted(used, block.nodes)
        groups[places] = block.groups
        for side, face in enumerate(_FACES[block.kind]):
            corners[places, side, : len(face)] = nodes[:, face][:, ::-1]
    is_side = corners[:, :, 0] >= 0
    faces, number = _numbered(corners[is_side])
    sides_of = np.full((count, sides), -1)
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
    width = faces.shape[1]
    found = np.zeros(len(faces), np.int64)
    elements = by_kind([block for block in mesh.blocks if DIMENSION[block.kind] == dimension - 1])
    if not elements:
        return found
    keys, groups, order = [np.sort(faces, axis=1)], [], []
    for places, block in elements:
        rows = np.minimum(np.searchsorted(used, block.nodes), used.size - 1)
        fits = (used[rows] == block.nodes).all(axis=1)
        key = np.full((int(fits.sum()), width), -1)
        if block.nodes.shape[1] > width:
            continue
        key[:, width - block.nodes.shape[1] :] = np.sort(rows[fits], axis=1)
        keys.append(key)
        groups.append(block.groups[fits])
        order.append(places[fits])
    _, number = np.unique(np.concatenate(keys), axis=0, return_inverse=True)
    number = number.ravel()
    of_key = np.zeros(number.max() + 1, np.int64)
    late = np.argsort(np.concatenate(order)) if order else np.zeros(0, int)
    if late.size:
        of_key[number[len(faces) :][late]] = np.concatenate(groups)[late]
    return of_key[number[: len(faces)]]


def _masks(groups: np.ndarray, named: list[tuple[int, str]]) -> dict[str, np.ndarray]:
    """What is in the groups of each name."""
    found: dict[str, np.ndarray] = {}
    for number, name in named:
        found[name] = found.get(name, np.zeros(groups.size, bool)) | (groups == number)
    return found
