"""Two layers that cool between two boundaries."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

from .roots import tangent_roots

_TERMS = 80


@plugin("composite_transient")
class CompositeTransient(Solution):
    """Two layers in perfect contact, at T_start to begin with, between boundaries at T_left and T_right:

        T(x, t) = T_steady(x) + sum of B_n X_n(x) exp(-m_n^2 t)
        X = f_1 sin(m s_1(x)) on the left ,   f_2 sin(m s_2(x)) on the right ,   f_1/f_2 = sin(m a_2)/sin(m a_1)
        e_2 tan(m a_1) + e_1 tan(m a_2) = 0

    a_i = l_i sqrt(c_i/kappa_i);  e_i = sqrt(kappa_i c_i) effusivity;  s_1 = x sqrt(c_1/kappa_1),
    s_2 = (L - x) sqrt(c_2/kappa_2) times of travel from the nearer boundary [s^0.5];  l_i thickness [m], kappa_i
    conductivity [W/m/K], c_i heat capacity per volume [J/m^3/K] of the layers. The modes are orthogonal with the weight
    c. 80 terms give round-off for t >= 4e-3 (a_1 + a_2)^2.

    Observables at the given times: `q_left` and `q_right` [W/m^2], fluxes along +x, and `heat` [J/m^2], what has passed
    the right boundary since the start.

    Conditions: constant kappa_i and c_i; temperature and flux continuous at the interface.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), section 12.8; the modes here
    by separation of variables.
    """

    thicknesses: tuple[float, float] = parameter(unit="m", above=0.0, meaning="l_1, l_2 from left to right")
    conductivities: tuple[float, float] = parameter(unit="W/m/K", above=0.0, meaning="kappa_1, kappa_2")
    heat_capacities: tuple[float, float] = parameter(unit="J/m^3/K", above=0.0, meaning="c_1, c_2 per volume")
    T_start: float = parameter(unit="K", meaning="temperature to begin with")
    T_left: float = parameter(unit="K", meaning="temperature of the left boundary")
    T_right: float = parameter(unit="K", meaning="temperature of the right boundary")
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

    @cached_property
    def _factors(self) -> tuple[np.ndarray, np.ndarray]:
        """f_1, f_2 from continuity of the temperature, or of the flux for modes that vanish at the interface."""
        (u_1, u_2), (e_1, e_2) = self._travel[:, None] * self._roots, self._effusivity
        by_value = np.sin(u_1) ** 2 + np.sin(u_2) ** 2 > 1.0
        by_flux = e_2 * np.cos(u_2) / (e_1 + e_2), -e_1 * np.cos(u_1) / (e_1 + e_2)
        return np.where(by_value, np.sin(u_2), by_flux[0]), np.where(by_value, np.sin(u_1), by_flux[1])

    def _steady(self, x: np.ndarray) -> np.ndarray:
        resistance = np.concatenate([[0.0], np.cumsum(np.divide(self.thicknesses, self.conductivities))])
        T = self.T_left + (self.T_right - self.T_left) * resistance / resistance[-1]
        return np.interp(x, np.concatenate([[0.0], np.cumsum(self.thicknesses)]), T)

    def _modes(self, x: np.ndarray) -> np.ndarray:
        """X_n at positions x, shape (terms, n)."""
        m, (a_1, a_2) = self._roots[:, None], self._travel
        (f_1, f_2), (l_1, l_2), x = self._factors, self.thicknesses, np.atleast_1d(np.asarray(x, float))
        left = f_1[:, None] * np.sin(m * a_1 * x / l_1)
        return np.where(x <= l_1, left, f_2[:, None] * np.sin(m * a_2 * (l_1 + l_2 - x) / l_2))

    @cached_property
    def _amplitudes(self) -> np.ndarray:
        """B_n: the start less the steady state, projected on the modes with the weight c."""
        m, step = self._roots, float(self._steady(np.array(self.thicknesses[0])))
        overlap, norm = 0.0, 0.0
        boundaries = (self.T_left, self.T_right)
        for boundary, a, e, factor in zip(boundaries, self._travel, self._effusivity, self._factors):
            u, slope = m * a, (step - boundary) / a
            overlap = overlap + e * factor * (
                (self.T_start - boundary) * (1.0 - np.cos(u)) / m - slope * (np.sin(u) - u * np.cos(u)) / m**2
            )
            norm = norm + e * factor**2 * (0.5 * a - np.sin(2.0 * u) / (4.0 * m))
        return overlap / norm

    @property
    def _lead(self) -> float:
        """Heat through the right boundary, all time taken together, beyond that of the steady state [J/m^2].

        The integral of c (T_start - T_steady) R(x)/R(L) dx, R the resistance up to x; Simpson's rule is exact for it.
        """
        faces = np.concatenate([[0.0], np.cumsum(self.thicknesses)])
        share = np.concatenate([[0.0], np.cumsum(np.divide(self.thicknesses, self.conductivities))])
        total = 0.0
        for i, (thickness, capacity) in enumerate(zip(self.thicknesses, self.heat_capacities)):
            x = np.linspace(faces[i], faces[i + 1], 3)
            values = (self.T_start - self._steady(x)) * np.interp(x, faces, share / share[-1])
            total += capacity * thickness * float(values @ [1.0, 4.0, 1.0]) / 6.0
        return total

    def _at(self, t: float) -> np.ndarray:
        return self._amplitudes * np.exp(-(self._roots**2) * t)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        if t <= 0.0:
            return {"T": np.full(np.shape(x), self.T_start)}
        return {"T": self._steady(x) + self._at(t) @ self._modes(x)}

    def observables(self) -> Mapping[str, list[float]]:
        m, (f_1, f_2), (e_1, e_2) = self._roots, self._factors, self._effusivity
        steady = (self.T_left - self.T_right) / float(np.divide(self.thicknesses, self.conductivities).sum())
        left = [self._at(t) for t in sorted(self.times)]
        return {
            "q_left": [float(steady - e_1 * (each @ (m * f_1))) for each in left],
            "q_right": [float(steady + e_2 * (each @ (m * f_2))) for each in left],
            "heat": [float(steady * t + self._lead - e_2 * (self._at(t) @ (f_2 / m))) for t in sorted(self.times)],
        }
