"""Contact resistance."""

from collections.abc import Iterable

import numpy as np

from fvtransport import Context, Interface, InterfaceView, Issue, Property, parameter, plugin

from ..handles import gas_constant, temperature
from ..theory.thermodynamics.metric import ABSENT


@plugin("contact_resistance")
class ContactResistance(Interface):
    """A jump in proportion to the flux:  u_left - u_right = R J ,  J the total flux from left to right

    u  field: the temperature (Kapitza or contact resistance), or a mole fraction
    R  resistance: difference of the field per total flux, such as m^2*K/W; 0 is perfect contact
    """

    shorthand = "resistance"
    resistance: Property = parameter(unit="{field}/{flux}", minimum=0.0, meaning="contact resistance R")

    def validate(self, context: Context) -> Iterable[Issue]:
        mixture = context.mixture
        if context.field is temperature and mixture is not None and mixture.has_enthalpies:
            text = (
                "the flux of energy carries enthalpy in this mixture, and a temperature jump goes with the heat alone"
            )
            yield Issue(text, "a mixture of given heat capacity, such as binary")

    def entropy_production(self, face: InterfaceView):
        """J_q (1/T_right - 1/T_left), or in an ideal binary mixture J_A R [ln(x_A/x_B)_left - ln(x_A/x_B)_right]."""
        if face.field is temperature:
            return face.flux * (1.0 / face.right[temperature] - 1.0 / face.left[temperature])
        if face.field not in face.mixture.mole_fractions or len(face.mixture.mole_fractions) != 2:
            return None
        last = face.mixture.mole_fractions[-1]
        left, right = (
            np.maximum(at[face.field], ABSENT) / np.maximum(at[last], ABSENT) for at in (face.left, face.right)
        )
        return face.flux * face.left[gas_constant] * np.log(left / right)

    def residual(self, face: InterfaceView):
        return face.jump - self.resistance(face.left) * face.flux
