"""Sorption of a species on an interface."""

from collections.abc import Iterable
from typing import Literal

from fvtransport import Context, Interface, InterfaceView, Issue, Severity, parameter, plugin

from ..handles import concentration, moles


@plugin("sorption")
class Sorption(Interface):
    """Amount of a species on an interface, in equilibrium with its concentration there, where it is continuous:

        dGamma/dt = J_i,left - J_i,right ,   x_i,left = x_i,right
        linear    Gamma = k c_i
        Langmuir  Gamma = Gamma_max K c_i/(1 + K c_i)

    Gamma      amount on the interface per area [mol/m^2], from the initial value of x_i there
    c_i        concentration c_t x_i of the species on one side [mol/m^3]
    k          coefficient [m]: the thickness of a layer of the material that would hold as much
    Gamma_max  capacity [mol/m^2], K affinity [m^3/mol]
    side       on which the concentration is read, where c_t differs between the materials

    All other balances pass the interface unchanged, so that the species which is not solved for takes the place of what
    is taken up. In a steady state dGamma/dt = 0.

    Source: I. Langmuir, J. Am. Chem. Soc. 40 (1918) 1361.
    """

    shorthand = "coefficient"
    coefficient: float | None = parameter(None, unit="m", minimum=0.0, meaning="k of a linear isotherm")
    capacity: float | None = parameter(None, unit="mol/m^2", above=0.0, meaning="amount Gamma_max that covers it")
    affinity: float | None = parameter(None, unit="m^3/mol", above=0.0, meaning="equilibrium constant K of sorption")
    side: Literal["left", "right"] = parameter("left", meaning="side on which the concentration is read")

    def validate(self, context: Context) -> Iterable[Issue]:
        langmuir = (self.capacity, self.affinity)
        if self.coefficient is None and None in langmuir:
            yield Issue("neither a linear isotherm nor Langmuir's is given", "coefficient, or capacity and affinity")
        elif self.coefficient is not None and langmuir != (None, None):
            yield Issue("both isotherms are given", "coefficient alone, or capacity and affinity")
        field, mixture = context.field, context.mixture
        if field is None or mixture is None:
            return
        if field not in mixture.mole_fractions:
            yield Issue(f"{field.name} is not the mole fraction of a species", "a mole fraction, such as x_H")
        elif moles in mixture.balances:
            text = "the pressure is solved, and the interface replaces what it takes up by the species not solved for"
            yield Issue(text, severity=Severity.WARNING)

    def residual(self, face: InterfaceView):
        return face.jump

    def storage(self, face: InterfaceView):
        at = face.left if self.side == "left" else face.right
        amount = at[concentration] * at[face.field]
        if self.coefficient is not None:
            return self.coefficient * amount
        return self.capacity * self.affinity * amount / (1.0 + self.affinity * amount)
