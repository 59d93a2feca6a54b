"""Mass flux through a boundary."""

from collections.abc import Mapping

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..theory.frames import mass_flux


@plugin("mass_flux")
class MassFlux(Observable):
    """Mean total mass flux through a boundary along the face normal:  rho v = sum_i M_i N_i    [kg/m^2/s]

    In equimolar counterdiffusion (M_A - M_B) N_A: the heavy species transports mass although no moles pass.
    """

    shorthand = "boundary"
    unit = "kg/m^2/s"
    boundary: BoundaryName = parameter(meaning="the boundary that is passed")
    molar_masses: Mapping[str, float] | None = parameter(
        None, unit="kg/mol", above=0.0, meaning="molar masses M_i by species, where the mixture does not give them"
    )

    def measure(self, state: SolvedState) -> float:
        return mass_flux(state, self.boundary, self.molar_masses)
