"""Molar flux of all species through a boundary."""

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..theory.frames import molar_flux


@plugin("total_molar_flux")
class TotalMolarFlux(Observable):
    """Mean total molar flux through a boundary along the face normal:  N = sum_i N_i    [mol/m^2/s]"""

    shorthand = "boundary"
    unit = "mol/m^2/s"
    boundary: BoundaryName = parameter(meaning="the boundary that is passed")

    def measure(self, state: SolvedState) -> float:
        return float(molar_flux(state, self.boundary).sum())
