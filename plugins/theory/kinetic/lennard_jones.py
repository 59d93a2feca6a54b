"""Collisions of molecules that attract each other, with orbits: the 12-6 potential of Lennard-Jones."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .potentials import Spectrum, cross_sections
from .quadrature import gauss_legendre

__all__ = ["LennardJones"]

_CRITICAL = 0.8  # no orbits above this energy
_AT_REST = 0.2 ** (1.0 / 6.0)  # 1/r of the orbit there


@dataclass(frozen=True)
class LennardJones:
    """U = 4 (r^-12 - r^-6); energies are in units of the well's depth.

    As for any force, b^2 = r^2 (1 - U(r)/E) makes the turning point r the variable of the
    integral over impact parameters.
    With u = 1/r, a = u^6 and z = (r/r')^2 along the path r', the integral of the angle has under its root (1 - z) H(z),

        H = 1 + (4/E) (a^2 z (1 + z + z^2 + z^3 + z^4) - a z (1 + z))
        chi = pi - 2 (b/r) int_0^(pi/2) dphi/sqrt(H(sin^2 phi))

    Below E = 0.8 there is an orbit: H(1) = 0 at a = (1 - sqrt(1 - 5 E/4))/5. Turning points outside of it and those
    inside of its barrier are two branches, and on both the angle grows like a logarithm; exponential steps towards the
    orbit take that in, and steps in asinh about the least H the near-singular path.

    Source: J. O. Hirschfelder, C. F. Curtiss, R. B. Bird, Molecular Theory of Gases and Liquids (1964), section 8.4.
    """

    low: float = 0.2
    high: float = 500.0
    impacts: int = 96
    path: int = 44
    panel: float = 0.6
    per_panel: int = 8

    def spectrum(self, degrees: int, dimension: int) -> Spectrum:
        nodes, weights = _energy_rule(math.log(1e-5 * self.low), math.log(45.0 * self.high), self.panel, self.per_panel)
        energies = np.exp(nodes)
        found = np.zeros((degrees, nodes.size))
        low = energies < _CRITICAL
        for part in (low, ~low):
            for angle, impact, width in self.deflection(energies[part]):
                found[:, part] += cross_sections(angle, impact, width, degrees, dimension)
        return Spectrum(energies, weights, found)

    def deflection(self, energies: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Angles chi, impact parameters b and weights db on two branches; energies all below 0.8, or all above it."""
        E = np.asarray(energies, float)[:, None]
        closest = (0.5 * (1.0 + np.sqrt(1.0 + E))) ** (1.0 / 6.0)
        if np.all(E < _CRITICAL):
            outer = (0.2 * (1.0 - np.sqrt(1.0 - 1.25 * E))) ** (1.0 / 6.0)
            inner = outer * np.sqrt(_behind_barrier(E, outer**6))
        else:
            outer = inner = np.full_like(E, _AT_REST)
        y, dy = gauss_legendre(self.impacts, 0.0, 32.0**0.5)
        near = np.exp(-(y**2))
        yield self._branch(E, outer * -np.expm1(-(y**2)), outer * near * 2.0 * y * dy)
        yield self._branch(E, inner + (closest - inner) * near, (closest - inner) * near * 2.0 * y * dy)

    def _branch(self, E: np.ndarray, u: np.ndarray, du: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        a = u**6
        ratio = np.sqrt(np.maximum(1.0 - 4.0 / E * a * (a - 1.0), 0.0))  # b/r
        end = 1.0 + 4.0 / E * a * (5.0 * a - 2.0)
        angle = np.pi - 2.0 * ratio * self._path(4.0 / E, a)
        return angle, ratio / u, du * end / (u**2 * ratio)

    def _path(self, k: np.ndarray, a: np.ndarray) -> np.ndarray:
        """Integral of dphi/sqrt(H) from 0 to pi/2."""
        least = _least(a)
        bottom, first, second = _height(k, a, least), _slope(k, a, least), np.abs(_bend(k, a, least))
        curvature = np.abs(4.0 * least * (1.0 - least) * second + 2.0 * first * (1.0 - 2.0 * least))
        bottom = np.maximum(bottom, 1e-300)
        width = 1.0 / np.sqrt(curvature / (2.0 * bottom) + np.sqrt(second / (2.0 * bottom)) + 0.1)
        centre = np.arcsin(np.sqrt(least))
        low, high = np.arcsinh(-centre / width), np.arcsinh((0.5 * np.pi - centre) / width)
        t, dt = gauss_legendre(self.path, 0.0, 1.0)
        total = np.zeros_like(a)
        for share, part in zip(t, dt):
            y = low + (high - low) * share
            phi = centre + width * np.sinh(y)
            total += part * np.cosh(y) / np.sqrt(np.maximum(_height(k, a, np.sin(phi) ** 2), 1e-300))
        return total * width * (high - low)


def _height(k, a, z):
    """H(z)."""
    return 1.0 + k * a * z * (a * (1.0 + z * (1.0 + z * (1.0 + z * (1.0 + z)))) - 1.0 - z)


def _slope(k, a, z):
    return k * a * (a * (1.0 + z * (2.0 + z * (3.0 + z * (4.0 + z * 5.0)))) - 1.0 - 2.0 * z)


def _bend(k, a, z):
    return k * a * (a * (2.0 + z * (6.0 + z * (12.0 + z * 20.0))) - 2.0)


def _least(a: np.ndarray) -> np.ndarray:
    """Where H is least on [0, 1]; Newton's method from the right, where the slope is convex and rising."""
    z = np.ones_like(a)
    for _ in range(12):
        rise = a * (2.0 + z * (6.0 + z * (12.0 + z * 20.0))) - 2.0
        step = _slope(1.0, a, z) / a / np.where(np.abs(rise) > 1e-12, rise, 1.0)
        z = np.where((a > 0.2) & (rise > 0.0), np.clip(z - step, 0.0, 1.0), z)
    return np.where(a >= 1.0, 0.0, z)


def _behind_barrier(E: np.ndarray, a: np.ndarray) -> np.ndarray:
    """z > 1 of the turning point behind the barrier, for the impact parameter of the orbit; a that of the orbit.

    H(z)/(1 - z) vanishes there; it is monotone in z > 1, so that bisection in ln z is safe and
    Newton's method makes it exact.
    """
    low, high = np.zeros_like(E), np.full_like(E, 40.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = _behind(E, a, np.exp(middle)) > 0.0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.exp(0.5 * (low + high))


def _behind(E, a, z):
    """(H(z) - H(1))/(z - 1), which is H(z)/(z - 1) at the orbit, in units of 4 a/E."""
    powers = 5.0 + z * (4.0 + z * (3.0 + z * (2.0 + z)))
    return a * powers - (2.0 + z)


def _energy_rule(low: float, high: float, panel: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Legendre panels in ln E, ever shorter towards the energy above which there are no orbits."""
    critical = math.log(_CRITICAL)
    steps = panel * 0.5 ** np.arange(1, 14)
    edges = np.concatenate([
        np.linspace(low, critical - panel, math.ceil((critical - panel - low) / panel) + 1),
        critical - steps, [critical], critical + steps[::-1],
        np.linspace(critical + panel, high, math.ceil((high - critical - panel) / panel) + 1),
    ])  # fmt: skip
    rules = [gauss_legendre(count, one, other) for one, other in itertools.pairwise(edges)]
    return np.concatenate([rule[0] for rule in rules]), np.concatenate([rule[1] for rule in rules])
