"""Thermodynamic forces on faces, with the gradients that the laws themselves are given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..discretisation.conductance import bounds_like
from ..discretisation.system import System
from ..model.flux_view import FluxView
from ..model.views import FaceView, View

__all__ = ["Forces", "forces_at", "forces_on"]


class Forces(NamedTuple):
    """Forces X conjugate to the fluxes and driving forces d of the fields, along the normal, (balances, ..., faces)."""

    conjugate: np.ndarray
    driving: np.ndarray


def forces_at(system: System, t: float, values: np.ndarray) -> Forces:
    """Of states (balances, ..., nodes), of the nearest admissible one where errors lead out of a field's range."""
    left, right, slopes = system.fluxes.on_faces(values)
    if system.reference is None:
        left, right = (np.clip(side, *bounds_like(system, side)) for side in (left, right))
    return forces_on(system, system.fluxes.face_view(t, left, right, slopes))


def forces_on(system: System, face: FaceView | FluxView) -> Forces:
    """Those of the states that faces show; in a linearised model the metric is that of its reference."""
    mixture, row = system.medium.mixture, system.medium.row
    shape = np.shape(face.grad(system.medium.fields[0]))
    driving = np.stack([np.broadcast_to(mixture.driving_force(face, field), shape) for field in system.medium.fields])
    at: View = face.at(system.reference)
    conjugate = np.zeros(driving.shape)
    for (balance, field), entry in mixture.metric(at).items():
        slope = driving[row[field]]
        conjugate[row[balance]] -= np.where(slope == 0.0, 0.0, entry * slope)
    return Forces(conjugate, driving)
