"""Diffusivity of a trace in pores as narrow as the mean free path."""

from fvtransport import Property, View, parameter, plugin

from ..handles import gas_constant, temperature
from ..theory.frames import masses_of
from ..theory.knudsen import bosanquet, knudsen_diffusivity


@plugin("bosanquet")
class Bosanquet(Property):
    """Diffusivity of a trace in a pore:  1/D = 1/D_AB + 1/D_K ,   D_K = (d/3) sqrt(8 R T/(pi M))

    Molecules meet each other (D_AB) and the walls (D_K) of cylindrical pores of diameter d. It holds for a trace, and
    for equimolar counterdiffusion at uniform pressure of like molecules; for any other gas take the bulk flow
    `dusty_gas`, which has the walls already and refuses this. M is that of the mixture.

    Source: W. G. Pollard, R. D. Present, Phys. Rev. 73 (1948) 762.
    """

    diffusivity: Property = parameter(unit="m^2/s", above=0.0, meaning="D_AB between molecules, as in free space")
    pore_diameter: float = parameter(unit="m", above=0.0, meaning="diameter d of cylindrical pores")
    species: str = parameter(meaning="name of the trace, whose molar mass counts")

    def __call__(self, at: View):
        if at.mixture.flow is not None and at.mixture.flow.has_wall_friction:
            raise ArithmeticError(
                "bosanquet: the bulk flow dusty_gas has the friction at the walls already; expected D_AB alone"
            )
        names = at.mixture.species_names
        if self.species not in names:
            raise ArithmeticError(f"bosanquet: {self.species} is not a species; expected one of {', '.join(names)}")
        mass = masses_of(at.mixture, None)[names.index(self.species)]
        at_walls = knudsen_diffusivity(self.pore_diameter, at[temperature], mass, at[gas_constant])
        return bosanquet(self.diffusivity(at), at_walls)
