"""Coefficients of dilute gases against closed forms, the paper's own equations and themselves in other words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.chapman_enskog import DiluteState
from fvtransport.plugins.theory.kinetic.molecules import dilute_gas
from fvtransport.plugins.theory.kinetic.potentials import Hertzian

PI = math.pi


def gas(
    masses, x, T=1.0, *, diameters=1.0, wells=None, stiffness=None, order=1, dimension=2, special=()
) -> DiluteState:
    """A gas in reduced units."""
    count = len(masses)
    sizes = (diameters,) * count if isinstance(diameters, float) else diameters
    model = dilute_gas(tuple(masses), sizes, wells, special, stiffness, order, dimension).gas
    return model.at(T, x, 1.0, 1.0)


def heat_pump(order=1, x=0.5, T=1.0, stiffness=1e5) -> DiluteState:
    """The gas of the heat pump: masses 1 and 10, Hertzian disks."""
    return gas((1.0, 10.0), (x, 1 - x), T, stiffness=stiffness, order=order)


def thermal_diffusion_ratio(state: DiluteState) -> float:
    return state.x[0] * state.x[1] * state.thermal_diffusion_factor(0, 1)


@pytest.mark.parametrize("x", [0.0, 0.3, 1.0])
def test_like_disks(x):
    state = gas((2.0, 2.0), (x, 1 - x), 3.0, diameters=0.7, dimension=2)
    speed = math.sqrt(3.0 / (PI * 2.0))
    assert state.conductivity == pytest.approx(2 * speed / 0.7, rel=1e-13)
    assert state.diffusivity(0, 1, 0.4) == pytest.approx(speed / (2 * 0.4 * 0.7), rel=1e-13)
    assert state.viscosity == pytest.approx(2.0 * speed / (2 * 0.7), rel=1e-13)
    assert state.thermal_diffusion_factor(0, 1) == pytest.approx(0, abs=1e-13)


@pytest.mark.parametrize("x", [0.0, 0.3, 1.0])
def test_like_spheres(x):
    state = gas((2.0, 2.0), (x, 1 - x), 3.0, diameters=0.7, dimension=3)
    speed = math.sqrt(3.0 / (PI * 2.0)) / 0.7**2
    assert state.conductivity == pytest.approx(75 / 64 * speed, rel=1e-13)
    assert state.diffusivity(0, 1, 0.4) == pytest.approx(3 / 8 * speed / 0.4, rel=1e-13)
    assert state.viscosity == pytest.approx(5 / 16 * 2.0 * speed, rel=1e-13)


def test_orders_of_like_spheres():
    """45/44 and 1.02513 of the first order are S. Chapman's and T. G. Cowling's second and fourth (section 10.21)."""
    first, second, fourth = (gas((1.0, 1.0), (0.5, 0.5), dimension=3, order=n).conductivity for n in (1, 2, 4))
    assert second / first == pytest.approx(45 / 44, rel=1e-12)
    assert fourth / first == pytest.approx(1.02513, abs=6e-6)


@pytest.mark.parametrize("dimension", [2, 3])
def test_orders_of_a_light_gas_among_heavy_molecules(dimension):
    """Lorentz's gas of hard molecules, exact: D = <v>/(d n Q_1) and alpha_T = -1/2, for D goes as <v> alone."""
    state = gas((1e-8, 1.0), (1e-8, 1 - 1e-8), order=10, dimension=dimension)
    speed = math.sqrt(PI / 2 * 1e8) if dimension == 2 else math.sqrt(8 / PI * 1e8)
    cross_section = 8 / 3 if dimension == 2 else PI
    D = speed / (dimension * cross_section)
    found = [gas((1e-8, 1.0), (1e-8, 1 - 1e-8), order=n, dimension=dimension) for n in (1, 3, 10)]
    errors = [1 - each.diffusivity(0, 1, 1.0) / D for each in found]
    assert errors[0] > 0.1 and errors[0] > errors[1] > errors[2] > 0 and errors[2] < 0.012
    factors = [each.thermal_diffusion_factor(0, 1) for each in found]
    assert abs(factors[2] + 0.5) < 0.02 < abs(factors[0] + 0.5)
    assert state.thermal_diffusion_factor(0, 1) == factors[2]


def test_the_second_order_of_the_diffusivity():
    """13/12 of the first for light molecules among heavy spheres: S. Chapman, T. G. Cowling (1970), section 9.8."""
    first, second = (gas((1e-8, 1.0), (1e-8, 1 - 1e-8), order=n, dimension=3).diffusivity(0, 1, 1.0) for n in (1, 2))
    assert second / first == pytest.approx(13 / 12, rel=1e-6)


