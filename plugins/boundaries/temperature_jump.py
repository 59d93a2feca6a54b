"""Temperature jump of a rarefied gas at a boundary."""

from collections.abc import Iterable

import numpy as np

from fvtransport import Boundary, BoundaryView, Context, Issue, Property, parameter, plugin

from ..handles import conductivity, temperature
from ..validation import condition_of


@plugin("temperature_jump")
class TemperatureJump(Boundary):
    """Kinetic slip of the temperature:  q . n = (kappa/zeta) (T - T_bath)    [W m^-2]

    zeta    jump_length [m], of the order of the mean free path: (2 - a)/a 2 gamma/(gamma + 1)/Pr mean free paths
            for molecules of which the surface accommodates the part a (Smoluchowski)
    kappa   conductivity of the gas at the boundary;  T  temperature of the gas there;  T_bath  that of the surface
    q is the total heat flux, positive outward. Where Fourier's law alone holds, T - T_bath = -zeta dT/dn: the gas is as
    hot as if it went on to the temperature of the bath at a distance zeta behind the boundary. zeta -> 0 is
    `dirichlet`.

    Source: E. H. Kennard, Kinetic Theory of Gases (1938), section 190.
    """

    bath: Property = parameter(unit="{field}", meaning="temperature T_bath of the surface")
    jump_length: Property = parameter(unit="m", above=0.0, meaning="jump length zeta")

    def validate(self, context: Context) -> Iterable[Issue]:
        return condition_of(context, temperature, "temperature_jump")

    def outside(self, face: BoundaryView):
        return {temperature: self.bath(face)}

    def residual(self, face: BoundaryView):
        passes = face.flux != 0.0
        jump = np.where(passes, self.jump_length(face) * face.flux / np.where(passes, face[conductivity], 1.0), 0.0)
        return face.value - self.bath(face) - jump
