"""Contact resistance."""

from collections.abc import Iterable

from fvtransport import Context, Interface, InterfaceView, Issue, Property, parameter, plugin

from ..handles import temperature


@plugin("contact_resistance")
class ContactResistance(Interface):
    """A jump in proportion to the flux:  u_left - u_right = R J ,  J the total flux from left to right

    u  field: the temperature (Kapitza or contact resistance), a mole fraction, the pressure
    R  resistance: difference of the field per total flux, such as m^2*K/W; 0 is perfect contact

    In a mixture in which the species carry enthalpy, the temperature jumps with the reduced heat flux alone,

        T_left - T_right = R q' ,   q' = J_e - sum_i h_i N_i ,   h_i at T_l T_r ln(T_l/T_r)/(T_l - T_r) of both sides

    with which q' (1/T_right - 1/T_left) is the entropy production of the jump.

    Source: E. T. Swartz, R. O. Pohl, Rev. Mod. Phys. 61 (1989) 605; D. Bedeaux, S. Kjelstrup, Chem. Eng. Sci. 59
    (2004) 109.
    """

    shorthand = "resistance"
    resistance: Property = parameter(unit="{field}/{flux}", minimum=0.0, meaning="contact resistance R")

    def validate(self, context: Context) -> Iterable[Issue]:
        mixture = context.mixture
        if context.field is temperature and mixture is not None and mixture.last_flux is None:
            text = (
                "the flux of energy carries enthalpy, and the bulk flow does not say how much the last species carries"
            )
            yield Issue(text, "a bulk flow with `weights`, or one that solves for the pressure")

    def residual(self, face: InterfaceView):
        return face.jump - self.resistance(face.left) * face.reduced_flux
