"""Gases, laws and walls that do not go together: each refused, or warned of, with the reason and the cure."""

from __future__ import annotations

import pytest

import fvtransport

TWO = "species: [A, B], molar_masses: {A: 0.004, B: 0.04}"
THREE = "species: [A, B, C], molar_masses: {A: 0.004, B: 0.04, C: 0.03}"
PAIRS = "diffusivities: {A-B: 2e-5, A-C: 3e-5, B-C: 4e-5}"
STEADY, TIME = "steady", "{transient: 1}"


def case(
    gas=TWO,
    flow="equimolar",
    properties="diffusivity: 2e-5",
    laws="fick",
    initial="x_A: 0.5",
    left="x_A: {dirichlet: 0.9}",
    right="x_A: {dirichlet: 0.1}",
    solve=STEADY,
    thermal="temperature: 300",
):
    return f"""
title: refused
mesh: {{type: Grid1D, length: 0.1, cells: 10}}
mixture: {{gas: {{{gas}, pressure: 101325, {thermal}, bulk_flow: {flow}}}}}
properties: {{{properties}}}
laws: [{laws}]
initial: {{{initial}}}
boundaries: {{left: {{{left}}}, right: {{{right}}}}}
solve: {solve}
""".replace("properties: {}\n", "")


def three(**changes):
    values = {"gas": THREE, "properties": "", "laws": f"maxwell_stefan: {{{PAIRS}}}", "initial": "x_A: 0.3, x_B: 0.3"}
    return case(**{**values, "right": "x_A: {dirichlet: 0.1}, x_B: {dirichlet: 0.1}", **changes})


DUSTY = "{dusty_gas: {pore_diameter: 1e-6}}"
HEATED = {
    "thermal": "molar_heat_capacity: 30",
    "laws": "fick, conduction",
    "properties": "diffusivity: 2e-5, conductivity: 0.03",
    "initial": "T: 300, x_A: 0.5",
    "right": "T: no_flux, x_A: no_flux",
}
REFUSED = {
    "stagnant in time": (
        case(flow="{stagnant: B}", solve=TIME),
        "does not solve for p",
        "mechanical_equilibrium or darcy",
    ),
    "ratio in time": (
        case(flow="{flux_ratio: {A: 2, B: 1}}", solve=TIME),
        "does not solve for p",
        "mechanical_equilibrium or darcy",
    ),
    "mass in time": (case(flow="mass", solve=TIME), "does not solve for p", "mechanical_equilibrium or darcy"),
    "graham in time": (case(flow="graham", solve=TIME), "does not solve for p", "mechanical_equilibrium or darcy"),
    "heated in time": (
        case(**HEATED, left="T: {dirichlet: 400}, x_A: no_flux", solve=TIME),
        "concentration depends on T",
        "mechanical_equilibrium or darcy",
    ),
    "none of the stagnant gas": (
        case(flow="{stagnant: B}", left="x_A: {dirichlet: 1.0 + 0*x}"),
        ("x_B = 0 leaves the total flux without bound"),
        "darcy",
    ),
    "fick between walls": (
        case(
            flow=DUSTY,
            properties="diffusivity: 2e-5, viscosity: 2e-5",
            left="x_A: {dirichlet: 0.9}, p: {dirichlet: 1e5}",
        ),
        "friction at the walls",
        "expected maxwell_stefan",
    ),
    "more than everything": (
        three(left="x_A: {dirichlet: 0.7}, x_B: {dirichlet: 0.6}"),
        "x_C = -0.3 is out of range",
        "x_A and x_B on left",
    ),
    "more than everything for a while": (
        three(left="x_A: {dirichlet: 0.3 + 0.3*t}, x_B: {dirichlet: 0.6}", solve=TIME),
        "x_C = -0.2 is out of range",
        "x_A and x_B on left",
    ),
    "more than everything at first": (
        three(initial="x_A: 0.7, x_B: 0.6", left="x_A: {dirichlet: 0.1}, x_B: {dirichlet: 0.6}"),
        "x_C = -0.3 is out of range",
        "",
    ),
    "vessel in a steady case": (
        case(left="x_A: {reservoir: 1e-3}"),
        "never changes in a steady case",
        "expected no_flux",
    ),
    "vessel of one gas": (
        three(left="x_A: {reservoir: 1e-3}, x_B: no_flux", solve=TIME),
        ("no_flux of x_B on left, behind which a reservoir contains x_A"),
        "reservoir of the same volume",
    ),
}
GOOD = {
    "equimolar in time": case(solve=TIME),
    "ratio of one to one in time": case(flow="{flux_ratio: {A: 1, B: 1}}", solve=TIME),
    "pressure solved for": case(
        **HEATED, left="T: {dirichlet: 400}, x_A: no_flux", flow="mechanical_equilibrium", solve=TIME
    ),
    "all of it": three(left="x_A: {dirichlet: 0.1 + 0.6}, x_B: {dirichlet: 0.3}"),
    "vessel of all": three(left="x_A: {reservoir: 1e-3}, x_B: {reservoir: 1e-3}", solve=TIME),
    "vessel at a value": three(left="x_A: {reservoir: 1e-3}, x_B: {dirichlet: 0.3}", solve=TIME),
}
FACTORS = f"maxwell_stefan: {{{PAIRS}, thermal_diffusion_factors: {{A-B: 0.3}}}}"
COUPLED = "diffusivity: 2e-5, soret_coefficient: 1e-3"
WARNED = {
    "factors": (
        three(laws=FACTORS, left="x_A: {dirichlet: 0.1}, x_B: {dirichlet: 0.6}"),
        ("thermal_diffusion_factors have no effect"),
    ),
    "pair": (case(laws="fick, soret_dufour", properties=COUPLED), "soret_dufour: it has no effect"),
    "one half": (case(laws="fick, soret", properties=COUPLED), "soret: it has no effect"),
    "vessel without heat": (
        case(
            **{
                **HEATED,
                "flow": "mechanical_equilibrium",
                "left": ("T: no_flux, x_A: {reservoir: 1e-3}, p: {reservoir: 1e-3}"),
                "solve": TIME,
            }
        ),
        "the reservoir would contain no T",
    ),
    "rarefied": (
        case(
            flow="{darcy: {pore_diameter: 1e-8}}",
            properties="diffusivity: 2e-5, viscosity: 2e-5, permeability: 1e-18",
            left="x_A: {dirichlet: 0.9}, p: {dirichlet: 1e5}",
        ),
        "Knudsen number",
    ),
}


