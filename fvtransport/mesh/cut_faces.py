"""Faces between two materials, cut into two half-faces that meet at nodes of their own.

Each half-face lies in one material and ends at the face as a boundary face does, so that every law is evaluated with
the coefficients of that material alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .faces import Faces, compact
from .geometry import Geometry, InterfaceFaces

__all__ = ["Cut", "cut_faces"]


@dataclass(frozen=True)
class Cut:
    """Faces to be cut, by their numbers: regions on the left and right side of the interface, which of the faces have
    its left side on their right, and whether the two sides have a state each or share one.
    """

    regions: tuple[str, str]
    faces: np.ndarray
    is_turned: np.ndarray
    is_two_sided: bool = False


def cut_faces(geometry: Geometry, cuts: Sequence[Cut]) -> Geometry:
    """The same mesh with nodes of their own on the faces of the cuts; a face belongs to one cut at most."""
    cuts = [cut for cut in cuts if cut.faces.size]
    return _Cutting(geometry, cuts).geometry() if cuts else geometry


class _Cutting:
    """Old and new numbers of nodes and faces. On a line both stay in order along x; elsewhere new ones come last."""

    def __init__(self, geometry: Geometry, cuts: Sequence[Cut]) -> None:
        self._old, self._cuts = geometry, cuts
        every = np.arange(geometry.nodes)
        self._left, self._right = every[geometry.faces.left], every[geometry.faces.right]
        self._cut = np.concatenate([cut.faces for cut in cuts])
        two_sided = np.concatenate([np.full(cut.faces.size, cut.is_two_sided) for cut in cuts])
        self._number_nodes(two_sided)
        self._number_faces()

    def _number_nodes(self, two_sided: np.ndarray) -> None:
        count, first = self._old.nodes, np.flatnonzero(np.ones(self._cut.size))
        second = np.flatnonzero(two_sided)
        beside = self._left[self._cut]
        before = np.concatenate([np.arange(count), beside[first], beside[second]])
        turn = np.repeat([0, 1, 2], [count, first.size, second.size])
        key = (turn, before) if self._old.is_line else (turn,)
        self._node_order = np.lexsort(key)
        rank = np.empty_like(self._node_order)
        rank[self._node_order] = np.arange(rank.size)
        self._rank, new = rank[:count], rank[count : count + first.size]
        self._on_left, self._on_right = new, new.copy()
        self._on_right[second] = rank[count + first.size :]
        self._of_cut = np.concatenate([np.arange(count), count + first, count + second])[self._node_order]

    def _number_faces(self) -> None:
        count = self._left.size
        source = np.concatenate([np.arange(count), self._cut])
        half = np.zeros(source.size, int)
        half[self._cut], half[count:] = 1, 2
        order = np.lexsort((half, source)) if self._old.is_line else np.arange(source.size)
        self._source, self._half = source[order], half[order]
        rank = np.empty_like(order)
        rank[order] = np.arange(order.size)
        self._face_rank, self._second = rank[:count], rank[count:]
        self._first = self._face_rank[self._cut]

    def geometry(self) -> Geometry:
        old, cells = self._old, np.arange(self._old.nodes)[self._old.cells]
        return replace(
            old,
            nodes=self._node_order.size,
            cells=compact(self._rank[cells]),
            position=self._positions(),
            faces=self._faces(),
            boundaries={
                name: replace(
                    each,
                    nodes=compact(self._rank[np.arange(old.nodes)[each.nodes]]),
                    faces=compact(self._face_rank[np.arange(self._left.size)[each.faces]]),
                )
                for name, each in old.boundaries.items()
            },
            interfaces=self._interfaces(),
        )

    def _positions(self) -> np.ndarray:
        """Places of the nodes; the region of a new one is that of its side, of a shared one that of its left side."""
        sides = [side[:, self._cut] for side in self._old.faces.beside_centres()]
        for side in sides:
            side[:3] = self._old.faces.centres[:3, self._cut]
        return np.concatenate([self._old.position, *sides], axis=1)[:, self._of_cut]

    def _faces(self) -> Faces:
        old, source, half = self._old.faces, self._source, self._half
        left, right = self._rank[self._left][source], self._rank[self._right][source]
        right[self._first], left[self._second] = self._on_left, self._on_right
        distance, weight = 1.0 / old.inverse_distance[source], old.left_weight[source]
        part = np.choose(half, [np.ones(half.size), weight, 1.0 - weight])
        # Just inside the material, so that a coefficient that jumps at the face has the value of its own side.
        beside = old.beside_centres()
        centres = np.where(
            half == 0, old.centres[:, source], np.where(half == 1, beside[0][:, source], beside[1][:, source])
        )
        ends = [
            np.where(half == side, centres, position[:, source])
            for side, position in ((2, old.left_position), (1, old.right_position))
        ]
        return Faces(
            left=compact(left),
            right=compact(right),
            area=old.area[source],
            inverse_distance=1.0 / (distance * part),
            left_weight=np.choose(half, [weight, np.ones(half.size), np.zeros(half.size)]),
            centres=centres,
            normal=old.normal[:, source],
            left_position=ends[0],
            right_position=ends[1],
        )

    def _interfaces(self) -> tuple[InterfaceFaces, ...]:
        found, start = [], 0
        for cut in self._cuts:
            own = slice(start, start + cut.faces.size)
            start = own.stop
            sides = [(self._on_left[own], self._first[own]), (self._on_right[own], self._second[own])]
            (left, left_faces), (right, right_faces) = (
                [np.where(cut.is_turned, there, here) for here, there in zip(*pair)] for pair in (sides, sides[::-1])
            )
            sign = np.where(cut.is_turned, -1.0, 1.0)
            area = self._old.faces.area[cut.faces]
            found.append(InterfaceFaces(cut.regions, left, right, left_faces, right_faces, sign, area))
        return tuple(found)
