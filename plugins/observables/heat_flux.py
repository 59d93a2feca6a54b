"""Heat flux through a boundary in either convention."""

from typing import Literal

import numpy as np

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..handles import energy
from ..theory.fluxes import molar_fluxes


@plugin("heat_flux")
class HeatFlux(Observable):
    """Mean heat flux through a boundary along the face normal:  q' (reduced),  or  q = q' + sum_i h_i J_i  [W/m^2]

    The energy flux, of which the balance is made and which the observable `flux` reads, is q' + sum_i h_i N_i = q + N
    sum_i x_i h_i. h_i are the enthalpies that the mixture states, at the boundary; J_i the diffusive, N_i the total
    molar fluxes. Where it states none, as binary and liquid, all species carry the same and the three are one.
    Reciprocity ties q' to the Soret effect.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter III, section 3.
    """

    unit = energy.flux_unit
    through: BoundaryName = parameter(meaning="the boundary it flows through")
    convention: Literal["reduced", "total"] = parameter(
        "reduced", meaning="reduced: q' (convention II), or total: q' + sum_i h_i J_i (I)"
    )

    def measure(self, state: SolvedState) -> float:
        face = state.flux_view
        if not state.solves(energy):
            raise ValueError("the temperature is given and no energy balance is solved: there is no heat flux to read")
        if not state.mixture.has_enthalpies:
            return state.boundary_mean(face.dissipative_flux(energy), self.through)
        convected = float(np.average(self._convected(state), weights=state.boundary_areas(self.through)))
        return state.boundary_mean(face.flux(energy), self.through) - convected

    def _convected(self, state: SolvedState) -> np.ndarray:
        """sum_i h_i N_i, or N sum_i x_i h_i, on the faces of the boundary with the state there."""
        fluxes = [state.through(flux, self.through) for flux in molar_fluxes(state.flux_view)]
        enthalpies = state.mixture.molar_enthalpies(state.boundary_view(self.through))
        if self.convention == "reduced":
            return sum(enthalpy * flux for enthalpy, flux in zip(enthalpies, fluxes))
        fractions = (state.on_boundary(field, self.through) for field in state.mixture.mole_fractions)
        return sum(fluxes) * sum(x * enthalpy for x, enthalpy in zip(fractions, enthalpies))
