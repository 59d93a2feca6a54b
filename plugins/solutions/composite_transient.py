"""Two layers that cool between two walls."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

from .roots import tangent_roots

_TERMS = 80


@plugin("composite_transient")
class CompositeTransient(Solution):
    """Two layers in perfect contact, at T_start to begin with, between walls at T_left and T_right:

        T(x, t) = T_steady(x) + sum of B_n X_n(x) exp(-m_n^2 t)
        X = sin(m s_1(x)) sin(m a_2) on the left ,   sin(m s_2(x)) sin(m a_1) on the right
        e_2 tan(m a_1) + e_1 tan(m a_2) = 0

    a_i = l_i sqrt(c_i/kappa_i);  e_i = sqrt(kappa_i c_i) effusivity;  s_1 = x sqrt(c_1/kappa_1),
    s_2 = (L - x) sqrt(c_2/kappa_2) times of travel from the nearer wall [s^0.5];  l_i thickness [m], kappa_i conductivity
    [W/m/K], c_i heat capacity per volume [J/m^3/K] of the layers. The modes are orthogonal with the weight c.
    80 terms give round-off for t >= 4e-3 (a_1 + a_2)^2.

    Observables at the given times: `interface` [K], `q_left` and `q_right` [W/m^2], fluxes along +x.

    Conditions: constant kappa_i and c_i; temperature and flux continuous at the interface.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), section 12.8; the modes here
    by separation of variables.
    """

    thicknesses: tuple[float, float] = parameter(unit="m", above=0.0, meaning="l_1, l_2 from left to right")
    conductivities: tuple[float, float] = parameter(unit="W/m/K", above=0.0, meaning="kappa_1, kappa_2")
    heat_capacities: tuple[float, float] = parameter(unit="J/m^3/K", above=0.0, meaning="c_1, c_2 per volume")
    T_start: float = parameter(unit="K", meaning="temperature to begin with")
    T_left: float = parameter(unit="K", meaning="temperature of the left wall")
    T_right: float = parameter(unit="K", meaning="temperature of the right wall")
    times: tuple[float, ...] = parameter((), unit="s", above=0.0, meaning="times at which the observables are read")

    @property
    def _travel(self) -> np.ndarray:
        """a_1, a_2 [s^0.5]."""
        return np.array(self.thicknesses) * np.sqrt(np.divide(self.heat_capacities, self.conductivities))

    @property
    def _effusivity(self) -> np.ndarray:
        return np.sqrt(np.multiply(self.heat_capacities, self.conductivities))

    @cached_property
    def _roots(self) -> np.ndarray:
        first, second = self._effusivity
        return tangent_roots(second / first, *self._travel, _TERMS)

    def _steady(self, x: np.ndarray) -> np.ndarray:
        resistance = np.concatenate([[0.0], np.cumsum(np.divide(self.thicknesses, self.conductivities))])
        T = self.T_left + (self.T_right - self.T_left) * resistance / resistance[-1]
        return np.interp(x, np.concatenate([[0.0], np.cumsum(self.thicknesses)]), T)

    def _modes(self, x: np.ndarray) -> np.ndarray:
        """X_n at positions x, shape (terms, n)."""
        m, (first, second) = self._roots[:, None], self._travel
        (l_1, l_2), x = self.thicknesses, np.atleast_1d(np.asarray(x, float))
        left = np.sin(m * first * x / l_1) * np.sin(m * second)
        return np.where(x <= l_1, left, np.sin(m * second * (l_1 + l_2 - x) / l_2) * np.sin(m * first))

    @cached_property
    def _amplitudes(self) -> np.ndarray:
        """B_n: the start less the steady state, projected on the modes with the weight c."""
        m, step = self._roots, float(self._steady(np.array(self.thicknesses[0])))
        overlap, norm = 0.0, 0.0
        walls = (self.T_left, self.T_right)
        for i, (wall, a, e) in enumerate(zip(walls, self._travel, self._effusivity)):
            factor, u = np.sin(m * self._travel[1 - i]), m * a
            slope = (step - wall) / a
            overlap = overlap + e * factor * (
                (self.T_start - wall) * (1.0 - np.cos(u)) / m - slope * (np.sin(u) - u * np.cos(u)) / m**2
            )
            norm = norm + e * factor**2 * (0.5 * a - np.sin(2.0 * u) / (4.0 * m))
        return overlap / norm

    def _at(self, t: float) -> np.ndarray:
        return self._amplitudes * np.exp(-(self._roots**2) * t)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        if t <= 0.0:
            return {"T": np.full(np.shape(x), self.T_start)}
        return {"T": self._steady(x) + self._at(t) @ self._modes(x)}

    def observables(self) -> Mapping[str, list[float]]:
        m, (a_1, a_2), (e_1, e_2) = self._roots, self._travel, self._effusivity
        steady = (self.T_left - self.T_right) / float(np.divide(self.thicknesses, self.conductivities).sum())
        left = [self._at(t) for t in sorted(self.times)]
        middle = self._modes(np.array([self.thicknesses[0]]))[:, 0]
        interface = float(self._steady(np.array(self.thicknesses[0])))
        return {
            "interface": [interface + float(each @ middle) for each in left],
            "q_left": [steady - e_1 * float(each @ (m * np.sin(m * a_2))) for each in left],
            "q_right": [steady + e_2 * float(each @ (m * np.sin(m * a_1))) for each in left],
        }