def test_lengths_and_energies_have_their_scales():
    """Disks twice as large with the same Y sigma^(5/2), at three times the temperature
    with three times the stiffness.
    """
    small = gas((1.0, 10.0), (0.4, 0.6), 1.0, stiffness=1e4)
    large = gas((1.0, 10.0), (0.4, 0.6), 3.0, diameters=2.0, stiffness=3e4 / 2**2.5)
    assert large.conductivity == pytest.approx(small.conductivity * math.sqrt(3.0) / 2, rel=1e-11)
    assert large.thermal_diffusion_factor(0, 1) == pytest.approx(small.thermal_diffusion_factor(0, 1), rel=1e-9)


def paper(like: float, xA=0.5, T=1.0, mA=1.0, mB=10.0, stiffness=1e5) -> tuple[float, float]:
    """k_T of (A.1) and lambda of (A.13), term by term, with the factor `like` in (A.8) and (A.9) (printed: 1/2)."""
    m0, xB = mA + mB, 1 - xA
    MA, MB = mA / m0, mB / m0
    spectrum = Hertzian(step=0.1).spectrum(2, 2)
    g2 = spectrum.energies * stiffness / T

    def W(l, r):
        lost = spectrum.cross_sections[0] / 2 if l == 1 else spectrum.cross_sections[1] / 4
        return 2 * np.sum(spectrum.weights * g2 * np.exp(-g2) * g2 ** (r + 0.5) * lost)

    def unlike(l, r):
        return 0.5 * math.sqrt(2 * T / (m0 * MA * MB)) * W(l, r)

    one, two = like * math.sqrt(T / mA) * W(2, 2), like * math.sqrt(T / mB) * W(2, 2)
    O11, O12, O13, O22 = unlike(1, 1), unlike(1, 2), unlike(1, 3), unlike(2, 2)
    a11 = xA**2 * one + 2 * xA * xB * (
        (6 * MA**2 * MB + 4 * MB**3) * O11 - 4 * MB**3 * O12 + MB**3 * O13 + 2 * MA * MB**2 * O22
    )  # fmt: skip
    abb = xB**2 * two + 2 * xA * xB * (
        (6 * MB**2 * MA + 4 * MA**3) * O11 - 4 * MA**3 * O12 + MA**3 * O13 + 2 * MB * MA**2 * O22
    )  # fmt: skip
    a1b = 2 * xA * xB * (MA * MB) ** 1.5 * (-O13 + 4 * O12 - 10 * O11 + 2 * O22)
    a01 = 2 * xA * xB * math.sqrt(MA) * MB**2 * (2 * O11 - O12)
    a0b = -2 * xA * xB * math.sqrt(MB) * MA**2 * (2 * O11 - O12)
    determinant = abb * a11 - a1b**2
    ratio = (
        2 * (xA / math.sqrt(MA) * (abb * a01 - a0b * a1b) + xB / math.sqrt(MB) * (a0b * a11 - a01 * a1b)) / determinant
    )
    conductivity = 4 * T * (xA**2 / mA * abb - 2 * xA * xB / math.sqrt(mA * mB) * a1b + xB**2 / mB * a11) / determinant
    return ratio, conductivity


@pytest.mark.parametrize("x, T, stiffness", [(0.5, 1.0, 1e5), (0.2, 1.3, 1e5), (0.9, 1.0, 3e3)])
def test_first_order_is_the_paper_s_with_the_factor_one(x, T, stiffness):
    state = heat_pump(x=x, T=T, stiffness=stiffness)
    ratio, conductivity = paper(1.0, x, T, stiffness=stiffness)
    assert thermal_diffusion_ratio(state) == pytest.approx(ratio, rel=1e-9)
    assert state.conductivity == pytest.approx(conductivity, rel=1e-10)


@pytest.mark.parametrize("x", [0.1, 0.5, 0.9])
def test_like_molecules_settle_the_factor(x):
    """The conductivity of two names for one gas cannot hang on the fraction; with the printed 1/2 it does."""
    right, printed = paper(1.0, x, mB=1.0, stiffness=1e9), paper(0.5, x, mB=1.0, stiffness=1e9)
    assert right[1] == pytest.approx(paper(1.0, 0.5, mB=1.0, stiffness=1e9)[1], rel=1e-9)
    assert right[1] == pytest.approx(2 / math.sqrt(PI), rel=1e-3)
    assert abs(printed[1] / right[1] - 1) > 0.1


def test_converged_numbers_of_the_heat_pump():
    state = heat_pump()
    assert thermal_diffusion_ratio(state) == pytest.approx(-0.14442277927, abs=1e-10)
    assert state.conductivity == pytest.approx(0.41953324937, abs=1e-10)
    assert state.diffusivity(0, 1, 0.1) == pytest.approx(2.1197225439, abs=1e-9)


