"""Coefficient that goes as powers of temperature and pressure."""

from fvtransport import Property, View, parameter, plugin

from ..handles import temperature


@plugin("power_law")
class PowerLaw(Property):
    """Powers of temperature and pressure:  p = p_0 (T/T_0)^a (P/P_0)^b

    The pressure is a number, for no mixture solves for it yet; a = 1.75 and b = -1 suit the diffusivity of a gas pair.

    Source: E. N. Fuller, P. D. Schettler, J. C. Giddings, Ind. Eng. Chem. 58 (1966) 18, for the diffusivity of gases.
    """

    value: float = parameter(unit="{property}", meaning="p_0, the value at T_0 and P_0")
    reference_temperature: float = parameter(unit="K", above=0.0, meaning="T_0")
    temperature_exponent: float = parameter(0.0, meaning="a")
    pressure: float = parameter(101325.0, unit="Pa", above=0.0, meaning="pressure P")
    reference_pressure: float = parameter(101325.0, unit="Pa", above=0.0, meaning="P_0")
    pressure_exponent: float = parameter(0.0, meaning="b")

    def __call__(self, at: View):
        pressure = (self.pressure / self.reference_pressure) ** self.pressure_exponent
        return self.value * pressure * (at[temperature] / self.reference_temperature) ** self.temperature_exponent
