"""Faces between nodes, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

__all__ = ["Faces", "Index", "compact"]

Index = slice | np.ndarray

_NEAR, _SEAM = 1e-9, 1e-3


@dataclass(frozen=True)
class Faces:
    """Faces between nodes; arrays have the faces last. left_weight is the left node's part of the
    distance between the nodes.

    A position is x, y, z [m] and the number of the region.
    """

    left: Index
    right: Index
    area: np.ndarray
    inverse_distance: np.ndarray
    left_weight: np.ndarray
    centres: np.ndarray
    normal: np.ndarray
    left_position: np.ndarray
    right_position: np.ndarray

    @cached_property
    def volume(self) -> np.ndarray:
        """Area times the distance between the nodes; over all faces, one share of the volume per dimension."""
        return self.area / self.inverse_distance

    def left_right(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The states on the left and on the right of every face, from those of all nodes (..., nodes)."""
        values = np.ascontiguousarray(values)
        if isinstance(self.left, slice) and isinstance(self.right, slice):
            return values[..., self.left], values[..., self.right]
        left, right = self._nodes
        return np.take(values, left, axis=-1), np.take(values, right, axis=-1)

    def average(self, values: np.ndarray) -> np.ndarray:
        """The mean of the states on both sides of every face, from those of all nodes (..., nodes)."""
        return 0.5 * (values[..., self.left] + values[..., self.right])

    @cached_property
    def _nodes(self) -> list[np.ndarray]:
        return [np.arange(side.stop)[side] if isinstance(side, slice) else side for side in (self.left, self.right)]

    @cached_property
    def apart(self) -> np.ndarray:
        """From the left to the right node of every face, across a periodic seam too, (3, faces)."""
        straight = self.right_position[:3] - self.left_position[:3]
        return np.where(self._is_seam, self.normal / self.inverse_distance, straight)

    @cached_property
    def _is_seam(self) -> np.ndarray:
        straight = self.right_position[:3] - self.left_position[:3]
        distance = np.einsum("if,if->f", straight, self.normal)
        return np.abs(distance * self.inverse_distance - 1.0) > _SEAM

    def beside_centres(self) -> tuple[np.ndarray, np.ndarray]:
        """Places just beside the centre of every face, in the material of its left and of its right node, (4, faces).

        Across a periodic seam each lies at the end of the domain on its own side.
        """
        ways = (self.left_weight, self.left_weight - 1.0)
        sides = []
        for position, way in zip((self.left_position, self.right_position), ways):
            to_face = np.where(
                self._is_seam, self.normal * way / self.inverse_distance, self.centres[:3] - position[:3]
            )
            side = position.copy()
            side[:3] += (1.0 - _NEAR) * to_face
            sides.append(side)
        return sides[0], sides[1]

    @classmethod
    def along(cls, position: np.ndarray) -> Faces:
        """Faces of unit area between neighbours of a row of places (4, n)."""
        left, right = position[:, :-1], position[:, 1:]
        apart = right[:3] - left[:3]
        distance = np.linalg.norm(apart, axis=0)
        count = distance.size
        centres = 0.5 * (left + right)
        centres[3] = left[3]
        return cls(
            left=slice(0, count),
            right=slice(1, count + 1),
            area=np.ones(count),
            inverse_distance=1.0 / distance,
            left_weight=np.full(count, 0.5),
            centres=centres,
            normal=apart / distance,
            left_position=left,
            right_position=right,
        )


def compact(ids: np.ndarray) -> Index:
    """The same index as a slice, where it is an unbroken ascending run."""
    if ids.size and np.array_equal(ids, np.arange(ids[0], ids[0] + ids.size)):
        return slice(int(ids[0]), int(ids[0]) + ids.size)
    return ids