@pytest.mark.parametrize("text, reason, cure", REFUSED.values(), ids=REFUSED)
def test_refused_with_reason_and_cure(complaints, text, reason, cure):
    (found,) = complaints(text)
    assert reason in found and cure in found and "^" in found


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_right_combinations_run_without_a_word(run_text, text):
    result = run_text(text)
    assert result.ending.succeeded and not result.case.warnings


@pytest.mark.parametrize("text, says", WARNED.values(), ids=WARNED)
def test_what_does_nothing_or_is_doubtful_is_warned_of(tmp_path, text, says):
    path = tmp_path / "case.yaml"
    path.write_text(text)
    (warning,) = fvtransport.check(path).warnings
    assert says in warning.render()


UNSTATED = '''
from fvtransport import BulkFlow, plugin


@plugin("half_of_it")
class HalfOfIt(BulkFlow):
    """N = -J_A/2 from a ratio of fluxes, which is not stated."""

    def total_flux(self, face):
        return -0.5 * face.diffusive_flux(face.species[0])


@plugin("given")
class Given(BulkFlow):
    """A given, uniform flux:  N = 0.01 n_x"""

    keeps_moles = True

    def total_flux(self, face):
        return 0.01 * face.normal[0]
'''


@pytest.fixture
def flows(tmp_path):
    """A folder with two bulk flows that state no weights."""
    (tmp_path / "flows.py").write_text(UNSTATED)
    return "plugins: [flows.py]\n"


def test_a_flow_that_leaves_the_last_species_undetermined_is_refused_in_time(complaints, flows):
    (found,) = complaints(flows + case(flow="half_of_it", solve=TIME).lstrip())
    assert "case.yaml:4:1: this bulk_flow neither solves for p nor" in found
    assert "nothing would hold the balance of the last species" in found
    assert "expected `weights` or `keeps_moles` in the class of the bulk flow; bulk_flow: mechanical_eq" in found


@pytest.mark.parametrize("flow, solve", [("given", TIME), ("given", STEADY), ("half_of_it", STEADY)])
def test_a_flow_without_weights_runs_where_the_moles_are_kept(run_text, flows, flow, solve):
    assert run_text(flows + case(flow=flow, solve=solve).lstrip()).ending.succeeded


def test_a_reaction_that_makes_moles_is_refused_where_the_flow_keeps_them(complaints, flows):
    laws = "fick, reaction: {reactants: {A: 1}, products: {B: 2}, rate_constant: 1}"
    (found,) = complaints(flows + case(flow="given", laws=laws).lstrip())
    assert "reaction" in found and "bulk_flow: darcy or mechanical_equilibrium" in found
