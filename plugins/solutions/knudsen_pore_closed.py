"""Two gases in a fine pore that closes off two vessels."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .multicomponent import GAS_CONSTANT


@plugin("knudsen_pore_closed")
class KnudsenPoreClosed(Solution):
    """A pore that closes off two vessels: no net molar flux, so that a pressure builds up. Dusty gas with viscous flow:

        N_i = N_i^D + x_i N_v ,   N_v = -(p B/(mu R T)) dp/dz ,   N_A = -N_B = J
        J (1/D_KA - 1/D_KB) = -(dp/dz)/(R T) [1 + (p B/mu)(x/D_KA + (1 - x)/D_KB)]
        J p/(p_0 D_AB) + (J - x N_v)/D_KA = -(d(x p)/dz)/(R T)

    with D_AB at p_0 and proportional to 1/p. Both slopes are proportional to J, so x itself
    serves as the variable: dp/dx
    does not depend on J, and  J L = integral of J dz/dx dx  is a quadrature along the profile (a Runge-Kutta method of
    order 8 for p and J z together, at a relative error of 1e-12).

    Observables: `N_<species>` [mol m^-2 s^-1] per area of pore, along +z; `pressure_rise` = p(L) - p(0) [Pa].

    Conditions: ideal gas at uniform T; B and mu constant; D_K = (d/3) sqrt(8 R T/(pi M)).

    Source: E. A. Mason and A. P. Malinauskas, Gas Transport in Porous Media: the Dusty-Gas Model
    (1983), chapters II and III.
    """

    species: tuple[str, str] = parameter(meaning="the two gases, the first of mole fraction x")
    molar_masses: Mapping[str, float] = parameter(unit="kg/mol", above=0.0, meaning="molar masses M_i by species")
    pore_diameter: float = parameter(unit="m", above=0.0, meaning="diameter d of the cylindrical pore")
    length: float = parameter(unit="m", above=0.0, meaning="length L of the pore")
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p_0 at z = 0")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="D_AB at p_0")
    x_left: float = parameter(1.0, minimum=0.0, maximum=1.0, meaning="mole fraction of the first gas at z = 0")
    x_right: float = parameter(0.0, minimum=0.0, maximum=1.0, meaning="mole fraction of the first gas at z = L")
    gas_constant: float = parameter(GAS_CONSTANT, unit="J/mol/K", above=0.0, meaning="gas constant R")
    permeability: float = parameter(unit="m^2", minimum=0.0, meaning="permeability B, d^2/32 of a round pore")
    viscosity: float = parameter(unit="Pa s", above=0.0, meaning="viscosity mu, whatever the composition")

    @property
    def _thermal(self) -> float:
        """R T [J/mol]."""
        return self.gas_constant * self.temperature

    @cached_property
    def _by_boundary(self) -> tuple[float, float]:
        """Knudsen diffusivities of the two gases [m^2/s]."""
        speeds = (np.sqrt(8.0 * self._thermal / (np.pi * self.molar_masses[name])) for name in self.species)
        first, second = (float(self.pore_diameter / 3.0 * speed) for speed in speeds)
        return first, second

    def _slopes(self, x: float, p: float) -> tuple[float, float]:
        """dp/dx, and J dz/dx."""
        first, second = self._by_boundary
        mobility = p * self.permeability / self.viscosity
        dp = -self._thermal * (1.0 / first - 1.0 / second) / (1.0 + mobility * (x / first + (1.0 - x) / second))
        viscous = -mobility * dp / self._thermal
        dxp = -self._thermal * (p / (self.pressure * self.diffusivity) + (1.0 - x * viscous) / first)
        dx = (dxp - x * dp) / p
        return dp / dx, 1.0 / dx

    @cached_property
    def _along(self) -> Callable[[np.ndarray], np.ndarray]:
        """p and J z as functions of x."""
        from scipy.integrate import solve_ivp

        found = solve_ivp(
            lambda x, state: self._slopes(x, state[0]), (self.x_left, self.x_right), (self.pressure, 0.0), "DOP853",
            dense_output=True, rtol=1e-12, atol=1e-20, max_step=abs(self.x_left - self.x_right) / 50.0,
        )  # fmt: skip
        return found.sol

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        share = np.asarray(x, float) / self.length
        fraction, whole = self.x_left + (self.x_right - self.x_left) * share, self._along(self.x_right)[1]
        for _ in range(30):
            p, way = self._along(fraction)
            pace = np.array([self._slopes(*state)[1] for state in zip(fraction, p)])
            fraction = np.clip(fraction - (way - share * whole) / pace, *sorted((self.x_left, self.x_right)))
        first, second = self.species
        return {f"x_{first}": fraction, f"x_{second}": 1.0 - fraction, "p": self._along(fraction)[0]}

    def observables(self) -> Mapping[str, float]:
        p, way = self._along(self.x_right)
        first, second = self.species
        flux = float(way) / self.length
        return {f"N_{first}": flux, f"N_{second}": -flux, "pressure_rise": float(p) - self.pressure}

    def validate(self, context: Context) -> Iterable[Issue]:
        found = [f"molar_masses lack {name}" for name in self.species if name not in self.molar_masses]
        if self.x_left == self.x_right:
            found.append("x_left and x_right are the same: nothing diffuses")
        return mistakes(found)
