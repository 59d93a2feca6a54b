"""Mechanical equilibrium: a stiff flow down the pressure, N = -(stiffness D/(R T)) grad p."""

import math

import pytest
from fvtransport.plugins.bulk_flow.mechanical_equilibrium import MechanicalEquilibrium
from fvtransport.plugins.handles import diffusivity, molar_forces

from fvtransport.model.medium import Medium
from tests.tools.views import R, flux_face, gas, medium

FLOW = MechanicalEquilibrium(stiffness=1e4)
GAS = gas(temperature=300.0, bulk_flow=FLOW)
STATES = ([0.2, 1.2e5], [0.6, 1.0e5], [0.0, 0.0], 0.5)


def test_the_flux_is_down_the_pressure():
    (N,) = FLOW.total_flux(flux_face(medium(GAS, {diffusivity: 2e-5}), *STATES))
    assert pytest.approx(1e4 * 2e-5 / (R * 300.0) * 4e4, rel=1e-13) == N


def test_forces_that_the_pressure_balances_drive_nothing():
    """Both species weigh alike: grad p = c F where F = R T ln(1.2/1.0)/(-0.5 m)."""
    force = R * 300.0 * math.log(1.2) / -0.5
    plain = medium(GAS, {diffusivity: 2e-5})
    pulled = Medium(GAS, plain._properties, plain._constants, {molar_forces: lambda view: (force, force)})
    moved = FLOW.total_flux(flux_face(plain, *STATES[:1], [0.2, 1.0e5], *STATES[2:]))[0]
    at_rest = FLOW.total_flux(flux_face(pulled, *STATES[:1], [0.2, 1.0e5], *STATES[2:]))[0]
    assert abs(at_rest) < 1e-10 * abs(moved)


def test_the_moles_are_a_balance_of_their_own():
    assert FLOW.solves_pressure and [each.name for each in GAS.balances] == ["A", "moles"]
