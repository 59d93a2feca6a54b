"""Sealed cell between boundaries at two temperatures, with the full Soret-Dufour pair."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


@plugin("soret_sealed_cell")
class SoretSealedCell(Solution):
    """Steady state of a binary ideal gas sealed between boundaries at two temperatures, where only heat flows:

        J_A = 0 :   dx/dT = -S_T x (1 - x) ,   so   x/(1 - x) = K exp(-S_T T)
        q  = (1/L) integral of lambda dT from T_right to T_left    [W m^-2]
        lambda = kappa - c R T^2 x (1 - x) D'^2/D
        z(T) = (1/q) integral of lambda dT' from T to T_left

    x mole fraction of A; S_T = D'/D Soret coefficient [1/K], positive where A goes to the cold side; c = p/(R T);
    D diffusivity [m^2/s]; kappa conductivity at uniform composition [W/m/K]; L length [m]; q along +z. K follows from
    the mole fraction of the whole content, integral of c x dz = x_mean integral of c dz: moles are kept, not the
    mean of x. With c R T = p,  lambda = kappa - p T x (1 - x) D S_T^2.

    Conditions: uniform p; constant kappa, D, S_T; D'' = D' (Onsager); lambda > 0 throughout (the second law).

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="uniform pressure p")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa at uniform composition")
    soret_coefficient: float = parameter(unit="1/K", meaning="S_T = D'/D; positive drives A to the cold side")
    length: float = parameter(unit="m", above=0.0, meaning="distance L between the boundaries")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left boundary")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right boundary")
    x_mean: float = parameter(above=0.0, meaning="moles of A per mole of the whole content; below 1")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @cached_property
    def _logit_middle(self) -> float:
        """ln(x/(1 - x)) at the mean of the temperatures of the boundaries, from the moles of A."""

        def surplus(guess: float) -> float:
            def excess(T: np.ndarray) -> np.ndarray:
                return (self._fraction(T, guess) - self.x_mean) * self._lambda(T, guess) / T

            return float(_integrate(excess, self.T_left, np.asarray(self.T_right)))

        reach = 1.0 + abs(self.soret_coefficient * (self.T_left - self.T_right))
        mean = float(logit(self.x_mean))
        return brentq(surplus, mean - reach, mean + reach, xtol=1e-15, rtol=1e-15) if self._step else mean

    @property
    def _step(self) -> float:
        return self.T_left - self.T_right

    def _fraction(self, T: np.ndarray, middle: float) -> np.ndarray:
        """Mole fraction where the temperature is T."""
        return expit(middle - self.soret_coefficient * (T - 0.5 * (self.T_left + self.T_right)))

    def _lambda(self, T: np.ndarray, middle: float) -> np.ndarray:
        """Conductivity seen where J_A = 0 and the temperature is T."""
        x = self._fraction(T, middle)
        return self.conductivity - self.pressure * T * x * (1.0 - x) * self.diffusivity * self.soret_coefficient**2

    def _conducted(self, T: np.ndarray) -> np.ndarray:
        """Integral of lambda from T to T_left."""
        return _integrate(lambda at: self._lambda(at, self._logit_middle), np.asarray(T), np.asarray(self.T_left))

    def _temperature(self, x: np.ndarray) -> np.ndarray:
        """Temperature at positions x, by Newton's method on the conducted heat."""
        share = np.asarray(x, float) / self.length
        target = share * self._conducted(np.asarray(self.T_right))
        T = self.T_left - share * self._step
        for _ in range(12):
            T = T + (self._conducted(T) - target) / self._lambda(T, self._logit_middle)
        return T

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        T = self._temperature(x)
        return {"T": T, f"x_{self.species}": self._fraction(T, self._logit_middle)}

    def observables(self) -> Mapping[str, float]:
        return {"q": float(self._conducted(np.asarray(self.T_right))) / self.length}

    def validate(self, context: Context) -> Iterable[Issue]:
        if not self.x_mean < 1.0:
            return mistakes([f"x_mean = {self.x_mean:g} must be below 1"])
        hottest = max(self.T_left, self.T_right)
        if self.conductivity <= 0.25 * self.pressure * hottest * self.diffusivity * self.soret_coefficient**2:
            return mistakes(
                ["lambda = kappa - p T x (1 - x) D S_T^2 may fall to zero: the coefficients break the second law"]
            )
        return mistakes([])


def _integrate(function: Callable[[np.ndarray], np.ndarray], start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Integral from start to end (either may be an array) by Gauss's rule; exact to round-off for smooth functions."""
    half = 0.5 * (end - start)[..., None]
    middle = 0.5 * (end + start)[..., None]
    return (function(middle + half * _NODES) * half * _WEIGHTS).sum(axis=-1)
