"""Fluxes and velocities in the frames of moles and mass, on the boundaries of a solution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .quantities import concentration, molar_fluxes

__all__ = [
    "boundary_concentration",
    "boundary_mean",
    "mass_density",
    "mass_flux",
    "masses_of",
    "molar_flux",
    "species_names",
]


def species_names(medium: Any) -> list[str]:
    """Names of the species in the order of the case."""
    return [field.name.removeprefix("x_") for field in medium.species]


def boundary_mean(snapshot: Any, values: Any, boundary: str) -> float:
    """Mean over a boundary of values on all faces (faces,), such as a flux along the face normal."""
    boundary = snapshot.boundary(boundary)
    values = np.broadcast_to(values, snapshot.system.geometry.faces.area.shape)
    return float(np.average(values[boundary.faces], weights=boundary.area))


def molar_flux(snapshot: Any, boundary: str) -> np.ndarray:
    """Mean molar fluxes N_i of all species through a boundary along the face normal, (species,)."""
    return np.array([boundary_mean(snapshot, flux, boundary) for flux in molar_fluxes(snapshot.flux_view)])


def masses_of(medium: Any, given: Mapping[str, float] | None) -> np.ndarray:
    """Molar masses in the order of the species; ValueError in words where one is not known."""
    known = {**(getattr(medium.mixture, "molar_masses", None) or {}), **(given or {})}
    names = species_names(medium)
    if missing := [name for name in names if name not in known]:
        raise ValueError(
            f"the molar mass of {', '.join(missing)} is not known; give molar_masses: {{{', '.join(names)}}}"
        )
    return np.array([known[name] for name in names])


def mass_flux(snapshot: Any, boundary: str, given: Mapping[str, float] | None) -> float:
    """Mean mass flux sum_i M_i N_i through a boundary along the face normal."""
    return float(masses_of(snapshot.system.medium, given) @ molar_flux(snapshot, boundary))


def boundary_concentration(snapshot: Any, boundary: str) -> float:
    """Mean total concentration c on a boundary."""
    boundary = snapshot.boundary(boundary)
    values = np.broadcast_to(snapshot.nodes[concentration], snapshot.values.shape[1:])
    return float(np.average(values[boundary.nodes], weights=boundary.area))


def mass_density(snapshot: Any, boundary: str, given: Mapping[str, float] | None) -> float:
    """Mean mass density c sum_i M_i x_i on a boundary."""
    boundary, medium = snapshot.boundary(boundary), snapshot.system.medium
    masses = masses_of(medium, given)
    mean = sum(mass * snapshot.nodes[field] for mass, field in zip(masses, medium.species))
    values = np.broadcast_to(snapshot.nodes[concentration] * mean, snapshot.values.shape[1:])
    return float(np.average(values[boundary.nodes], weights=boundary.area))
