from __future__ import annotations

import time

import numpy as np
import pytest
import yaml
from fvtransport.plugins import handles

from fvtransport.case.checks.checked_case import load
from fvtransport.case.checks.resolve import conditions_table
from fvtransport.case.model import SteadySpec, TransientSpec
from fvtransport.errors import CaseError, PluginError
from fvtransport.model.medium import Medium
from fvtransport.model.views import PointView, View
from tests.tools.cases import case_text

STEADY_GAS = case_text(
    {},
    mesh="{type: Grid1D, length: 0.1, cells: 20}",
    mixture="%s",
    laws="[{maxwell_stefan: {diffusivities: {N2-CO2: 1.6e-5}}}]",
    boundaries="{left: {x_N2: {dirichlet: 0.9}}, right: {x_N2: {dirichlet: 0.2}}}",
    solve="steady",
)


def names(case):
    return {field.name: field for boundary in case.boundaries.values() for field in boundary}


def test_a_good_case_in_full(case, pump):
    loaded = case(pump)
    assert loaded.title == "mixing" and loaded.units.name == "reduced"
    assert dict(loaded.parameters) == {"E": 0.035, "L": 40.0, "T0": 1.0, "half": 20.0}
    assert loaded.resolved["mesh"] == {"type": "Grid1D", "length": 40.0, "cells": 200, "cross_section": 25.0}
    assert loaded.mesh.boundaries == ("left", "right")
    assert list(loaded.laws) == ["conduction", "fick", "soret_dufour"]
    assert loaded.properties[handles.diffusivity].constant == 2.11972252
    assert loaded.solve == TransientSpec(until=3000.0, rtol=1e-8)
    assert loaded.observe[0].times == (50.0, 3000.0) and loaded.observe[0].plugin == "heat_from"
    assert not loaded.warnings
    x_A = names(loaded)["x_A"]
    position = np.array([[0.0, 40.0], [0.0, 0.0], [0.0, 0.0]])
    assert loaded.initial[x_A](View(None, 0.0, position)) == pytest.approx([0.85, 0.15], rel=1e-15)
    state = dict(loaded.laws["soret_dufour"].linearised_at.values)
    assert state == {handles.temperature: 1.0, x_A: 0.5}


def test_fields_of_conditions_state_and_initial_values_are_the_mixtures_own(case, pump):
    loaded = case(pump)
    own = {balance.field for balance in loaded.mixture.balances}
    assert set(loaded.initial) == own
    assert all(set(boundary_equations) == own for boundary_equations in loaded.boundaries.values())


def test_defaults_fill_a_steady_case(case, steady):
    loaded = case(steady)
    assert loaded.title == "case" and loaded.units.name == "SI"
    assert loaded.solve == SteadySpec({}, 60)
    assert conditions_table(loaded) == [
        {"boundary": "left", "field": "x_N2", "condition": "dirichlet (value = 0.9)", "default": False},
        {"boundary": "right", "field": "x_N2", "condition": "no_flux", "default": True},
    ]


@pytest.mark.parametrize(
    "overrides", [(), ("mesh.cells=7", "mesh.grading={ratio: 3, towards: both}", "parameters.E=0.05")]
)
@pytest.mark.parametrize("which", ["pump", "steady"])
def test_the_resolved_case_reads_back_to_itself(request, case, which, overrides):
    if which == "steady":
        overrides = tuple(each for each in overrides if "parameters" not in each)
    first = case(request.getfixturevalue(which), overrides=overrides)
    again = case(yaml.safe_dump(dict(first.resolved), sort_keys=False))
    assert again.resolved == first.resolved
    assert again.mesh == first.mesh and again.solve == first.solve
    assert first.resolved["mesh"]["cells"] == (7 if overrides else {"pump": 200, "steady": 20}[which])
    assert set(first.resolved["boundaries"]) == {"left", "right"}
    assert first.overrides == overrides


@pytest.mark.parametrize("flow", ["equimolar", {"stagnant": {"species": "CO2"}}])
def test_a_bulk_flow_keeps_its_name_in_the_resolved_case(case, flow):
    gas = {"species": ["N2", "CO2"], "pressure": 1e5, "temperature": 300.0, "bulk_flow": flow}
    first = case(STEADY_GAS % yaml.safe_dump({"gas": gas}, default_flow_style=True, width=1000).strip())
    again = case(yaml.safe_dump(dict(first.resolved), sort_keys=False))
    assert first.resolved["mixture"]["gas"]["bulk_flow"] == flow and again.resolved == first.resolved


