"""What closures of the bulk flow are made of: diffusive fluxes, ratios of fluxes, what
drives a gas through a medium.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fvtransport import FaceView, FluxView, View, log_mean, upwind_weight

from ..handles import (
    concentration,
    diffusivity,
    gas_constant,
    molar_forces,
    pressure,
    smallest_diffusivity,
    temperature,
)

__all__ = [
    "against_diffusion",
    "carrying_diffusivity",
    "diffusive_fluxes",
    "pressure_drive",
    "ratio_flux",
    "ratio_upwind_weight",
    "weighted_sum",
]


def diffusive_fluxes(face: FluxView) -> tuple:
    """Molar fluxes J_i of all species relative to the molar-average velocity, from all laws; they sum to zero."""
    solved = tuple(face.diffusive_flux(field) for field in face.species[:-1])
    return (*solved, -sum(solved))


def weighted_sum(view: View, weights: Sequence[float]):
    """sum_i a_i x_i at a view."""
    return sum(weight * view[field] for weight, field in zip(weights, view.species))


def ratio_flux(face: FluxView, weights: Sequence[float]):
    """Total flux N with sum_i a_i N_i = 0:  N = -sum_i a_i J_i / s

    s is the logarithmic mean of sum_i a_i x_i over the face. With this mean the steady flux through any number of cells
    is exact where c D is uniform and the same for all pairs. Not a number where sum_i a_i x_i is zero or changes sign:
    no N satisfies the ratio there.
    """
    left, right = face.both(lambda side: weighted_sum(side, weights))
    mean = np.sign(left) * log_mean(np.abs(left), np.abs(right))
    flux = -sum(weight * each for weight, each in zip(weights, diffusive_fluxes(face)) if weight)
    return np.where(left * right > 0.0, flux / mean, np.nan)


def ratio_upwind_weight(face: FaceView, weights: Sequence[float]):
    """Upwind weight of the mole fractions with which sum_i a_i N_i = 0 holds to round-off.

    Pe = ln(s_right/s_left) ,  s = sum_i a_i x_i.
    """
    left, right = face.both(lambda side: weighted_sum(side, weights))
    with np.errstate(divide="ignore", invalid="ignore"):
        return upwind_weight(np.log(right / left))


def carrying_diffusivity(view: View):
    """The diffusivity against which a flow convects: that of the slowest pair, or the only one."""
    slowest = view[smallest_diffusivity]
    return view[diffusivity] if slowest is None else slowest


def against_diffusion(face: FaceView, total):
    """Upwind weight of the mole fractions convected by a total flux N:  Pe = N dx / (c D)."""
    return upwind_weight(total * face.distance / (face[concentration] * carrying_diffusivity(face)))


def pressure_drive(face: FaceView):
    """Gradient of the pressure that no force balances, grad p - sum_k c_k F_k [Pa/m]; exactly
    zero in barometric equilibrium.

    c_k on a face is the logarithmic mean of x_k p over R T.
    """
    slope, forces = face.grad(pressure), face[molar_forces]
    if forces is None or not face.solves(pressure):
        return slope
    weights = (
        face.log_mean(lambda side, field=field: side[field] * side[pressure]) * force
        for field, force in zip(face.species, forces)
    )
    return slope - sum(weights) / (face[gas_constant] * face[temperature])


def molar_fluxes(face: FluxView) -> tuple:
    """Total molar fluxes N_i of all species along the face normal, in their order; the last is not solved for.

    It is what the others leave of the total, which a mixture with a bulk flow states as
    `total_flux(face)`. Shapes (..., faces).
    """
    solved = {balance.field: balance for balance in face.balances}
    fluxes = tuple(face.flux(solved[field]) for field in face.species[:-1])
    return (*fluxes, face.mixture.total_flux(face) - sum(fluxes))


def entropy_production(face: FluxView):
    """Entropy production per volume [W/m^3/K], sum of J_i X_i along the face normal. Shape (..., faces)."""
    return sum(face.dissipative_flux(balance) * face.force(balance) for balance in face.balances)
