"""Fluxes and velocities in the frames of moles and mass, on the boundaries of a solution."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fvtransport import Mixture, SolvedState

from ..handles import concentration
from .fluxes import molar_fluxes

__all__ = ["boundary_concentration", "mass_density", "mass_flux", "masses_of", "molar_flux"]


def molar_flux(state: SolvedState, boundary: str) -> np.ndarray:
    """Mean molar fluxes N_i of all species through a boundary along the face normal, (species,)."""
    return np.array([state.boundary_mean(flux, boundary) for flux in molar_fluxes(state.flux_view)])


def masses_of(mixture: Mixture, given: Mapping[str, float] | None) -> np.ndarray:
    """Molar masses in the order of the species; ValueError in words where one is not known."""
    known = {**mixture.known_molar_masses, **(given or {})}
    names = mixture.species_names
    if missing := [name for name in names if name not in known]:
        raise ValueError(
            f"the molar mass of {', '.join(missing)} is not known; give molar_masses: {{{', '.join(names)}}}"
        )
    return np.array([known[name] for name in names])


def mass_flux(state: SolvedState, boundary: str, given: Mapping[str, float] | None) -> float:
    """Mean mass flux sum_i M_i N_i through a boundary along the face normal."""
    return float(masses_of(state.mixture, given) @ molar_flux(state, boundary))


def boundary_concentration(state: SolvedState, boundary: str) -> float:
    """Mean total concentration c on a boundary."""
    return float(np.average(state.on_boundary(concentration, boundary), weights=state.boundary_areas(boundary)))


def mass_density(state: SolvedState, boundary: str, given: Mapping[str, float] | None) -> float:
    """Mean mass density c sum_i M_i x_i on a boundary."""
    masses, species = masses_of(state.mixture, given), state.mixture.mole_fractions
    mean = sum(mass * state.on_boundary(field, boundary) for mass, field in zip(masses, species))
    density = state.on_boundary(concentration, boundary) * mean
    return float(np.average(density, weights=state.boundary_areas(boundary)))
