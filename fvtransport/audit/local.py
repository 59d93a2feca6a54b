"""Fluxes at the centres of faces: those of the laws at the gradient that was solved, between nodes that are near."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..discretisation.conductance import shrunk_faces
from ..discretisation.face_fluxes import FaceStates
from ..discretisation.system import System
from ..mesh.reconstruction import FaceSlopes
from .forces import Forces, forces_on
from .onsager import SHRUNK
from .states import States

__all__ = ["LocalFluxes", "local_fluxes"]


@dataclass(frozen=True)
class LocalFluxes:
    """Dissipative flux of each law, forces and driving forces along some axes of every face, (axes, balances, places).

    The axes are x, y, z where a law depends on the gradient along the face, else the normal alone. resolution
    (balances, places) is the round-off of the gradients.
    """

    by_law: dict[str, np.ndarray]
    conjugate: np.ndarray
    driving: np.ndarray
    resolution: np.ndarray


def local_fluxes(seen: States, mean: np.ndarray) -> LocalFluxes:
    """Those of some states, at all their places, about the states mean (balances, places) of the conductances."""
    system, t, values = seen.system, seen.t, seen.values
    states = system.fluxes.on_faces(values)
    face = system.fluxes.face_view(t, *states)
    mean = mean.reshape(len(values), seen.times.size, -1)
    fields = system.medium.fields
    if system.fluxes.uses_vectors:
        vectors = np.stack([face.gradient(field) for field in fields], axis=1)
        axes = [np.eye(3)[:, [axis]] * np.ones(mean.shape[-1]) for axis in range(system.geometry.dimension)]
        found = [_along(system, t, mean, axis, np.einsum("kn,k...n->...n", axis, vectors), vectors) for axis in axes]
    else:
        normal = system.geometry.faces.normal
        found = [_along(system, t, mean, normal, np.stack([face.grad(field) for field in fields]), None)]
    near = system.geometry.faces.inverse_distance / SHRUNK
    return LocalFluxes(
        {name: seen.flat(np.stack([each[0][name] for each in found])) for name in found[0][0]},
        seen.flat(np.stack([each[1].conjugate for each in found])),
        seen.flat(np.stack([each[1].driving for each in found])),
        seen.flat(np.spacing(np.abs(mean)) * near),
    )


def _along(
    system: System, t: float, mean: np.ndarray, axis: np.ndarray, slope: np.ndarray, vectors: np.ndarray | None
) -> tuple[dict[str, np.ndarray], Forces]:
    """Fluxes by law and forces along unit vectors `axis` (3, faces), where the gradient along them is slope."""
    faces = shrunk_faces(replace(system.geometry.faces, normal=axis), SHRUNK)
    half = 0.5 * slope / faces.inverse_distance
    added = None
    if vectors is not None:
        own = axis.reshape(3, *[1] * (slope.ndim - 1), -1)
        added = FaceSlopes(tangential=vectors - own * slope)
    parts, view = system.fluxes.with_faces(faces).local(t, FaceStates(mean - half, mean + half), added)
    return parts, forces_on(system, view)
