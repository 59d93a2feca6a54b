"""Heat conduction through a gas that dissociates, in chemical equilibrium everywhere."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

_R = 8.31446261815324
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(40)


@plugin("dissociating_gas")
class DissociatingGas(Solution):
    """Steady heat conduction between two plates through a gas in the equilibrium A2 = 2 A at uniform pressure.

    A2 diffuses to the hot side and A back, N_A = -2 N_A2, and each mole of A2 takes Delta_H along, so that

        q = -lambda dT/dz ,   lambda = kappa + (c D/R) (Delta_H/T)^2 x (1 - x)/(1 + x)^2 ,   c = p/(R T)
        (1 - x)^2/x = K(T) = (p_0/p) exp(-Delta_G/(R T)) ,   x = 1 + K/2 - sqrt(K + K^2/4)

    x is the mole fraction of A2. With Delta_H = Delta_H_0 + Delta_c_p (T - T_0), T_0 = 298.15 K,

        Delta_G = Delta_H_0 - T Delta_S_0 + Delta_c_p (T - T_0 - T ln(T/T_0))

    q is constant, and z follows from the integral of lambda over T, by Gauss-Legendre with 40 points, T(z) by
    bisection.

    Observable: `q` [W/m^2], with the heat of what reacts on the plates.

    Conditions: ideal gas; reaction fast against diffusion; the plates are catalysts; constant kappa; D goes as T^n.

    Source: J. N. Butler, R. S. Brokaw, J. Chem. Phys. 26 (1957) 1636.
    """

    species: tuple[str, str] = parameter(meaning="names of A2 and A")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="kappa at uniform composition")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="D at diffusivity_temperature")
    diffusivity_temperature: float = parameter(unit="K", above=0.0, meaning="temperature at which D is given")
    exponent: float = parameter(0.0, meaning="n of D ~ T^n")
    enthalpy: float = parameter(unit="J/mol", meaning="Delta_H_0 of A2 -> 2 A at 298.15 K")
    entropy: float = parameter(unit="J/mol/K", meaning="Delta_S_0 at 298.15 K and p_0")
    heat_capacity: float = parameter(0.0, unit="J/mol/K", meaning="Delta_c_p")
    standard_pressure: float = parameter(1e5, unit="Pa", above=0.0, meaning="p_0")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature at z = 0")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature at z = L")
    length: float = parameter(unit="m", above=0.0, meaning="distance L of the plates")

    def _heat(self, T: np.ndarray) -> np.ndarray:
        return self.enthalpy + self.heat_capacity * (T - 298.15)

    def fraction(self, T: np.ndarray) -> np.ndarray:
        """Mole fraction of A2 in equilibrium."""
        T = np.asarray(T, float)
        change = self._heat(T) - T * (self.entropy + self.heat_capacity * np.log(T / 298.15))
        K = self.standard_pressure / self.pressure * np.exp(-change / (_R * T))
        root = np.sqrt(K + 0.25 * K**2)
        return 1.0 / (1.0 + 0.5 * K + root)

    def effective_conductivity(self, T: np.ndarray) -> np.ndarray:
        """lambda [W/m/K]."""
        T, x = np.asarray(T, float), self.fraction(T)
        diffusivity = self.diffusivity * (T / self.diffusivity_temperature) ** self.exponent
        amount = self.pressure / (_R * T) * diffusivity / _R
        return self.conductivity + amount * (self._heat(T) / T) ** 2 * x * (1.0 - x) / (1.0 + x) ** 2

    def _conducted(self, T: np.ndarray) -> np.ndarray:
        """Integral of lambda from T_left to T."""
        T = np.asarray(T, float)
        half = 0.5 * (T - self.T_left)
        return half * (self.effective_conductivity(self.T_left + half[..., None] * (1.0 + _NODES)) @ _WEIGHTS)

    @cached_property
    def heat_flux(self) -> float:
        """q along +z [W/m^2]."""
        return -float(self._conducted(np.array(self.T_right))) / self.length

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        wanted = -self.heat_flux * np.asarray(x, float)
        low, high = (np.full_like(wanted, end) for end in (self.T_left, self.T_right))
        for _ in range(60):
            middle = 0.5 * (low + high)
            is_before = np.abs(self._conducted(middle)) < np.abs(wanted)
            low, high = np.where(is_before, middle, low), np.where(is_before, high, middle)
        T = 0.5 * (low + high)
        return {"T": T, f"x_{self.species[0]}": self.fraction(T)}

    def observables(self) -> Mapping[str, float]:
        return {"q": self.heat_flux}

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.T_left == self.T_right:
            return mistakes(["both plates have the same temperature"])
        return mistakes([])