def test_the_resolved_case_is_in_si(case, steady):
    loaded = case(steady, ("length: 0.1", "length: 10 cm"), ("temperature: 300", "temperature: 25 degC"))
    assert loaded.resolved["mesh"]["length"] == pytest.approx(0.1, rel=1e-15)
    assert loaded.resolved["mixture"]["binary"]["temperature"] == pytest.approx(298.15, rel=1e-15)


def test_a_convention_is_converted_where_it_is_asked_for(case, pump):
    loaded = case(pump, ("thermal_diffusion_coefficient: -1.15796", "thermal_diffusion_ratio: -0.1"))
    assert loaded.resolved["properties"]["thermal_diffusion_ratio"] == -0.1
    medium = Medium(loaded.mixture, loaded.properties, {})
    x_A = names(loaded)["x_A"]
    at = PointView(medium, {handles.temperature: 2.0, x_A: 0.25})
    expected = -0.1 * 2.11972252 / (2.0 * 0.25 * 0.75)  # D' = k_T D/(T x_A x_B)
    assert at[handles.thermal_diffusion_coefficient] == pytest.approx(expected, rel=1e-15)


def test_the_concentration_may_hang_on_the_fields(case, pump):
    steady = (
        "solve: {transient: {until: 3000, rtol: 1.0e-8}}\nobserve: {Qc: {heat_from: right, at: [50, 3000]}}",
        "solve: {steady: {mean: {x_A: 0.5}}}",
    )
    loaded = case(pump, ("concentration: 0.1", "concentration: 0.1/T"), steady)
    medium = Medium(loaded.mixture, loaded.properties, {})
    assert PointView(medium, {handles.temperature: 4.0})[handles.concentration] == pytest.approx(0.025, rel=1e-15)


def test_a_law_may_stand_twice_with_other_parameters(case, pump):
    two = "laws: [source: {balance: energy, rate: 2}, source: {balance: A, rate: T*x}, "
    loaded = case(pump, ("laws: [", two))
    assert list(loaded.laws)[:2] == ["source", "source_2"]
    assert [law["source"]["balance"] for law in loaded.resolved["laws"][:2]] == ["energy", "A"]


@pytest.mark.parametrize(
    "condition", ["{dirichlet: 1 + 0.1*t}", "{dirichlet: {value: 1 + 0.1*t}}", "{dirichlet: {expression: 1 + 0.1*t}}"]
)
def test_ways_to_write_a_condition(case, pump, condition):
    loaded = case(pump, ("left:  {T: {dirichlet: 1.0}", f"left:  {{T: {condition}"))
    value = loaded.boundaries["left"][handles.temperature].condition.value
    assert value(View(None, 5.0)) == pytest.approx(1.5, rel=1e-15)


def test_pure_substance(case):
    text = """
mesh: {type: Grid1D, length: 1, cells: 5}
mixture: pure
properties: {conductivity: 2, heat_capacity: 3}
laws: [conduction]
initial: {T: 300}
boundaries: {left: {T: {dirichlet: 400}}, right: {T: {robin: {coefficient: 2, reference: 300}}}}
solve: {transient: 10}
"""
    assert [balance.name for balance in case(text).mixture.balances] == ["energy"]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (
            ("heat_capacity: 0.2", "heat_capacity: 0.2, dufour_coefficient: 3"),
            "dufour_coefficient is given but nothing uses it",
        ),
        (("0.5 + 0.5*E*", "0.8 + 0.5*E*"), "x_A = 1.15 at x = 0 is out of range"),
        (("left:  {T: {dirichlet: 1.0}", "left:  {T: {dirichlet: -1.0}"), "T: value = -1 is out of range"),
    ],
)
def test_warnings(case, pump, edit, says):
    (warning,) = case(pump, edit).warnings
    assert warning.warning and says in warning.message


