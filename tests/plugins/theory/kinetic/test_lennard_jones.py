"""Collisions of Lennard-Jones molecules against trajectories, tables and plain quadrature."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.lennard_jones import LennardJones
from fvtransport.plugins.theory.kinetic.potentials import cross_sections
from scipy.integrate import quad
from scipy.optimize import brentq

from tests.tools.trajectories import flown


def lennard_jones_force(r: float) -> float:
    return 48 * r**-13 - 24 * r**-7


@pytest.mark.parametrize("E", [0.3, 0.79, 0.81, 2.0, 30.0])
def test_lennard_jones_angle_is_that_of_the_trajectory(E):
    """On both branches, near the orbit too; turns add up, and the far field is cut at r = 60."""
    for angle, impact, _ in LennardJones().deflection(np.array([E])):
        for k in range(2, 38, 6):
            if impact[0, k] < 8:
                difference = flown(lennard_jones_force, E, impact[0, k], 60.0) - angle[0, k]
                assert (difference + np.pi) % (2 * np.pi) - np.pi == pytest.approx(0, abs=2e-5)


@functools.lru_cache
def lennard_jones():
    return LennardJones().spectrum(2, 3)


def omega(l: int, s: int, T: float) -> float:
    """Omega(l, s)* of Lennard-Jones molecules in space by itself, from Q_l on the energies of a spectrum."""
    spectrum = lennard_jones()
    x = spectrum.energies / T
    Q = spectrum.cross_sections[0] / np.pi if l == 1 else spectrum.cross_sections[1] * (2 / 3) / np.pi
    full = math.factorial(s + 1) * (1 if l == 1 else 2 / 3)
    return float(np.sum(spectrum.weights * x ** (s + 2) * np.exp(-x) * Q)) / full


@pytest.mark.parametrize(
    "T, diffusion, viscosity",
    [(0.3, 2.649, 2.840), (1.0, 1.440, 1.593), (2.0, 1.075, 1.176), (5.0, 0.8428, 0.9268), (10.0, 0.7422, 0.8244)],
)
def test_lennard_jones_integrals_are_those_of_the_tables(T, diffusion, viscosity):
    """R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), table E.2."""
    assert omega(1, 1, T) == pytest.approx(diffusion, rel=1.5e-3)
    assert omega(2, 2, T) == pytest.approx(viscosity, rel=1.5e-3)


@pytest.mark.parametrize(
    "T, A, B, C",
    [
        (0.5, 1.1053, 1.2865, 0.82629),
        (1.0, 1.1063, 1.1919, 0.83630),
        (2.0, 1.0934, 1.1197, 0.88479),
        (10.0, 1.1107, 1.0923, 0.94419),
    ],
)
def test_ratios_of_lennard_jones_integrals_are_those_of_the_tables(T, A, B, C):
    """A*, B* and C* at no dipole moment: L. Monchick, E. A. Mason, J. Chem. Phys. 35 (1961) 1676."""
    first = omega(1, 1, T)
    assert omega(2, 2, T) / first == pytest.approx(A, rel=7e-4)
    assert (5 * omega(1, 2, T) - 4 * omega(1, 3, T)) / first == pytest.approx(B, rel=7e-4)
    assert omega(1, 2, T) / first == pytest.approx(C, rel=3e-4)


@pytest.mark.parametrize("T", [0.3, 1.0, 3.0, 30.0, 100.0])
def test_lennard_jones_integrals_are_those_of_the_fit(T):
    """P. D. Neufeld, A. R. Janzen, R. A. Aziz, J. Chem. Phys. 57 (1972) 1100, which is
    within 0.1 % by its own account.
    """
    viscosity = 1.16145 * T**-0.14874 + 0.52487 * math.exp(-0.77320 * T) + 2.16178 * math.exp(-2.43787 * T)
    diffusion = 1.06036 * T**-0.15610 + 0.19300 * math.exp(-0.47635 * T) + 1.03587 * math.exp(-1.52996 * T)
    assert omega(2, 2, T) == pytest.approx(viscosity, rel=1e-3)
    assert omega(1, 1, T) == pytest.approx(diffusion + 1.76474 * math.exp(-3.89411 * T), rel=1e-3)


@pytest.mark.parametrize("E", [1.3, 10.0, 100.0])
def test_lennard_jones_cross_sections_are_those_of_plain_quadrature(E):
    """sum of 1 - cos chi and 1 - cos^2 chi over impact parameters, with the turning point from
    a root and adaptive rules.
    """

    def angle(b: float) -> float:
        def room(u):
            return 1 - (b * u) ** 2 - 4 / E * (u**12 - u**6)

        grid = np.linspace(0, 3, 4000)
        first = grid[np.flatnonzero(room(grid) < 0)[0]]
        end = brentq(room, first - grid[1], first, xtol=1e-15)
        # u = end (1 - s^2) takes the root of the turning point away
        path = quad(
            lambda s: 2 * s * end / math.sqrt(max(room(end * (1 - s * s)), 1e-300)), 1e-9, 1, epsabs=1e-10, limit=200
        )
        return math.pi - 2 * b * path[0]

    def cross_section(power: int) -> float:
        rule = {"epsabs": 1e-5, "epsrel": 1e-5, "limit": 100, "points": (0.8, 1.2, 2.0)}
        return quad(lambda b: 2 * math.pi * b * (1 - math.cos(angle(b)) ** power), 1e-9, 6, **rule)[0]

    wanted = [cross_section(1), cross_section(2)]
    Q = sum(cross_sections(*branch, 2, 3) for branch in LennardJones().deflection(np.array([E])))[:, 0]
    assert [Q[0], 2 / 3 * Q[1]] == pytest.approx(wanted, rel=2e-5)
