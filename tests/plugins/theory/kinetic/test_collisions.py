"""Angles of deflection against trajectories, collision integrals against published ones and against themselves."""

from __future__ import annotations

import functools
import math
import time

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.collisions import Pair, moments
from fvtransport.plugins.theory.kinetic.lennard_jones import LennardJones
from fvtransport.plugins.theory.kinetic.potentials import HardCore, Hertzian, cross_sections
from scipy.integrate import quad, solve_ivp
from scipy.optimize import brentq

FINE = {
    Hertzian: Hertzian(impacts=96, path=60, step=0.08),
    LennardJones: LennardJones(impacts=160, path=80, panel=0.35, per_panel=10),
}


def hertzian_force(r: float) -> float:
    return 2.5 * (1 - r) ** 1.5 if r < 1 else 0.0


def lennard_jones_force(r: float) -> float:
    return 48 * r**-13 - 24 * r**-7


def flown(force, E: float, b: float, far: float, longest: float = np.inf) -> float:
    """Angle by which a particle of mass 1 is turned, kinetic energy E far away, in steps no longer than a length."""
    speed = math.sqrt(2 * E)

    def motion(t, y):
        r = math.hypot(y[0], y[1])
        push = force(r) / r
        return [y[2], y[3], push * y[0], push * y[1]]

    def left(t, y):
        return math.hypot(y[0], y[1]) - 1.001 * math.hypot(far, b)

    left.terminal, left.direction = True, 1
    start = [-far, b, speed, 0.0]
    done = solve_ivp(
        motion,
        (0, 100 * far / speed),
        start,
        method="DOP853",
        rtol=1e-11,
        atol=1e-12,
        events=left,
        max_step=longest / speed,
    )
    return math.atan2(done.y[3, -1], done.y[2, -1])


@pytest.mark.parametrize("E", [1e-5, 0.01, 0.5])
def test_hertzian_angle_is_that_of_the_trajectory(E):
    angle, impact, _ = Hertzian().deflection(np.array([E]))
    for k in (3, 15, 30, 40):
        assert flown(hertzian_force, E, impact[0, k], 1.2, 0.003) == pytest.approx(angle[0, k], rel=0, abs=2e-6)


@pytest.mark.parametrize("E", [0.3, 0.79, 0.81, 2.0, 30.0])
def test_lennard_jones_angle_is_that_of_the_trajectory(E):
    """On both branches, near the orbit too; turns add up, and the far field is cut at r = 60."""
    for angle, impact, _ in LennardJones().deflection(np.array([E])):
        for k in range(2, 38, 6):
            if impact[0, k] < 8:
                difference = flown(lennard_jones_force, E, impact[0, k], 60.0) - angle[0, k]
                assert (difference + np.pi) % (2 * np.pi) - np.pi == pytest.approx(0, abs=2e-5)


def test_hard_cross_sections_are_the_limit_of_stiff_ones():
    """Q_l of hard disks and spheres, and how soft ones come near to them: like (k T/Y)^(2/5)."""
    for dimension in (2, 3):
        hard = HardCore().constant(4, dimension)
        gap = [1 - Hertzian().spectrum(4, dimension).cross_sections[:, k] / hard for k in (10, 20)]
        assert gap[1][0] / gap[0][0] == pytest.approx(math.exp(10 * 0.15 * 0.4), rel=0.02)
        assert np.abs(gap[0]).max() < 1e-5


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


@pytest.mark.parametrize(
    "kind, dimension, tolerance", [(Hertzian, 2, 1e-11), (Hertzian, 3, 1e-11), (LennardJones, 3, 4e-8)]
)
def test_moments_have_converged(kind, dimension, tolerance):
    _, found = moments(kind(), 2, dimension)
    _, fine = moments(FINE[kind], 2, dimension)
    assert found == pytest.approx(fine, rel=0, abs=tolerance * np.abs(fine).max())


@pytest.mark.parametrize("potential, T", [(Hertzian(), 2.3e-5), (LennardJones(), 1.7)])
def test_series_in_temperature_are_as_good_as_the_integrals(potential, T):
    """A bracket at a temperature between the nodes, and the same from a range of temperatures that is made for it."""
    wide = Pair(potential, (1.0, 10.0), 1.0, 1.0, 2, 3).rates(T, 1.0, False)
    near = type(potential)(low=T / 1.3, high=T * 1.3)
    narrow = Pair(near, (1.0, 10.0), 1.0, 1.0, 2, 3).rates(T, 1.0, False)
    for position in ((0, 0), (0, 1), (1, 2)):
        assert wide.own(*position) == pytest.approx(narrow.own(*position), rel=1e-8, abs=1e-9)


def test_the_first_call_takes_less_than_a_second():
    moments.cache_clear()
    start = time.process_time()
    Pair(Hertzian(), (1.0, 10.0), 1.0, 1e5, 1, 2).rates(np.array([1.0]), 1.0, False)
    assert time.process_time() - start < 1.0


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