def test_a_law_without_effect_is_a_warning(case, steady):
    loaded = case(steady, ("laws: [fick]", "laws: [fick, conduction]"), ("1.6e-5", "1.6e-5, conductivity: 1"))
    (warning,) = loaded.warnings
    assert warning.message == "conduction moves energy, which is not solved for: T is given by the mixture"


def test_solutions_take_the_parameters_of_the_case(case, steady):
    compare = "compare: {solution: {emcd_slab: {species: N2, x_right: 0.2}}, tolerance: 1.0e-3}\n"
    given = "parameters: {concentration: 40, diffusivity: 1.6e-5 m^2/s, length: 0.1, x_left: 0.9, x_right: 0.4}\n"
    comparison = case(given + compare + steady).comparison
    assert comparison.tolerance == 1e-3
    solution = comparison.solution
    assert (solution.diffusivity, solution.x_left, solution.x_right) == (1.6e-5, 0.9, 0.2)


def test_objections_of_a_solution_stand_at_its_line(case, steady):
    slab = "{concentration: 40, diffusivity: 1.6e-5, length: 0.1, x_left: 0.9}"
    with pytest.raises(CaseError) as caught:
        case(steady + f"compare: {{solution: {{emcd_slab: {slab}}}, tolerance: 1}}\n")
    (problem,) = caught.value.problems
    assert problem.mark.line == 9 and "emcd_slab does not hold here: give either" in problem.message


PLUGINS = """
from fvtransport import FaceView, Law, Property, View, parameter, plugin
from fvtransport.plugins.handles import conductivity, energy, temperature


@plugin("linear")
class Linear(Property):
    at_zero: float = parameter(unit="{property}", minimum=0.0, meaning="value at T = 0")
    slope: Property = parameter(unit="{property}/K", meaning="change per kelvin")

    def __call__(self, at: View):
        return self.at_zero + self.slope(at) * at[temperature]


@plugin("careless")
class Careless(Law):
    needs = (conductivity,)

    def flux(self, face: FaceView):
        return {energy: face["conductivity"]}


@plugin("vague")
class Vague(Law):
    def flux(self, face: FaceView):
        return {"energy": face.grad(temperature)}
"""


def test_plugins_of_a_file_named_by_the_case(tmp_path, case, pump):
    (tmp_path / "mine.py").write_text(PLUGINS)
    linear = "conductivity: {linear: {at_zero: 0.4, slope: 0.01}}"
    loaded = case("plugins: [mine.py]\n" + pump, ("conductivity: 0.435691", linear))
    value = loaded.properties[handles.conductivity](PointView(None, {handles.temperature: 10.0}))
    assert value == pytest.approx(0.5, rel=1e-15)
    assert loaded.resolved["plugins"] == [str(tmp_path / "mine.py")]
    assert case(yaml.safe_dump(dict(loaded.resolved))).resolved == loaded.resolved


@pytest.mark.parametrize("law", ["careless", "vague"])
def test_a_law_that_fails_is_named_with_its_cause(tmp_path, case, pump, law):
    (tmp_path / "mine.py").write_text(PLUGINS)
    with pytest.raises(PluginError, match=f"law {law} failed at the initial state: "):
        case("plugins: [mine.py]\n" + pump, ("laws: [", f"laws: [{law}, "))


@pytest.mark.parametrize(
    ("file", "says"), [("1/0", "ZeroDivisionError"), ("def", "SyntaxError"), (None, "is not a file")]
)
def test_a_broken_plugin_file_is_a_mistake_at_its_line_and_the_only_one(tmp_path, case, pump, file, says):
    if file is not None:
        (tmp_path / "mine.py").write_text(file)
    with pytest.raises(CaseError, match=says) as caught:
        case("plugins: [mine.py]\n" + pump, ("laws: [", "laws: [my_own_law, "))
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.mark.column) == (1, 11)


def test_a_registry_that_is_given_stays_as_it_is(tmp_path, case, pump, registry):
    (tmp_path / "mine.py").write_text(PLUGINS)
    before = list(registry)
    for _ in range(2):
        case("plugins: [mine.py]\n" + pump)
    assert list(registry) == before


def test_checking_is_fast(case, pump, tmp_path, registry):
    case(pump)
    times = []
    for _ in range(3):
        begin = time.process_time()
        load(tmp_path / "case.yaml", (), registry)
        times.append(time.process_time() - begin)
    assert min(times) < 0.06
