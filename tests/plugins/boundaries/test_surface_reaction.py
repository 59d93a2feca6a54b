"""A reacting wall behind a stagnant layer: resistances in series for order 1, a quadratic for
order 2, heat of reaction.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import ISOTHERMAL, PURE, case_text, line

CASE = case_text(
    PURE,
    title="a catalytic wall",
    mesh="{type: Grid1D, length: 0.01 m, cells: 10, cross_section: 2 m^2}",
    mixture="{binary: {species: [A, B], concentration: 40 mol/m^3}}",
    properties="{diffusivity: 2.0e-5, conductivity: 0.03, heat_capacity: 1200}",
    laws="[conduction, fick]",
    boundaries="""
  left: {T: {dirichlet: 400 K}, x_A: {dirichlet: 0.7}}
  right: {T: no_flux, x_A: {surface_reaction: {rate_constant: %s, order: %s}}}""",
    units=None,
)
RATE = 40 * 2.0e-5 / 0.01


def flux(snapshot) -> float:
    return snapshot.flux(snapshot.system.balances[1], "right")


@pytest.mark.parametrize("k", [1e-4, 3e-3, 10.0])
def test_first_order_is_a_resistance_in_series(run_text, k):
    snapshot = run_text(CASE % (f"{k} m/s", 1)).snapshots[-1]
    assert flux(snapshot) == pytest.approx(0.7 / (1 / RATE + 1 / (40 * k)), rel=1e-12, abs=0)


def test_second_order_is_a_quadratic(run_text):
    k = 2e-4 * 1600
    boundary = (-RATE + np.sqrt(RATE**2 + 4 * k * RATE * 0.7)) / (2 * k)
    snapshot = run_text(CASE % ("2.0e-4 m^4/mol/s", 2)).snapshots[-1]
    assert flux(snapshot) == pytest.approx(k * boundary**2, rel=1e-12, abs=0) and 0.1 < boundary < 0.6


def test_half_order(run_text):
    snapshot = run_text(CASE % ("1.0e-3", 0.5)).snapshots[-1]
    boundary = snapshot.values[1][-1]
    assert flux(snapshot) == pytest.approx(1e-3 * np.sqrt(40 * boundary), rel=1e-10, abs=0)


@pytest.mark.parametrize("species", ["", ", species: A"])
def test_heat_of_reaction_flows_into_the_domain(run_text, species):
    heat = f"{{surface_reaction: {{rate_constant: 3.0e-3 m/s, heat_of_reaction: -20 kJ/mol{species}}}}}"
    snapshot = run_text(CASE % ("3.0e-3 m/s", 1), f"boundaries.right.T={heat}").snapshots[-1]
    rise = 20e3 * flux(snapshot) * 0.01 / 0.03
    assert rise > 10 and snapshot.values[0][-1] == pytest.approx(400 + rise, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("T: no_flux", "T: {surface_reaction: {rate_constant: 1 m/s}}", "lacks heat_of_reaction"),
        ("order: 1}", "heat_of_reaction: -1}", "belong to the condition of T"),
        (
            "T: no_flux",
            "T: {surface_reaction: {rate_constant: 1 m/s, heat_of_reaction: 1, species: C}}",
            "no species C",
        ),
        ("order: 1}", "order: 2}", "expected a quantity in m^4/mol/s"),
        ("order: 1}", "order: 3}", "expected a quantity in mol/m^2/s (m^3/mol)^3"),
        ("order: 1}", "order: -1}", "order = -1 is out of range"),
    ],
)
def test_mistakes(complaints, old, new, says):
    text = CASE % ("3.0e-3 m/s", 1)
    assert text.count(old) == 1
    assert any(says in each for each in complaints(text.replace(old, new)))


GAS = case_text(
    ISOTHERMAL,
    title="catalytic wall",
    units=None,
    mesh=line(0.001, 40),
    mixture="{gas: {species: [A, B], pressure: %r, temperature: 300, bulk_flow: %s}}",
    properties="{diffusivity: 1e-4}",
    boundaries="""
  left: {x_A: {dirichlet: 0.9}%s}
  right: {x_A: {surface_reaction: %s}%s}""",
)
WALL = "{rate_constant: 0.2, stoichiometry: {A: -1, B: 2}}"
GAS_PRESSURE = 12.0 * 8.31446261815324 * 300.0


@pytest.mark.parametrize("flow", ["{flux_ratio: {A: 2, B: 1}}", "mechanical_equilibrium"])
def test_a_wall_that_makes_moles(run_text, flow):
    """A -> 2 B at a finite rate: N_A = k c x_w = (c D/L) ln((1 + x_0)/(1 + x_w)) and N_B = -2 N_A."""
    import scipy.optimize
    from fvtransport.plugins.theory.frames import molar_flux

    solved = flow == "mechanical_equilibrium"
    left = f", p: {{dirichlet: {GAS_PRESSURE!r}}}" if solved else ""
    right = f", p: {{surface_reaction: {WALL}}}" if solved else ""
    flux = molar_flux(run_text(GAS % (GAS_PRESSURE, flow, left, WALL, right)).snapshots[-1], "right")
    at_wall = scipy.optimize.brentq(lambda x: 0.2 * x - 0.1 * np.log(1.9 / (1.0 + x)), 0.0, 0.9, xtol=1e-15)
    assert flux == pytest.approx(np.array([1.0, -2.0]) * 12.0 * 0.2 * at_wall, rel=1e-4 if solved else 1e-9)


@pytest.mark.parametrize(
    "flow, boundary, says",
    [
        ("{stagnant: B}", WALL, "asks for sum a_i nu_i = 0"),
        ("equimolar", WALL, "asks for sum a_i nu_i = 0"),
        ("equimolar", "{rate_constant: 0.2, stoichiometry: {A: -1, C: 1}}", "no species C"),
    ],
)
def test_walls_that_the_fluxes_cannot_follow(complaints, flow, boundary, says):
    found = complaints(GAS % (GAS_PRESSURE, flow, "", boundary, ""))
    assert any(says in each for each in found), found
