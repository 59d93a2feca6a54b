"""Diffusivity that falls with composition."""

from fvtransport import Property, View, parameter, plugin


@plugin("inverse_linear")
class InverseLinear(Property):
    """Composition-dependent diffusivity:  D(x_A) = D_0 / (1 + beta x_A),  x_A the first species

    Source: the standard example of a composition-dependent diffusivity in equimolar counterdiffusion.
    """

    at_infinite_dilution: float = parameter(unit="{property}", minimum=0.0, meaning="D_0, the value at x_A = 0")
    beta: float = parameter(above=-1.0, meaning="how fast the coefficient falls with x_A")

    def __call__(self, at: View):
        return self.at_infinite_dilution / (1.0 + self.beta * at[at.species[0]])
