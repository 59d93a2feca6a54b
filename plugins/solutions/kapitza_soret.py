"""Two porous plugs with a thermal resistance between them, sealed, with the Soret-Dufour pair."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
from scipy.optimize import root
from scipy.special import expit, logit

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .layers import layer_of

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_PAIR = ("lengths", "diffusivities", "conductivities", "soret_coefficients")


@plugin("kapitza_soret")
class KapitzaSoret(Solution):
    """Steady state of a binary ideal gas in two layers with a thermal resistance R between them, sealed:  J_A = 0

        x/(1 - x) = K exp(-S_T (T - T_i))        in each layer, T_i on its side of the interface, K the same in both
        q l_1 = integral of lambda_1 dT from T_1 to T_left ,   q l_2 = integral of lambda_2 dT from T_right to T_2
        q R = T_1 - T_2                           T_1, T_2 on the left and right side of the interface
        lambda = kappa - p T x (1 - x) D S_T^2    conductivity where J_A = 0  [W/m/K]

    x mole fraction of A, continuous at the interface; l thickness [m]; kappa conductivity at uniform composition
    [W/m/K]; D diffusivity [m^2/s]; S_T Soret coefficient [1/K], each constant in its layer; c = p/(R_gas T); q along
    +x. K follows from the moles of A, integral of c x dz = x_mean integral of c dz.

    Conditions: uniform p; D'' = D' (Onsager); lambda > 0 throughout (the second law).

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7, in each layer;
    G. L. Pollack, Rev. Mod. Phys. 41 (1969) 48, for the resistance.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="uniform pressure p")
    lengths: tuple[float, ...] = parameter(unit="m", above=0.0, meaning="thicknesses l_1, l_2")
    diffusivities: tuple[float, ...] = parameter(unit="m^2/s", above=0.0, meaning="diffusivities D_1, D_2")
    conductivities: tuple[float, ...] = parameter(unit="W/m/K", above=0.0, meaning="kappa_1, kappa_2")
    soret_coefficients: tuple[float, ...] = parameter(unit="1/K", meaning="S_T,1 and S_T,2")
    resistance: float = parameter(unit="m^2*K/W", minimum=0.0, meaning="thermal resistance R of the interface")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left boundary")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right boundary")
    x_mean: float = parameter(above=0.0, meaning="moles of A per mole of the whole content; below 1")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def _fraction(self, layer: int, T: np.ndarray, T_i: float, log_K: float) -> np.ndarray:
        """Mole fraction in a layer where the temperature is T."""
        return expit(log_K - self.soret_coefficients[layer] * (T - T_i))

    def _lambda(self, layer: int, T: np.ndarray, T_i: float, log_K: float) -> np.ndarray:
        """Conductivity of a layer where J_A = 0 and the temperature is T."""
        x, S_T = self._fraction(layer, T, T_i, log_K), self.soret_coefficients[layer]
        return self.conductivities[layer] - self.pressure * T * x * (1.0 - x) * self.diffusivities[layer] * S_T**2

    def _integrals(self, layer: int, start: np.ndarray, T_i: float, log_K: float) -> np.ndarray:
        """Integrals of lambda, lambda/T and lambda x/T from start to T_i, shape (3, ...), by Gauss's rule."""
        half = 0.5 * (T_i - np.asarray(start, float))[..., None]
        T = T_i - half * (1.0 - _NODES)
        conductivity = self._lambda(layer, T, T_i, log_K)
        parts = (conductivity, conductivity / T, conductivity * self._fraction(layer, T, T_i, log_K) / T)
        return np.stack([(part * half * _WEIGHTS).sum(axis=-1) for part in parts])

    @cached_property
    def _interface(self) -> tuple[float, float, float, float]:
        """T_1, T_2, ln K and q."""
        step, resistances = self.T_left - self.T_right, np.divide(self.lengths, self.conductivities)
        guess = step / (resistances.sum() + self.resistance)

        def residuals(unknowns: np.ndarray) -> list[float]:
            q, log_K = unknowns[2] * guess, unknowns[3]
            T_1, T_2 = self.T_left - unknowns[0] * step, self.T_right + unknowns[1] * step
            first = -self._integrals(0, np.array(self.T_left), T_1, log_K)
            second = self._integrals(1, np.array(self.T_right), T_2, log_K)
            excess = (first + second)[2] - self.x_mean * (first + second)[1]
            balances = [first[0] - q * self.lengths[0], second[0] - q * self.lengths[1]]
            scale = guess * sum(self.lengths)
            return [*(each / scale for each in balances), (T_1 - T_2 - q * self.resistance) / step, excess / scale]

        start = [guess * resistances[0] / step, guess * resistances[1] / step, 1.0, float(logit(self.x_mean))]
        left, right, flux, log_K = root(residuals, start, tol=1e-14).x
        return self.T_left - left * step, self.T_right + right * step, float(log_K), float(flux * guess)

    def _temperature(self, layer: int, distance: np.ndarray) -> np.ndarray:
        """Temperature at distances to the right of the interface [m], by Newton's method on the conducted heat."""
        *sides, log_K, q = self._interface
        T = sides[layer] - q * distance / self.conductivities[layer]
        for _ in range(12):
            conducted = self._integrals(layer, T, sides[layer], log_K)[0]
            T = T + (conducted - q * distance) / self._lambda(layer, T, sides[layer], log_K)
        return T

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        x = np.atleast_1d(np.asarray(x, float))
        layers, (*sides, log_K, _) = layer_of(x, self.lengths[:1]), self._interface
        T, fraction = np.empty_like(x), np.empty_like(x)
        for layer in (0, 1):
            here = layers == layer
            T[here] = self._temperature(layer, x[here] - self.lengths[0])
            fraction[here] = self._fraction(layer, T[here], sides[layer], log_K)
        return {"T": T, f"x_{self.species}": fraction}

    def observables(self) -> Mapping[str, float]:
        T_1, T_2, log_K, q = self._interface
        ends = {f"x_{self.species}_hot": (0, self.T_left, T_1), f"x_{self.species}_cold": (1, self.T_right, T_2)}
        fractions = {
            name: float(self._fraction(layer, np.array(T), T_i, log_K)) for name, (layer, T, T_i) in ends.items()
        }
        return {"q": q, "T_1": T_1, "T_2": T_2, f"x_{self.species}_interface": float(expit(log_K)), **fractions}

    def validate(self, context: Context) -> Iterable[Issue]:
        wrong = [f"{name}: two layers have two" for name in _PAIR if len(getattr(self, name)) != 2]
        if not self.x_mean < 1.0:
            wrong.append(f"x_mean = {self.x_mean:g} must be below 1")
        if self.T_left == self.T_right:
            wrong.append("T_left and T_right are equal: nothing flows")
        if wrong:
            return mistakes(wrong)
        most = 0.25 * self.pressure * max(self.T_left, self.T_right)
        each = zip(self.conductivities, self.diffusivities, self.soret_coefficients)
        if any(kappa <= most * D * S_T**2 for kappa, D, S_T in each):
            return mistakes(["lambda = kappa - p T x (1 - x) D S_T^2 may fall to zero, against the second law"])
        return mistakes([])
