"""Heat flux through a boundary in either convention."""

from typing import Any, Literal

import numpy as np

from fvtransport import BoundaryName, Observable, parameter, plugin

from ..frames import boundary_mean
from ..quantities import energy, molar_fluxes
from ..thermodynamics.enthalpies import knows_enthalpies, molar_enthalpies


@plugin("heat_flux")
class HeatFlux(Observable):
    """Mean heat flux through a boundary along the face normal:  q' (reduced),  or  q = q' + sum_i h_i J_i (total)    [W/m^2]

    The energy flux, of which the balance is made and which the observable `flux` reads, is q' + sum_i h_i N_i = q + N sum_i
    x_i h_i. h_i are the enthalpies that the mixture states, at the boundary; J_i the diffusive, N_i the total molar fluxes.
    Where it states none, as binary and liquid, all species carry the same and the three are one. Reciprocity ties q' to the
    Soret effect.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter III, section 3.
    """

    unit = energy.flux_unit
    through: BoundaryName = parameter(meaning="the boundary it flows through")
    convention: Literal["reduced", "total"] = parameter(
        "reduced", meaning="reduced: q' (convention II), or total: q' + sum_i h_i J_i (I)"
    )

    def measure(self, snapshot: Any) -> float:
        face, medium = snapshot.flux_view, snapshot.system.medium
        if energy not in medium.row:
            raise ValueError("the temperature is given and no energy balance is solved: there is no heat flux to read")
        if not knows_enthalpies(medium.mixture):
            return boundary_mean(snapshot, face.dissipative_flux(energy), self.through)
        return boundary_mean(snapshot, face.flux(energy) - self._taken_off(snapshot), self.through)

    def _taken_off(self, snapshot: Any):
        """sum_i h_i N_i, or N sum_i x_i h_i, with the state of the boundary on its faces."""
        boundary, faces = snapshot.boundary(self.through), snapshot.system.geometry.faces
        fluxes, enthalpies = molar_fluxes(snapshot.flux_view), molar_enthalpies(snapshot.nodes)
        taken, total = np.zeros(faces.area.shape), np.broadcast_to(sum(fluxes), faces.area.shape)
        for field, flux, enthalpy in zip(snapshot.system.medium.species, fluxes, enthalpies):
            passing = flux if self.convention == "reduced" else total
            share = 1.0 if self.convention == "reduced" else snapshot.nodes[field][boundary.nodes]
            taken[boundary.faces] += share * enthalpy[boundary.nodes] * passing[boundary.faces]
        return taken
