"""Radiating boundary."""

from collections.abc import Iterable

from fvtransport import Boundary, BoundaryView, Context, Issue, Property, parameter, plugin

from ..handles import temperature
from ..validation import condition_of


@plugin("radiation")
class Radiation(Boundary):
    """Grey boundary in large surroundings:  q . n = epsilon sigma (T^4 - T_env^4)    [W m^-2]

    epsilon  emissivity;  sigma  Stefan-Boltzmann constant;  T_env  temperature of the surroundings.
    q is the total heat flux, positive outward.

    Source: J. Stefan (1879), L. Boltzmann, Ann. Phys. 258 (1884) 291; sigma from CODATA 2018.
    """

    emissivity: Property = parameter(minimum=0.0, maximum=1.0, meaning="epsilon, between 0 and 1")
    surroundings: Property = parameter(unit="{field}", meaning="temperature T_env of the surroundings")
    stefan_boltzmann: float = parameter(
        5.670374419e-8, unit="W/m^2/K^4", above=0.0, meaning="sigma; in reduced units give your own"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        return condition_of(context, temperature, "radiation")

    def outside(self, face: BoundaryView):
        return {temperature: self.surroundings(face)}

    def outward_flux(self, face: BoundaryView):
        return self.emissivity(face) * self.stefan_boltzmann * (face.value**4 - self.surroundings(face) ** 4)
