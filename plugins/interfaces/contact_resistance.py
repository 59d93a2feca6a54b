"""Contact resistance."""

from fvtransport import Interface, InterfaceView, Property, parameter, plugin


@plugin("contact_resistance")
class ContactResistance(Interface):
    """A jump in proportion to the flux:  u_left - u_right = R J ,  J the total flux from left to right

    u  field: the temperature (Kapitza or contact resistance), or a mole fraction
    R  resistance: difference of the field per total flux, such as m^2*K/W; 0 is perfect contact
    """

    shorthand = "resistance"
    resistance: Property = parameter(unit="{field}/{flux}", minimum=0.0, meaning="contact resistance R")

    def residual(self, face: InterfaceView):
        return face.jump - self.resistance(face.left) * face.flux
