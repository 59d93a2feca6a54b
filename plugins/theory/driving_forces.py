"""Driving forces of diffusion where forces act on the species."""

from __future__ import annotations

import numpy as np

from fvtransport import FaceView, Field, Handle, log_mean

from ..handles import gas_constant, linearised_drift, molar_forces, temperature

__all__ = ["driving_force"]


class _DrivingForces(Handle):
    """Driving forces d_i of all species by field, per metre; empty where no forces act."""

    def evaluate(self, view: FaceView) -> dict[Field, np.ndarray]:
        forces = view[molar_forces]
        if forces is None:
            return {}
        at, thermal = view[linearised_drift], view[gas_constant] * view[temperature]
        if at is not None:
            shares, thermal = [at[field] for field in view.species], at[gas_constant] * at[temperature]
        elif len(forces) == 2:
            return _binary_forces(view, (forces[0] - forces[1]) / thermal)
        else:
            shares = [view.log_mean(field) for field in view.species]
        mean = sum(share * force for share, force in zip(shares, forces)) / sum(shares)
        drift = (share * (force - mean) / thermal for share, force in zip(shares, forces))
        return {field: view.grad(field) - each for field, each in zip(view.species, drift)}


def _binary_forces(view: FaceView, pull) -> dict[Field, np.ndarray]:
    """As for any number of species: L_A L_B/(L_A + L_B) is the logarithmic mean of x_A x_B' and
    x_A' x_B, ' the other side.
    """
    A, B = view.species
    left, right = view.left, view.right
    force = view.grad(A) - log_mean(left[A] * right[B], right[A] * left[B]) * pull
    return {A: force, B: -force}


_driving_forces = _DrivingForces("driving_forces", "1/m")


def driving_force(face: FaceView, field: Field):
    """What drives the diffusion that belongs to a field, per metre; for a species d_i, for other fields the gradient.

        d_i = grad x_i - x_i (F_i - sum_k x_k F_k)/(R T)

    F_k are the molar forces; without them it is the plain gradient. Between two nodes x_i in front of the forces is the
    logarithmic mean L_i, and sum_k x_k F_k is sum_k L_k F_k / sum_k L_k: d_i then vanishes to round-off where the mole
    fractions of the nodes have Boltzmann's ratios, and sum_i d_i = 0. Shape (..., faces).
    """
    force = face[_driving_forces].get(field)
    return face.grad(field) if force is None else force
