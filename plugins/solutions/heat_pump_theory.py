"""Closed forms of the Dufour heat pump: what one cycle draws, costs and yields. NumPy only.

Each function gives one cycle, per whole width L_y: (44) and (61) of the source are powers, these times the
duration of a cycle. The cycle separates for long in the field, connected to the bath T_h alone, and mixes for
long between both baths, at T_h and T_c = T_h - dT. Equation numbers are those of M. Hoshina and K. Okuda, heat
pump model utilizing the Dufour effect.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np

__all__ = [
    "Profile",
    "Pump",
    "coefficient_of_performance",
    "heat_drawn",
    "heat_drawn_as_printed",
    "work_as_printed",
    "work_done",
]

Profile = Literal["straight", "exact", "uniform"]
_POINTS = 400


@dataclass(frozen=True)
class Pump:
    """The gas and its vessel. T is the mean temperature of the baths; capacity c_p is per volume;
    charges are -q of A, q of B.

    conductivity is lambda of (68), k_T = T x_A x_B D'/D of (47) at the mean state.
    """

    n: float
    L: float
    L_y: float
    k_T: float
    conductivity: float = 0.0
    capacity: float = 0.0
    x_mean: float = 0.5
    T: float = 1.0
    q: float = 1.0
    k_B: float = 1.0

    @property
    def particles(self) -> float:
        """Number of particles of both kinds, N."""
        return self.n * self.L * self.L_y

    def reach(self, E: float, dT: float = 0.0) -> float:
        """E q/(k_B T_h), the reciprocal length over which the field separates."""
        return E * self.q / (self.k_B * (self.T + 0.5 * dT))

    def separated(
        self, x: np.ndarray, E: float, dT: float = 0.0, profile: Profile = "exact"
    ) -> tuple[np.ndarray, np.ndarray]:
        """Number density and mole fraction of A at the end of the separation, at T_h.

        exact: (32) and (34), in mechanical equilibrium; uniform: the same ratios of Boltzmann at uniform density,
        normalised by the number of A; straight: (33) and (35), the first order in E of the former.
        """
        if profile == "uniform":
            return np.full(np.shape(x), self.n), self._at_uniform_density(x, E, dT)
        share, rise = self.x_mean, self.reach(E, dT) * (0.5 * self.L - np.asarray(x))
        if profile == "straight":
            return self.n * (1.0 + (2.0 * share - 1.0) * rise), share + 2.0 * share * (1.0 - share) * rise
        half = 0.5 * self.reach(E, dT) * self.L
        scale = self.n * (half / np.sinh(half) if half else 1.0)
        light, heavy = share * np.exp(rise), (1.0 - share) * np.exp(-rise)
        return scale * (light + heavy), light / (light + heavy)

    def _at_uniform_density(self, x: np.ndarray, E: float, dT: float) -> np.ndarray:
        """1/(1 + s exp(2 b x)), whose mean over [0, L] is x_mean."""
        b = 2.0 * self.reach(E, dT)
        if not b:
            return np.full(np.shape(x), self.x_mean)
        heavy = b * self.L * (1.0 - self.x_mean)
        s = np.expm1(heavy) / (np.exp(b * self.L) - np.exp(heavy))
        return 1.0 / (1.0 + s * np.exp(b * np.asarray(x)))

    def mixed(self, x: np.ndarray, dT: float) -> tuple[np.ndarray, np.ndarray]:
        """Number density (56) and mole fraction of A (59) at the end of the mixing, to the first order in dT."""
        rise = dT * (np.asarray(x) - 0.5 * self.L) / (self.T * self.L)
        return self.n * (1.0 + rise), self.x_mean + self.k_T * rise


def heat_drawn(pump: Pump, E: float, dT: float = 0.0, mixing: float = 0.0, profile: Profile = "straight") -> float:
    """Heat Q_c drawn from the cold bath by the linearised equations (30), (31), from any profile of the separated gas.

    With the straight profile it is (44) = (48) at dT = 0, else (61) with beta (1 - dT/(2 T)) replaced
    by 1/(k_B T_h), which is exact for the linearised problem. mixing is the duration of that phase,
    through which the baths short-circuit.
    """
    x, weights = _gauss(pump.L)
    risen = pump.mixed(x, dT)[1] - pump.separated(x, E, dT, profile)[1]
    cross = pump.n * pump.k_B * pump.T * pump.k_T / (pump.x_mean * (1.0 - pump.x_mean))
    leaked = pump.capacity * pump.L / 3.0 + pump.conductivity * mixing / pump.L
    return -pump.L_y * (cross / pump.L * float(weights @ (x * risen)) + leaked * dT)


def heat_drawn_as_printed(pump: Pump, E: float, dT: float = 0.0, mixing: float = 0.0) -> float:
    """Q_c by (66) as it is printed: `heat_drawn` from the straight profile to the first order in dT."""
    n, L, k_T, share = pump.n, pump.L, pump.k_T, pump.x_mean * (1.0 - pump.x_mean)
    pulled = n * k_T * E * pump.q * L**2
    slope = 2.0 * pump.capacity * L + pump.k_B * n * k_T**2 * L / (2.0 * share) - pulled / (2.0 * pump.T)
    return -pump.L_y / 6.0 * ((slope + 6.0 * pump.conductivity * mixing / L) * dT + pulled)


def work_done(pump: Pump, E: float, dT: float = 0.0, profile: Profile = "exact") -> float:
    """Work W_E of the field in one separation, (28) and (62): the potential energy (27) that mixing gives back.

    By the profiles (32) and (34) as they are; uniform: all of it at uniform density.
    """
    x, weights = _gauss(pump.L)
    separated, mixed = pump.separated(x, E, dT, profile), pump.mixed(x, dT)
    if profile == "uniform":
        mixed = (np.full(x.shape, pump.n), mixed[1])
    energies = [density * (2.0 * fraction - 1.0) for density, fraction in (mixed, separated)]
    return pump.q * E * pump.L_y * float(weights @ (x * (energies[0] - energies[1])))


def work_as_printed(pump: Pump, E: float, dT: float = 0.0) -> float:
    """W_E by (64), which is (45) at dT = 0: second order in E, first in dT."""
    n, L, share = pump.n, pump.L, pump.x_mean
    thermal = (2.0 * share - 1.0 + 2.0 * pump.k_T) * dT / pump.T
    pulled = (1.0 - 0.5 * dT / pump.T) * E * pump.q * L / (pump.k_B * pump.T)
    return n * pump.q * E * pump.L_y * L**2 / 12.0 * (thermal + pulled)


def coefficient_of_performance(pump: Pump, E: float, dT: float = 0.0, mixing: float = 0.0) -> float:
    """COP by (67) as it is printed, which is (46) = (49) at dT = 0 for equal numbers of A and B."""
    return heat_drawn_as_printed(pump, E, dT, mixing) / work_as_printed(pump, E, dT)


def _gauss(length: float) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights of Gauss-Legendre on [0, length]."""
    points, weights = _rule()
    return 0.5 * length * (1.0 + points), 0.5 * length * weights


@functools.cache
def _rule() -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(_POINTS)
