"""Cells of a mesh file that finite volumes cannot use, each named with its place."""

from __future__ import annotations

import numpy as np

from .msh_tables import DIMENSION, FACES, Block, MshMesh
from .spec import MOST_CELLS, MeshError

__all__ = ["refuse_bad_cells"]

_FLAT, _DEGENERATE, _WARPED, _TINY = 1e-9, 1e-12, 1e-4, 1e-300
_NEIGHBOURS = {
    2: ((0, 1, 2), (1, 2, 0), (2, 0, 1)),
    3: ((0, 1, 3), (1, 2, 0), (2, 3, 1), (3, 0, 2)),
    4: ((0, 1, 2, 3),),
    5: tuple((i, *others) for i, others in enumerate(
        ((1, 3, 4), (2, 0, 5), (3, 1, 6), (0, 2, 7), (7, 5, 0), (4, 6, 1), (5, 7, 2), (6, 4, 3)))),
    6: ((0, 1, 2, 3), (1, 2, 0, 4), (2, 0, 1, 5), (3, 5, 4, 0), (4, 3, 5, 1), (5, 4, 3, 2)),
    7: ((0, 1, 3, 4), (1, 2, 0, 4), (2, 3, 1, 4), (3, 0, 2, 4)),
}  # fmt: skip
"""Each corner of a cell with the ends of the edges that leave it, right-handed."""


def refuse_bad_cells(mesh: MshMesh, dimension: int, file: str) -> None:
    """MeshError names the first cell that is degenerate, folded, warped, out of the plane, or covers another."""
    cells = [block for block in mesh.blocks if DIMENSION[block.kind] == dimension]
    count = sum(block.groups.size for block in cells)
    if not count:
        raise MeshError(f"{file}: there are no cells of dimension {dimension}, as Gmsh{dimension}D needs")
    if count > MOST_CELLS:
        raise MeshError(f"{file}: {count:,} cells are more than {MOST_CELLS:,}, which is the most a mesh may have")
    places = [_places(mesh, block, file) for block in cells]
    if dimension == 2:
        _refuse_out_of_plane(mesh, places, file)
    signs = [_signs(block, at, file) for block, at in zip(cells, places)]
    if dimension == 3:
        for block, at in zip(cells, places):
            _refuse_warped(block, at, file)
    _refuse_covering(cells, places, signs, file)


def _places(mesh: MshMesh, block: Block, file: str) -> np.ndarray:
    """Corners of the cells of a block, (n, corners, 3)."""
    rows = np.searchsorted(mesh.numbers, block.nodes)
    rows = np.minimum(rows, mesh.numbers.size - 1)
    if not mesh.numbers.size or (mesh.numbers[rows] != block.nodes).any():
        raise MeshError(f"{file}: a cell has a node that is not in the file")
    found = mesh.coordinates[rows]
    if not np.isfinite(found).all():
        raise MeshError(f"{file}: a node has a coordinate that is not finite")
    return found


def _at(place: np.ndarray) -> str:
    """The middle of a cell in words."""
    return f"({', '.join(f'{value:g}' for value in place.mean(axis=0))})"


def _refuse_out_of_plane(mesh: MshMesh, places: list[np.ndarray], file: str) -> None:
    corners = np.concatenate([at.reshape(-1, 3) for at in places])
    apart = np.abs(corners[:, 2] - corners[0, 2])
    if apart.max() > _FLAT * np.ptp(corners[:, :2], axis=0).max():
        which = ", ".join(f"{value:g}" for value in corners[apart.argmax()])
        raise MeshError(f"{file}: the cells do not lie in one plane z = const, see ({which}); Gmsh2D needs one")


def _signs(block: Block, at: np.ndarray, file: str) -> np.ndarray:
    """+1 for cells whose nodes run counter-clockwise (right-handed in space), -1 for the others, (n,)."""
    size = np.linalg.norm(np.ptp(at, axis=1), axis=1)
    corners = []
    for corner, *ends in _NEIGHBOURS[block.kind]:
        edges = [at[:, end] - at[:, corner] for end in ends]
        normal = np.cross(edges[0], edges[1])
        corners.append(normal[:, 2] if len(ends) == 2 else (normal * edges[2]).sum(axis=1))
    found = np.array(corners)
    measure = np.abs(found).max(axis=0)
    bad = np.flatnonzero(measure <= _DEGENERATE * size ** (2 if len(_NEIGHBOURS[block.kind][0]) == 3 else 3))
    if bad.size:
        raise MeshError(f"{file}: {bad.size} cells are degenerate, without extent, the first at {_at(at[bad[0]])}")
    bad = np.flatnonzero((found.min(axis=0) < -1e-9 * measure) & (found.max(axis=0) > 1e-9 * measure))
    if bad.size:
        what = "inverted at a corner: folded, or not convex"
        raise MeshError(f"{file}: {bad.size} cells are {what}, the first at {_at(at[bad[0]])}")
    return np.sign(found.sum(axis=0))


def _refuse_warped(block: Block, at: np.ndarray, file: str) -> None:
    """Refuse cells with a face of four corners that do not lie in a plane."""
    for a, b, c, d in (face for face in FACES[block.kind] if len(face) == 4):
        one, other = at[:, c] - at[:, a], at[:, d] - at[:, b]
        normal = np.cross(one, other)
        off = np.abs((normal * (at[:, b] - at[:, a])).sum(axis=1)) / np.maximum(np.linalg.norm(normal, axis=1), _TINY)
        bad = np.flatnonzero(off > _WARPED * np.linalg.norm(one, axis=1))
        if bad.size:
            where = f"the first at {_at(at[bad[0]])}"
            raise MeshError(
                f"{file}: {bad.size} cells have a face that is not plane, {where}; tetrahedra have plane faces"
            )


def _refuse_covering(cells: list[Block], places: list[np.ndarray], signs: list[np.ndarray], file: str) -> None:
    """Refuse a face that two cells have on the same side, or more than two cells have: cells there cover each other."""
    faces, owners = [], []
    for number, (block, sign) in enumerate(zip(cells, signs)):
        for face in FACES[block.kind]:
            nodes = block.nodes[:, face]
            nodes = np.where((sign < 0)[:, None], nodes[:, ::-1], nodes)
            faces.append(_turned(nodes))
            owners.append(np.stack([np.full(len(nodes), number), np.arange(len(nodes))], axis=1))
    for width in (2, 3, 4):
        chosen = [n for n, face in enumerate(faces) if face.shape[1] == width]
        if not chosen:
            continue
        every, owner = (np.concatenate([part[n] for n in chosen]) for part in (faces, owners))
        _, first, counts = np.unique(every, axis=0, return_index=True, return_counts=True)
        if counts.max() > 1:
            block, row = owner[first[counts.argmax()]]
            what = "inverted, or there twice (in two physical groups): it covers its neighbour"
            raise MeshError(f"{file}: the cell at {_at(places[block][row])} is {what}")


def _turned(nodes: np.ndarray) -> np.ndarray:
    """The corners of faces in their order, beginning with the least, (n, corners)."""
    width = nodes.shape[1]
    if width == 2:
        return nodes
    turns = np.array([[(start + n) % width for n in range(width)] for start in range(width)])
    return np.take_along_axis(nodes, turns[nodes.argmin(axis=1)], axis=1)
