"""Closures that bind the fluxes to each other: exact films, ratios to round-off, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.theory.frames import molar_flux

from tests.tools.cases import ISOTHERMAL, case_text, line

R = 8.31446261815324
PRESSURE = 40.0 * R * 300.0
CASE = case_text(
    ISOTHERMAL,
    title="film",
    units=None,
    mesh="{type: Grid1D, length: 0.1, cells: %d, grading: {ratio: 4}}",
    mixture="{gas: {species: [A, B], pressure: %.17g, temperature: 300, molar_masses: {A: 0.002, B: 0.032}, "
    "bulk_flow: %s}}",
    properties="{diffusivity: 2e-5}",
    boundaries="{left: {x_A: {dirichlet: %s}}, right: {x_A: {dirichlet: %s}}}",
)
SCALE = 40.0 * 2e-5 / 0.1


def film(run_text, flow, first, last, cells=3):
    return run_text(CASE % (cells, PRESSURE, flow, repr(first), repr(last))).snapshots[-1]


@pytest.mark.parametrize("cells", [1, 2, 30])
@pytest.mark.parametrize("first, last", [(0.9, 0.0), (0.999999, 0.0), (0.2, 0.7)])
def test_stagnant_is_exact_on_any_mesh(run_text, cells, first, last):
    """N_A = (c D/L) ln((1 - x_L)/(1 - x_0)) and 1 - x = (1 - x_0) ((1 - x_L)/(1 - x_0))^(z/L) at every node."""
    snapshot = film(run_text, "{stagnant: B}", first, last, cells)
    expected = SCALE * np.log((1.0 - last) / (1.0 - first))
    flux = dict(zip("AB", molar_flux(snapshot, "right")))
    assert flux["A"] == pytest.approx(expected, rel=1e-8)
    assert abs(flux["B"]) < 1e-12 * SCALE
    x_b = snapshot.nodes[next(f for f in snapshot.system.medium.species if f.name == "x_B")]
    z = snapshot.system.geometry.position[0] / 0.1
    assert x_b == pytest.approx((1.0 - first) * ((1.0 - last) / (1.0 - first)) ** z, rel=1e-7)


RATIOS = {"{flux_ratio: {A: 2, B: 1}}": (2.0, 1.0), "mass": (0.002, 0.032), "graham": (0.002**0.5, 0.032**0.5)}


@pytest.mark.parametrize("flow", RATIOS)
def test_ratios_are_exact_and_hold_to_round_off(run_text, flow):
    """N_A = (c D/L) a_B/(a_B - a_A) ln(s_L/s_0), s = a_A x_A + a_B x_B."""
    a, b = RATIOS[flow]
    snapshot = film(run_text, flow, 0.9, 0.1)
    s0, s1 = (a * x + b * (1.0 - x) for x in (0.9, 0.1))
    expected = SCALE * b / (b - a) * np.log(s1 / s0)
    for boundary in ("left", "right"):
        flux = molar_flux(snapshot, boundary)
        assert flux[0] == pytest.approx(expected, rel=1e-11)
        assert a * flux[0] + b * flux[1] == pytest.approx(0.0, abs=1e-13 * np.abs(flux).max() * max(a, b))


def test_dissociation_at_the_wall(run_text):
    """A -> 2 B, instantaneous: N_A = (c D/L) ln(1 + x_0), N_B = -2 N_A."""
    flux = molar_flux(film(run_text, "{flux_ratio: {A: 2, B: 1}}", 0.9, 0.0), "right")
    assert flux == pytest.approx(np.array([1.0, -2.0]) * SCALE * np.log(1.9), rel=1e-11)


def test_equimolar_is_linear(run_text):
    snapshot = film(run_text, "equimolar", 0.9, 0.1)
    assert molar_flux(snapshot, "left") == pytest.approx(SCALE * np.array([0.8, -0.8]), rel=1e-12)


REFUSED = {
    "x_B = 0": ("{stagnant: B}", "1.0", "x_B = 0 leaves the total flux without bound"),
    "unknown species": ("{stagnant: C}", "0.9", "no species C"),
    "first at rest": ("{stagnant: A}", "0.9", "write species: [B, A]"),
    "no relation": ("{flux_ratio: {A: 0}}", "0.9", "all coefficients are zero"),
    "unknown in ratio": ("{flux_ratio: {A: 2, C: 1}}", "0.9", "no species C"),
}


@pytest.mark.parametrize("flow, value, says", REFUSED.values(), ids=REFUSED)
def test_refused_at_check(complaints, flow, value, says):
    found = complaints(CASE % (5, PRESSURE, flow, value, "0.0"))
    assert any(says in each for each in found), found


NO_AIR = case_text(
    {},
    title="no air",
    mesh="{type: Grid1D, length: 0.2, cells: 10}",
    mixture="{gas: {species: [A, B, air], pressure: 1e5, temperature: 330, bulk_flow: {stagnant: air}}}",
    laws="[maxwell_stefan: {diffusivities: {A-B: 8e-6, A-air: 1e-5, B-air: 2e-5}}]",
    boundaries="{left: {x_A: %s, x_B: {dirichlet: %s}}, right: {x_A: {dirichlet: 0}, x_B: {dirichlet: 0}}}",
    solve="steady",
)


@pytest.mark.parametrize(
    "A, B", [("{dirichlet: 0.4}", 0.6), ("{dirichlet: 0.4 + 0*x}", 0.6), ("{dirichlet: 1.0 + 0*x}", 0.0)]
)
def test_species_that_add_up_to_all_of_it_are_refused(complaints, A, B):
    """No single boundary value need be wrong, but together they leave no stagnant gas."""
    found = complaints(NO_AIR % (A, B))
    assert len(found) == 1 and "x_air = 0 leaves the total flux without bound" in found[0]


@pytest.mark.parametrize("reference, B", [("0.4", 0.6), ("1.0", 0.0)])
def test_a_solve_that_uses_up_all_of_it_ends_with_the_reason(run_text, reference, B):
    """An exchange so fast that it is as good as a value."""
    result = run_text(NO_AIR % (f"{{robin: {{coefficient: 1e12, reference: {reference}}}}}", B))
    assert not result.ending.succeeded and "x_air" in result.ending.message and "without bound" in result.ending.message


@pytest.mark.parametrize("flow", ["mass", "graham"])
def test_masses_are_asked_for(complaints, flow):
    text = (CASE % (5, PRESSURE, flow, "0.9", "0.0")).replace(", molar_masses: {A: 0.002, B: 0.032}", "")
    assert any("needs the molar_masses" in each for each in complaints(text))


SLAB = case_text(
    ISOTHERMAL,
    title="slab",
    units=None,
    mesh=line(1, 100),
    mixture="{gas: {species: [A, B], pressure: %.17g, temperature: 300, bulk_flow: %s}}",
    laws="[fick, reaction: {reactants: {A: 1}, products: {B: %s}, rate_constant: 9.0}]",
    boundaries="{left: {x_A: {dirichlet: 1}%s}, right: {x_A: no_flux}}",
)


@pytest.mark.parametrize(
    "flow, made, says",
    [
        ("equimolar", 2, "flux_ratio: {A: 2, B: 1}"),
        ("{stagnant: B}", 2, "asks for sum a_i nu_i = 0"),
        ("{flux_ratio: {A: 2, B: 1}}", 1, "asks for sum a_i nu_i = 0"),
    ],
)
def test_reactions_that_the_fluxes_cannot_follow_are_refused(complaints, flow, made, says):
    found = complaints(SLAB % (R * 300.0, flow, made, ""))
    assert any("reaction" in each and says in each for each in found), found


@pytest.mark.parametrize(
    "flow, boundary",
    [("{flux_ratio: {A: 2, B: 1}}", ""), ("mechanical_equilibrium", f", p: {{dirichlet: {R * 300.0!r}}}")],
)
def test_a_reaction_that_makes_moles(run_text, flow, boundary):
    """A -> 2 B in a slab whose far end is sealed: from the mouth, N_A = sqrt(2 k c^2 D (1 - ln 2 - x_m + ln(1 + x_m))).

    For N_A (1 + x) = -c D x' the flux obeys d(N_A^2)/dx = 2 k c^2 D x/(1 + x); x_m is the mole
    fraction at the sealed end.
    """
    snapshot = run_text(SLAB % (R * 300.0, flow, 2, boundary)).snapshots[-1]
    sealed = snapshot.on_boundary(snapshot.system.medium.species[0], "right")[0]
    expected = np.sqrt(2.0 * 9.0 * (1.0 - np.log(2.0) - sealed + np.log(1.0 + sealed)))
    assert molar_flux(snapshot, "left")[0] == pytest.approx(expected, rel=3e-4)
    assert molar_flux(snapshot, "left")[1] == pytest.approx(-2.0 * expected, rel=3e-4)
