"""Equimolar counterdiffusion between reservoirs at two temperatures, with coefficients that are powers of T."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

_GAS_CONSTANT = 8.31446261815324


@plugin("emcd_power_law")
class EmcdPowerLaw(Solution):
    """Steady equimolar counterdiffusion of an ideal gas whose coefficients go as powers of T,  t = T/T_0:

        D = D_0 t^m ,     kappa = kappa_0 t^b ,     c = p/(R T)
        q = kappa_0 T_0 (F_left - F_right)/L ,                        F = t^(b+1)/(b+1)
        N_A = p D_0 (x_left - x_right)/(R T_0 L) (F_left - F_right)/(G_left - G_right) ,     G = t^(n)/n ,  n = 2 + b -
        m F falls along a straight line in z, and x along a straight line in G

    G is ln(t) where n = 0. With b = 0 the temperature falls on a straight line, and at m = 1.75 the flux is

        N_A = p D_0 (x_left - x_right) (T_left - T_right)/(4 R L T_0^1.75 (T_left^0.25 - T_right^0.25))

    N_A [mol m^-2 s^-1] and q [W/m^2] are along +z.

    Conditions: SI units; N_A + N_B = 0; equal molar heat capacities; uniform p; no thermal
    diffusion; T_left != T_right.

    Source: -(p D/R T) dx/dz = N_A and -kappa dT/dz = q, divided by each other and integrated.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="uniform pressure p")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D_0 at T_0")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa_0 at T_0")
    reference_temperature: float = parameter(unit="K", above=0.0, meaning="T_0")
    diffusivity_exponent: float = parameter(1.75, meaning="m")
    conductivity_exponent: float = parameter(0.0, above=-1.0, meaning="b")
    length: float = parameter(unit="m", above=0.0, meaning="distance L between the reservoirs")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left reservoir")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right reservoir")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction in the left reservoir")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction in the right reservoir")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def _heat(self, T: np.ndarray | float) -> np.ndarray:
        """F."""
        power = self.conductivity_exponent + 1.0
        return np.asarray(T / self.reference_temperature) ** power / power

    def _resistance(self, T: np.ndarray | float) -> np.ndarray:
        """G."""
        power = 2.0 + self.conductivity_exponent - self.diffusivity_exponent
        t = np.asarray(T / self.reference_temperature)
        return t**power / power if power else np.log(t)

    def _fall(self, of) -> float:
        return float(of(self.T_left) - of(self.T_right))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        heat = self._heat(self.T_left) - self._fall(self._heat) * np.asarray(x, float) / self.length
        power = self.conductivity_exponent + 1.0
        T = self.reference_temperature * (power * heat) ** (1.0 / power)
        share = (self._resistance(self.T_left) - self._resistance(T)) / self._fall(self._resistance)
        return {"T": T, f"x_{self.species}": self.x_left + (self.x_right - self.x_left) * share}

    def observables(self) -> Mapping[str, float]:
        unit = self.pressure * self.diffusivity / (_GAS_CONSTANT * self.reference_temperature * self.length)
        flux = unit * (self.x_left - self.x_right) * self._fall(self._heat) / self._fall(self._resistance)
        q = self.conductivity * self.reference_temperature * self._fall(self._heat) / self.length
        return {f"N_{self.species}": flux, "q": q}

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.T_left == self.T_right:
            return mistakes(["T_left = T_right: this is a form for two temperatures; at one, use emcd_slab"])
        return mistakes([])
