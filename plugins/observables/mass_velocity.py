"""Mass-average velocity at a boundary."""

from collections.abc import Mapping

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..theory.frames import mass_density, mass_flux


@plugin("mass_velocity")
class MassVelocity(Observable):
    """Mass-average (barycentric) velocity at a boundary along the face normal:  v = sum_i M_i N_i / rho    [m/s]

    rho = c sum_i M_i x_i. It differs from v* wherever species of different masses diffuse.
    """

    shorthand = "boundary"
    unit = "m/s"
    boundary: BoundaryName = parameter(meaning="the boundary")
    molar_masses: Mapping[str, float] | None = parameter(
        None, unit="kg/mol", above=0.0, meaning="molar masses M_i by species, where the mixture does not give them"
    )

    def measure(self, state: SolvedState) -> float:
        return mass_flux(state, self.boundary, self.molar_masses) / mass_density(
            state, self.boundary, self.molar_masses
        )
