"""Derivatives of the equations of a surface, and those of equations that depend on nothing there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

__all__ = ["SurfaceDerivatives", "determined", "split_sides"]


class SurfaceDerivatives(NamedTuple):
    """Of the equations of a surface, (equations, unknowns, faces): by its own nodes, by the cells beside, and by the
    slopes on its faces.

    The unknowns are the fields of the first node, then of the second; the equations have the same order. Slopes are
    those of the first faces, then of the second; none where the mesh is orthogonal.
    """

    own: np.ndarray
    beside: np.ndarray
    slopes: np.ndarray


def split_sides(by_faces: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Derivatives by the left nodes, by the right nodes and by the slopes of faces."""
    return by_faces[:, :count], by_faces[:, count : 2 * count], by_faces[:, 2 * count :]


def determined(
    own: np.ndarray, beside: np.ndarray, slopes: np.ndarray, is_loose: np.ndarray, stored: Sequence[int]
) -> SurfaceDerivatives:
    """The same, but for equations that depend on nothing at the surface, which are noted in is_loose (equations,
    faces): where they are satisfied, the state is that of the cells beside. What is stored fixes the state of its row.
    """
    np.logical_not(np.logical_or.reduce(own, axis=1), out=is_loose)
    if stored:
        is_loose[list(stored)] = False
    if not np.count_nonzero(is_loose):
        return SurfaceDerivatives(own, beside, slopes)
    own, beside, slopes = own.copy(), beside.copy(), slopes.copy()
    rows, faces = np.nonzero(is_loose)
    own[rows, rows, faces] = 1.0
    beside[rows, :, faces] = 0.0
    slopes[rows, :, faces] = 0.0
    if own.shape == beside.shape:
        beside[rows, rows, faces] = -1.0
    else:
        for side in (0, len(own)):
            beside[rows, side + rows, faces] = -0.5
    return SurfaceDerivatives(own, beside, slopes)