def test_orders_of_the_heat_pump_converge():
    """The first order of k_T is low by some 14 %; each further one changes it by less."""
    orders = range(1, 11)
    states = [heat_pump(order=n) for n in orders]
    table = np.array([[thermal_diffusion_ratio(s), s.conductivity, s.diffusivity(0, 1, 0.1)] for s in states])
    steps = np.abs(np.diff(table, axis=0))
    assert (steps[1:] < 0.65 * steps[:-1]).all()
    assert 0.13 < 1 - table[0, 0] / table[-1, 0] < 0.15
    assert steps[-1] / np.abs(table[-1]) == pytest.approx(0, abs=3e-4)
    assert (np.diff(table[:, 1:], axis=0) > 0).all(), "a variational bound rises with the order"


@pytest.mark.parametrize("order", [1, 3])
def test_names_are_names(order):
    """The first species called second: alpha_T changes its sign, the others nothing."""
    one = gas((1.0, 4.0), (0.3, 0.7), diameters=(1.0, 1.4), wells=(1.0, 2.0), order=order, dimension=3)
    other = gas((4.0, 1.0), (0.7, 0.3), diameters=(1.4, 1.0), wells=(2.0, 1.0), order=order, dimension=3)
    assert one.thermal_diffusion_factor(0, 1) == pytest.approx(-other.thermal_diffusion_factor(0, 1), rel=1e-9)
    assert one.thermal_diffusion_factor(1, 0) == -one.thermal_diffusion_factor(0, 1)
    for a, b in ((one.conductivity, other.conductivity), (one.viscosity, other.viscosity)):
        assert a == pytest.approx(b, rel=1e-11)
    assert one.diffusivity(0, 1, 1.0) == pytest.approx(other.diffusivity(1, 0, 1.0), rel=1e-9)
    assert one.diffusivity(1, 0, 1.0) == one.diffusivity(0, 1, 1.0)


def test_a_species_with_two_names_is_one():
    """Three species of which two are alike are the binary that they are."""
    two = gas((1.0, 4.0), (0.3, 0.7), diameters=(1.0, 1.4), dimension=3, order=2)
    three = gas((1.0, 4.0, 4.0), (0.3, 0.5, 0.2), diameters=(1.0, 1.4, 1.4), dimension=3, order=2)
    assert three.conductivity == pytest.approx(two.conductivity, rel=1e-12)
    assert three.viscosity == pytest.approx(two.viscosity, rel=1e-12)
    factors = [three.thermal_diffusion_factor(0, 1), three.thermal_diffusion_factor(0, 2)]
    assert factors == pytest.approx([two.thermal_diffusion_factor(0, 1)] * 2, rel=1e-12)
    assert three.thermal_diffusion_factor(1, 2) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("order", [1, 2])
def test_what_is_absent_does_not_matter(order):
    """At x_A = 0 lambda and mu are those of B, and all is finite and smooth through it."""
    trace, pure = heat_pump(order, x=0.0), gas((10.0,), (1.0,), stiffness=1e5, order=order)
    assert trace.conductivity == pytest.approx(pure.conductivity, rel=1e-12)
    assert trace.viscosity == pytest.approx(pure.viscosity, rel=1e-12)
    near = [heat_pump(order, x=x) for x in (-1e-6, 1e-6)]
    for what in (lambda s: s.thermal_diffusion_factor(0, 1), lambda s: s.diffusivity(0, 1, 1.0)):
        assert what(trace) == pytest.approx(0.5 * (what(near[0]) + what(near[1])), rel=1e-9)


def test_special_pairs():
    """A pair of its own diameter and depth, instead of the means."""
    plain = gas((1.0, 4.0), (0.3, 0.7), diameters=(1.0, 1.4), wells=(1.0, 2.0), dimension=3)
    special = gas(
        (1.0, 4.0),
        (0.3, 0.7),
        diameters=(1.0, 1.4),
        wells=(1.0, 2.0),
        dimension=3,
        special=((0, 1, 1.2, math.sqrt(2.0)),),
    )
    other = gas(
        (1.0, 4.0), (0.3, 0.7), diameters=(1.0, 1.4), wells=(1.0, 2.0), dimension=3, special=((0, 1, 1.5, None),)
    )
    assert special.conductivity == pytest.approx(plain.conductivity, rel=1e-14)
    assert other.diffusivity(0, 1, 1.0) == pytest.approx(plain.diffusivity(0, 1, 1.0) * (1.2 / 1.5) ** 2, rel=1e-12)


def test_states_are_taken_one_by_one():
    """Arrays of states are those states, whatever their shape; beyond the integrals there is no number."""
    T, x = np.array([[0.9, 1.0, 1.1], [1.2, 1e-6, 1e7]]), np.array([0.1, 0.5, 0.9])
    found = heat_pump(2, x, T)
    for position in np.ndindex(T.shape):
        one = heat_pump(2, x[position[1]], T[position])
        for a, b in (
            (found.conductivity, one.conductivity),
            (found.diffusivity(0, 1, 0.1), one.diffusivity(0, 1, 0.1)),
        ):
            assert a[position] == pytest.approx(float(b), rel=1e-12, nan_ok=True)
    assert np.isnan(found.conductivity[1, 1:]).all() and np.isfinite(found.conductivity[0]).all()
