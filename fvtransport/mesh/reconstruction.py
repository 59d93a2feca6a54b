"""Gradients along faces and values at their centres, reconstructed from gradients in the cells.

With d from the left to the right node, n the unit normal and g the gradient interpolated to the face, the normal
gradient is by the over-relaxed split

    (u_R - u_L)/(n . d) + t . g ,   t = n - d/(n . d) ,

and the value at the centre of the face that of the middle between the nodes plus (x_face - x_middle) . g. Both are
exact for linear fields. H. Jasak, Error analysis and estimation for the finite volume method, thesis, Imperial College
(1996), section 3.3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

from .geometry import Geometry
from .gradients import cell_gradients

__all__ = ["FaceSlopes", "Reconstruction", "reconstruction_of"]

_STRAIGHT = 1e-10


class FaceSlopes(NamedTuple):
    """What is added to the two-point state of faces, (balances, ..., faces): correction of the normal gradient [1/m],
    shift of the value; tangential is the gradient along the face, (3, balances, ..., faces). None is zero. direction
    (3, faces) is the vector between the nodes over its part along the normal; None where it is the normal.
    """

    correction: np.ndarray | None = None
    shift: np.ndarray | None = None
    tangential: np.ndarray | None = None
    direction: np.ndarray | None = None


@dataclass(frozen=True)
class Reconstruction:
    """Linear maps of the values at the nodes to a few slopes on every face, and what slopes mean for its state.

    matrix is (count x faces, nodes). correction and shift (count, faces) are the factors of the slopes in the normal
    gradient and in the value at the centre, tangential (3, count, faces) those in the gradient along the face; None is
    zero. units (count, faces) are slopes where a field differs by 1 between the nodes.
    """

    count: int
    matrix: sparse.csr_array
    units: np.ndarray
    correction: np.ndarray | None
    shift: np.ndarray | None
    tangential: np.ndarray | None
    direction: np.ndarray | None

    def slopes(self, values: np.ndarray) -> np.ndarray:
        """Slopes (count, balances, ..., faces) of states (balances, ..., nodes)."""
        flat = values.reshape(-1, values.shape[-1])
        found = (self.matrix @ flat.T).reshape(self.count, -1, len(flat))
        return np.moveaxis(found, 1, -1).reshape(self.count, *values.shape[:-1], -1)

    def on_faces(self, slopes: np.ndarray) -> FaceSlopes:
        """What slopes (count, balances, ..., faces) add to the states of faces."""
        parts = (self.correction, self.shift)
        correction, shift = (None if part is None else np.einsum("kf,k...f->...f", part, slopes) for part in parts)
        along = None if self.tangential is None else np.einsum("akf,k...f->a...f", self.tangential, slopes)
        return FaceSlopes(correction, shift, along, self.direction)


def reconstruction_of(geometry: Geometry, vectors: bool = False) -> Reconstruction | None:
    """The reconstruction of a mesh; None where two nodes suffice: on an orthogonal mesh without gradient vectors.

    vectors asks for the gradient along the faces, which tensor laws need on every mesh of more than one dimension.
    """
    tangent, shift = _tangent(geometry), _shift(geometry)
    if vectors and geometry.dimension > 1:
        return _by_axes(geometry, tangent, shift)
    groups = [part for part in (tangent, shift) if part is not None]
    if not groups:
        return None
    gradients = cell_gradients(geometry)
    matrix = sparse.vstack([_along(geometry, gradients, each) for each in groups], format="csr")
    ones = np.ones(geometry.faces.area.size)
    of_group = [np.array([each is part for each in groups], float)[:, None] * ones for part in (tangent, shift)]
    units = of_group[0] * geometry.faces.inverse_distance + of_group[1]
    return Reconstruction(
        count=len(groups),
        matrix=sparse.csr_array(matrix),
        units=units,
        correction=None if tangent is None else of_group[0],
        shift=None if shift is None else of_group[1],
        tangential=None,
        direction=_direction(geometry, tangent),
    )


def _by_axes(geometry: Geometry, tangent: np.ndarray | None, shift: np.ndarray | None) -> Reconstruction:
    """Slopes along every axis, from which the gradient along the faces follows."""
    count = geometry.dimension
    axes = np.repeat(np.eye(3)[:count, :, None], geometry.faces.area.size, axis=2)
    gradients = cell_gradients(geometry)
    matrix = sparse.vstack([_along(geometry, gradients, axis) for axis in axes], format="csr")
    normal = geometry.faces.normal
    along = np.swapaxes(axes, 0, 1) - np.einsum("af,kf->akf", normal, normal[:count])
    return Reconstruction(
        count=count,
        matrix=sparse.csr_array(matrix),
        units=np.repeat(geometry.faces.inverse_distance[None], count, axis=0),
        correction=None if tangent is None else tangent[:count],
        shift=None if shift is None else shift[:count],
        tangential=along,
        direction=_direction(geometry, tangent),
    )


def _direction(geometry: Geometry, tangent: np.ndarray | None) -> np.ndarray | None:
    return None if tangent is None else geometry.faces.normal - tangent


def _along(geometry: Geometry, gradients: Sequence[sparse.csr_array], direction: np.ndarray) -> sparse.csr_array:
    """Map (faces, nodes) to the component along a direction (3, faces) of the gradient interpolated to the faces.

    Between cells it is linear in the distance from the face; beside a boundary or interface it is that of the cell.
    """
    every, faces = np.arange(geometry.nodes), geometry.faces
    left, right = every[faces.left], every[faces.right]
    weight = np.where(geometry.is_cell[right], 1.0 - faces.left_weight, 1.0)
    weight = np.where(geometry.is_cell[left], weight, 0.0)
    count = faces.area.size
    rows, columns = np.tile(np.arange(count), 2), np.concatenate([left, right])
    shares = np.concatenate([weight, 1.0 - weight])
    total = sparse.csr_array((count, geometry.nodes))
    for component, gradient in zip(direction, gradients):
        taken = np.where(np.abs(component) > _STRAIGHT * np.abs(component).max(initial=0.0), component, 0.0)
        mean = sparse.csr_array((shares * np.tile(taken, 2), (rows, columns)), shape=(count, geometry.nodes))
        mean.eliminate_zeros()
        total = total + mean @ gradient
    return total


def _tangent(geometry: Geometry) -> np.ndarray | None:
    """t = n - d/(n . d) on all faces, (3, faces); None where the mesh is orthogonal."""
    faces = geometry.faces
    if geometry.axes:
        return None
    tangent = faces.normal - faces.apart / np.einsum("if,if->f", faces.normal, faces.apart)
    return tangent if np.abs(tangent).max(initial=0.0) > _STRAIGHT else None


def _shift(geometry: Geometry) -> np.ndarray | None:
    """From the middle between two cells to the centre of their face, (3, faces) [m]; 0 on boundaries.

    None where all centres lie on the lines between their nodes: a graded axis alone does not count.
    """
    faces, is_cell = geometry.faces, geometry.is_cell
    if geometry.axes:
        return None
    apart, is_inside = faces.apart, is_cell[faces.left] & is_cell[faces.right]
    middle = 0.5 * (faces.left_position + faces.right_position)
    off = np.where(is_inside, faces.centres[:3] - middle[:3], 0.0)
    part = np.einsum("if,if->f", off, apart) / (apart**2).sum(axis=0)
    aside = np.linalg.norm(off - part * apart, axis=0)
    return off if (aside * faces.inverse_distance).max(initial=0.0) > _STRAIGHT else None
