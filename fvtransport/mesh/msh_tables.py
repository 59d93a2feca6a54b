"""Elements of mesh files by the numbers that Gmsh gives them, and a mesh as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["CORNERS", "DIMENSION", "FACES", "HIGHER", "Block", "MshMesh", "by_kind"]

DIMENSION = {15: 0, 1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
"""Dimension of each element of first order."""

CORNERS = {15: 1, 1: 2, 2: 3, 3: 4, 4: 4, 5: 8, 6: 6, 7: 5}
"""Nodes of each element of first order."""

HIGHER = {
    8: "lines of 3 nodes", 9: "triangles of 6 nodes", 10: "quadrilaterals of 9 nodes", 11: "tetrahedra of 10 nodes",
    12: "hexahedra of 27 nodes", 13: "prisms of 18 nodes", 14: "pyramids of 14 nodes", 16: "quadrilaterals of 8 nodes",
    17: "hexahedra of 20 nodes", 18: "prisms of 15 nodes", 19: "pyramids of 13 nodes",
}  # fmt: skip
"""Elements of second order in words."""

FACES = {
    2: ((0, 1), (1, 2), (2, 0)),
    3: ((0, 1), (1, 2), (2, 3), (3, 0)),
    4: ((0, 2, 1), (0, 1, 3), (1, 2, 3), (0, 3, 2)),
    5: ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (2, 3, 7, 6), (0, 4, 7, 3), (1, 2, 6, 5)),
    6: ((0, 2, 1), (3, 4, 5), (0, 1, 4, 3), (1, 2, 5, 4), (0, 3, 5, 2)),
    7: ((0, 3, 2, 1), (0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4)),
}
"""Corners of the faces of each cell, in the order in which they are seen from outside counter-clockwise."""


@dataclass(frozen=True)
class Block:
    """Elements of one kind: the numbers of their physical groups (n,), 0 for none, of their shapes (n,), of their nodes
    (n, corners), and their places among all elements of the file (n,), which rise.
    """

    kind: int
    groups: np.ndarray
    shapes: np.ndarray
    nodes: np.ndarray
    order: np.ndarray


@dataclass(frozen=True)
class MshMesh:
    """Numbers (n,) and coordinates (n, 3) of the nodes, in rising order of the numbers; one block of elements of each
    kind; physical groups as (dimension, number, name).
    """

    numbers: np.ndarray
    coordinates: np.ndarray
    blocks: tuple[Block, ...]
    groups: tuple[tuple[int, int, str], ...]


def by_kind(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """One block of each kind that has elements, in the order in which kinds appear."""
    found: dict[int, list[Block]] = {}
    for block in blocks:
        if block.groups.size:
            found.setdefault(block.kind, []).append(block)
    return tuple(_joined(parts) for parts in found.values())


def _joined(parts: list[Block]) -> Block:
    """Blocks of one kind as one, in the order of the file."""
    if len(parts) == 1:
        return parts[0]
    order = np.concatenate([part.order for part in parts])
    rising = np.argsort(order, kind="stable")
    groups, shapes, nodes = (
        np.concatenate([getattr(part, name) for part in parts])[rising] for name in ("groups", "shapes", "nodes")
    )
    return Block(parts[0].kind, groups, shapes, nodes, order[rising])
