"""Forms of the transport coefficients: there and back, and the numbers of the page on them."""

import dataclasses

import numpy as np
import pytest
from fvtransport.plugins.theory.thermodynamics import conversions as to

R = 8.31446261815324
STATE = to.State(T=300.0, x_A=0.3, c=101325.0 / (R * 300.0), R=R, M_A=2.016e-3, M_B=28.0134e-3)
MOLAR = to.Molar(kappa=0.08, D=7.8e-5, D_soret=-7.8e-8, D_dufour=-7.1e-8)


def same(one, other):
    np.testing.assert_allclose(dataclasses.astuple(one), dataclasses.astuple(other), rtol=1e-14, atol=0.0)


def test_every_form_leads_back():
    same(to.molar_from_onsager(to.onsager_from_molar(MOLAR, STATE), STATE), MOLAR)
    same(to.molar_from_mass(to.mass_from_molar(MOLAR, STATE), STATE), MOLAR)


def test_gradients_give_the_same_fluxes_in_every_form():
    """Mole and mass fractions, each with its own velocity, for one pair of gradients."""
    dT, dx, T = 70.0, -3.0, STATE.T
    x, c, pair = STATE.x_A, STATE.c, STATE.x_A * (1.0 - STATE.x_A)
    heat = -MOLAR.kappa * dT - c * R * T**2 * MOLAR.D_dufour * dx
    molar = -c * MOLAR.D * dx - c * pair * MOLAR.D_soret * dT
    forces = np.array([-dT / T**2, -R * dx / pair])
    np.testing.assert_allclose(to.onsager_from_molar(MOLAR, STATE) @ forces, [heat, molar], rtol=1e-14)
    M = x * STATE.M_A + (1.0 - x) * STATE.M_B
    mass_fraction = lambda at: at * STATE.M_A / (at * STATE.M_A + (1.0 - at) * STATE.M_B)
    dY = (mass_fraction(x + 1e-6) - mass_fraction(x - 1e-6)) / 2e-6 * dx
    mass = to.mass_from_molar(MOLAR, STATE)
    assert -mass.k * dT + mass.D_F * dY == pytest.approx(heat, rel=1e-9)
    velocity = molar / (c * pair)  # of A against B
    by_mass = c * M * mass_fraction(x) * (1.0 - mass_fraction(x)) * velocity
    assert -mass.d_ST * dT - mass.rho_D * dY == pytest.approx(by_mass, rel=1e-9)


def test_mass_form_of_a_gas_has_opposite_signs():
    """D_F = -p alpha_T D M^2/(M_A M_B) ,  d_ST = rho D Y_A Y_B S_T."""
    soret = -1e-3
    molar = to.Molar(0.08, 7.8e-5, soret * 7.8e-5, soret * 7.8e-5)
    mass = to.mass_from_molar(molar, STATE)
    M = 0.3 * 2.016e-3 + 0.7 * 28.0134e-3
    Y = 0.3 * 2.016e-3 / M
    assert pytest.approx(-101325.0 * 300.0 * soret * 7.8e-5 * M**2 / (2.016e-3 * 28.0134e-3), rel=1e-13) == mass.D_F
    assert mass.d_ST == pytest.approx(STATE.c * M * 7.8e-5 * Y * (1.0 - Y) * soret, rel=1e-13)
    assert mass.D_F * mass.d_ST < 0.0
    assert pytest.approx(2.371005, rel=1e-6) == mass.D_F * STATE.M_A * STATE.M_B / M**2


def test_total_heat_flux_leaves_the_entropy_production_as_it_is():
    rng = np.random.default_rng(4)
    root = rng.normal(size=(3, 3))
    L, h = root @ root.T, rng.normal(size=3)
    forces, T_force = rng.normal(size=3), rng.normal()
    forces[0] = T_force
    fluxes = L @ forces
    own = np.array([T_force, *(forces[1:] - (h[:2] - h[2]) * T_force)])
    total = to.total_from_reduced(L, h)
    J = total @ own
    np.testing.assert_allclose(J, [fluxes[0] + (h[:2] - h[2]) @ fluxes[1:], *fluxes[1:]], rtol=1e-12)
    assert J @ own == pytest.approx(fluxes @ forces, rel=1e-12)
    np.testing.assert_allclose(total, total.T, rtol=1e-12)
    np.testing.assert_allclose(to.reduced_from_total(total, h), L, rtol=1e-12)
    assert abs(total[0, 0] / L[0, 0] - 1.0) > 0.05


def test_sealed_conductivity_is_kappa_less_what_the_gradient_of_composition_holds_back():
    pair = 0.21
    molar = to.Molar(0.08, 7.8e-5, -2e-7, -2e-7)
    L = to.onsager_from_molar(molar, STATE)
    expected = 0.08 - STATE.c * R * 300.0**2 * pair * 4e-14 / 7.8e-5
    assert to.sealed_conductivity(L, 300.0) == pytest.approx(expected, rel=1e-13)
    assert to.heats_of_transport(L)[0] == pytest.approx(R * 300.0**2 * -2e-7 / 7.8e-5, rel=1e-13)
