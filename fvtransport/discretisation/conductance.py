"""Conductances: derivatives of fluxes by gradients."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..mesh.faces import Faces
from .system import System

__all__ = ["bounds_like", "composition_rows", "conductances", "shrunk_faces", "step_of"]

_STEP = 1e-4
_FEW = 8.0


def conductances(system: System, t: float, mean: np.ndarray, shrunk: float = 1.0) -> dict[str, np.ndarray]:
    """K of every law that has a flux, and of the bulk flow where forces drive it: minus the derivative of the flux by
    the gradient of each field alone, (balances, balances, ..., faces), at states of all faces (balances, ..., faces).

    The gradient is a small central difference between the nodes of the face, so that laws may depend on both nodes and
    the flux without any gradient cancels. shrunk is the factor by which the distance between the nodes is reduced, at
    the same gradient.
    """
    count = len(mean)
    faces = shrunk_faces(system.geometry.faces, shrunk)
    step = step_of(system, mean, shrunk)
    left, right = (np.repeat(mean[:, None], 2 * count, axis=1) for _ in range(2))
    for j in range(count):
        for side, rise in ((left, -step[j]), (right, step[j])):
            side[j, j] += rise
            side[j, count + j] -= rise
    apart = np.stack([right[j, j] - left[j, j] for j in range(count)])
    found = {}
    for name, flux in system.fluxes.with_faces(faces).dissipative(t, left, right).items():
        change = 0.5 * (flux[:, :count] - flux[:, count:])
        found[name] = -change / (apart * faces.inverse_distance)
    return found


def step_of(system: System, mean: np.ndarray, shrunk: float) -> np.ndarray:
    """Half the difference between the nodes by which each field is varied, of the shape of mean."""
    return np.maximum(0.5 * _STEP * shrunk * _reach(system, mean), _FEW * np.spacing(np.abs(mean)))


def shrunk_faces(faces: Faces, factor: float) -> Faces:
    """The same faces with their nodes closer to their centres by a factor, each in its own region."""
    if factor == 1.0:
        return faces
    sides = []
    for position, way in ((faces.left_position, -0.5), (faces.right_position, 0.5)):
        side = position.copy()
        side[:3] = faces.centres[:3] + way * factor * faces.normal / faces.inverse_distance
        sides.append(side)
    return replace(
        faces,
        inverse_distance=faces.inverse_distance / factor,
        left_weight=np.full(faces.area.size, 0.5),
        left_position=sides[0],
        right_position=sides[1],
    )


def _reach(system: System, mean: np.ndarray) -> np.ndarray:
    """How far each field may move and stay in its range; where it is zero or at an end, its size elsewhere."""
    low, high = bounds_like(system, mean)
    reach = np.minimum(np.abs(mean), np.minimum(mean - low, high - mean))
    own, last = composition_rows(system, mean)
    reach[own] = np.minimum(reach[own], np.maximum(last, 0.0))
    size = np.abs(mean).max(axis=-1, keepdims=True)
    return np.where(reach > 0.0, reach, np.where(size > 0.0, size, 1.0))


def bounds_like(system: System, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper bounds of the fields, of a shape that goes with values (balances, ..., n)."""
    bounds = np.array([(field.lower, field.upper) for field in system.medium.fields]).T
    low, high = bounds.reshape(2, -1, *[1] * (values.ndim - 1))
    return low, high


def composition_rows(system: System, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the mole fractions that are solved for, and the last one, which follows from them."""
    row = system.medium.row
    own = np.array([row[field] for field in system.medium.species if field in row], int)
    return own, 1.0 - values[own].sum(axis=0)
