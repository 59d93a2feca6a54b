"""Cross sections of collisions as functions of the energy, for each force between molecules, in
units of its own scales.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .quadrature import gauss_legendre

__all__ = ["HardCore", "Hertzian", "Potential", "Spectrum", "cross_sections"]


@dataclass(frozen=True)
class Spectrum:
    """Q_l (degrees, energies) of a potential at some energies, with the weights of an integral over d ln E."""

    energies: np.ndarray
    weights: np.ndarray
    cross_sections: np.ndarray


class Potential(Protocol):
    """A force between two molecules that are not hard: lengths in diameters, energies in units
    of the potential's own scale.

    low and high bound the temperatures, k T over that scale, for which its spectrum is made.
    """

    low: float
    high: float

    def spectrum(self, degrees: int, dimension: int) -> Spectrum:
        """Q_l for l = 1 ... degrees, per diameter in two dimensions and per diameter^2 in three."""
        ...


def cross_sections(
    angle: np.ndarray, impact: np.ndarray, weights: np.ndarray, degrees: int, dimension: int
) -> np.ndarray:
    """Q_l, l = 1 ... degrees, from angles of deflection chi at impact parameters b with weights db.

    The shape of the result is (degrees, energies).
    The arrays have shape (energies, impacts). 1 - P_l is taken without cancellation where chi is small.
    """
    if dimension == 2:
        return np.stack([4.0 * np.sum(weights * np.sin(0.5 * l * angle) ** 2, axis=-1) for l in range(1, degrees + 1)])
    rows, area = [], 2.0 * np.pi * impact * weights
    lost = [np.zeros_like(angle), 2.0 * np.sin(0.5 * angle) ** 2]
    for l in range(1, degrees + 1):
        rows.append(np.sum(area * lost[1], axis=-1))
        # u_l = 1 - P_l from (l + 1) P_{l+1} = (2 l + 1) cos P_l - l P_{l-1}
        step = (2 * l + 1) * (1.0 - (1.0 - 2.0 * np.sin(0.5 * angle) ** 2) * (1.0 - lost[1]))
        lost = [lost[1], (step - l * lost[0]) / (l + 1)]
    return np.stack(rows)


@dataclass(frozen=True)
class HardCore:
    """Hard disks and spheres: cross sections that do not depend on the energy, and so no scale of it."""

    def constant(self, degrees: int, dimension: int) -> np.ndarray:
        """Q_l for l = 1 ... degrees: in two dimensions 2 (4 l^2)/(4 l^2 - 1) per
        diameter, pi per diameter^2 in three.
        """
        degree = np.arange(1.0, degrees + 1.0)
        return 8.0 * degree**2 / (4.0 * degree**2 - 1.0) if dimension == 2 else np.full(degrees, math.pi)


@dataclass(frozen=True)
class Hertzian:
    """U = (1 - r)^(5/2) for r < 1: soft near contact, and bounded; energies are in units of U(0) = Y sigma^(5/2).

    The turning point r = 1 - s^2 is the variable of the integral over impact parameters, b^2 = r^2 (1 - U(r)/E), so
    that no equation is solved. U is s^5 there, and with s inside the path scaled by its greatest value no root is left.

    Source: M. Hoshina, K. Okuda, Eur. Phys. J. B (2021), eqs. (3), (A.11) and (A.12).
    """

    low: float = 1e-9
    high: float = 0.02
    impacts: int = 48
    path: int = 28
    step: float = 0.15

    def spectrum(self, degrees: int, dimension: int) -> Spectrum:
        logs = np.arange(math.log(self.low) - 16.0, math.log(60.0 * self.high), self.step)
        energies = np.minimum(np.exp(logs), 1.0)
        angle, impact, weights = self.deflection(energies)
        return Spectrum(
            np.exp(logs), np.full_like(logs, self.step), cross_sections(angle, impact, weights, degrees, dimension)
        )

    def deflection(self, energies: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Angles chi, impact parameters b and weights db, each of shape (energies, impacts), for energies up to one."""
        deepest = np.asarray(energies, float)[:, None] ** 0.2
        v, dv = gauss_legendre(self.impacts, 0.0, 1.0)
        q = 1.0 - v**2
        s = deepest * q
        r = 1.0 - s**2
        speed = np.sqrt(_geometric(q)) * v  # sqrt(1 - q^5)
        b = r * speed
        slope = 2.0 * s * deepest * speed + r * 2.5 * q**4 / speed
        outside = np.arcsin(np.minimum(b, 1.0))
        return np.pi - 2.0 * (outside + b * self._inside(s, r, q)), b, slope * 2.0 * v * dv

    def _inside(self, s: np.ndarray, r: np.ndarray, q: np.ndarray) -> np.ndarray:
        """Integral of dr/(r^2 sqrt(1 - b^2/r^2 - U/E)) from the turning point to the edge of the potential."""
        w, dw = gauss_legendre(self.path, 0.0, 1.0)
        t = 1.0 - w**2
        s, r, q = s[..., None], r[..., None], q[..., None]
        position = 1.0 - (s * t) ** 2
        rise = s**2 * (1.0 + t) * (position + r) / position**2 * (1.0 - q**5) + q**5 * _geometric(t)
        return np.sum(dw * 4.0 * s**2 * t / (position**2 * np.sqrt(rise)), axis=-1)


def _geometric(x: np.ndarray) -> np.ndarray:
    """(1 - x^5)/(1 - x)."""
    return 1.0 + x * (1.0 + x * (1.0 + x * (1.0 + x)))
