"""Osmotic pressure of a gas mixture between membranes."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

from .layers import layer_of


@plugin("membrane_osmosis")
class MembraneOsmosis(Solution):
    """Steady state of a solute gas in a solvent gas in three chambers behind two membranes, without volume flow:

        p_1 - p_2 = sigma_1 (P_1 - P_2) ,   p_2 - p_3 = sigma_2 (P_2 - P_3)     at each membrane, P = p x = R T c
        J = omega (P_left - P_right)                                            at each membrane
        J = -(p_3 D/(R T)) dx/dz                                                in each chamber, p uniform in it

    With a = 1/omega and r = l R T/(p_3 D), the fall of x in a chamber per flux,

        (sigma_1 + 2 sigma_2) a r J^2 + [3 p_3 r + 2 a - (sigma_1 + sigma_2) a x_left] J - p_3 (x_left - x_right) = 0

    J flux of the solute along +x [mol/m^2/s]; sigma reflection coefficients; omega permeability of both membranes
    [mol/m^2/s/Pa]; D diffusivity at the pressure p_3 of the right boundary, inversely proportional to p; l length of a
    chamber [m]. The left boundary lets no volume through: J_v = 0, and hydraulic conductivities are of no effect.

    Conditions: ideal gases at uniform T; the total molar flux is zero.

    Source: O. Kedem, A. Katchalsky, Biochim. Biophys. Acta 27 (1958) 229, for the membranes.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p_3 of the right boundary")
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    gas_constant: float = parameter(8.31446261815324, unit="J/mol/K", above=0.0, meaning="R")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D at p_3")
    chamber: float = parameter(unit="m", above=0.0, meaning="length l of each chamber")
    omega: float = parameter(unit="mol/m^2/s/Pa", above=0.0, meaning="solute permeability of both membranes")
    sigma_1: float = parameter(minimum=0.0, maximum=1.0, meaning="reflection coefficient of the left membrane")
    sigma_2: float = parameter(minimum=0.0, maximum=1.0, meaning="reflection coefficient of the right membrane")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of the solute on the left boundary")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of the solute on the right boundary")
    species: str = parameter("A", meaning="the solute")

    @property
    def _fall(self) -> float:
        """r."""
        return self.chamber * self.gas_constant * self.temperature / (self.pressure * self.diffusivity)

    @cached_property
    def _flux(self) -> float:
        """The root that vanishes with x_left - x_right, without cancellation."""
        a, r, both = 1.0 / self.omega, self._fall, self.sigma_1 + self.sigma_2
        square, slope = (both + self.sigma_2) * a * r, 3.0 * self.pressure * r + (2.0 - both * self.x_left) * a
        drive = self.pressure * (self.x_left - self.x_right)
        return float(2.0 * drive / (slope + np.sqrt(slope**2 + 4.0 * square * drive)))

    @cached_property
    def _pressures(self) -> np.ndarray:
        """Pressures of the chambers."""
        osmotic = self._flux / self.omega
        steps = np.array([self.sigma_1 + self.sigma_2, self.sigma_2, 0.0])
        return self.pressure + osmotic * steps

    @cached_property
    def _starts(self) -> np.ndarray:
        """Mole fractions at the left ends of the chambers."""
        J, r, p = self._flux, self._fall, self._pressures
        last = self.x_right + J * r
        middle = (p[2] * last + J / self.omega) / p[1] + J * r
        return np.array([self.x_left, middle, last])

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        number = layer_of(x, [self.chamber, 2.0 * self.chamber])
        share = np.asarray(x, float) / self.chamber - number
        return {
            f"x_{self.species}": self._starts[number] - self._flux * self._fall * share,
            "p": self._pressures[number],
        }

    def observables(self) -> Mapping[str, float]:
        osmotic = self._flux / self.omega
        return {"J": self._flux, "p_left": float(self._pressures[0]), "osmotic_1": osmotic, "osmotic_2": osmotic}
