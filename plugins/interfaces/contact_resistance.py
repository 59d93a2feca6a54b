"""Contact resistance."""

import numpy as np

from fvtransport import Interface, InterfaceView, Property, parameter, plugin

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

    def entropy_production(self, face: InterfaceView):
        """J_q (1/T_right - 1/T_left), or J_i R ln of the ratio of both mole fractions to those of the last species."""
        if face.field is temperature:
            # With enthalpies the total flux carries heat that drops out of the production of all conditions together.
            carries = face.mixture.has_enthalpies
            return None if carries else face.flux * (1.0 / face.right[temperature] - 1.0 / face.left[temperature])
        if face.field not in face.mixture.mole_fractions:
            return None
        last = face.mixture.mole_fractions[-1]
        left, right = (
            np.maximum(at[face.field], ABSENT) / np.maximum(at[last], ABSENT) for at in (face.left, face.right)
        )
        return face.flux * face.left[gas_constant] * np.log(left / right)

    def residual(self, face: InterfaceView):
        return face.jump - self.resistance(face.left) * face.flux
