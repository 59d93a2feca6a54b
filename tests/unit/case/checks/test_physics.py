"""Checks that need the laws and conditions at work; the plain ones stand in tests/errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import fvtransport
from fvtransport.errors import CaseError, PluginError


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


CASES = Path(__file__).parents[4] / "cases"
CLOSED = ("  left: {x_N2: {dirichlet: 0.9}}\n", "")


def test_a_source_that_answers_to_the_field_fixes_a_closed_steady_domain(case, steady):
    def law(rate):
        return ("[fick]", f"[fick, source: {{balance: N2, rate: {rate}}}]")

    case(steady, CLOSED, law("0.3 - x_N2"))
    (message,) = messages(lambda: case(steady, CLOSED, law("x - 0.05")))
    assert message.startswith("x_N2 is not fixed")
    mean = ("solve: steady", "solve: {steady: {mean: {x_N2: 0.3}}}")
    case(steady, CLOSED, law("x - 0.05"), mean)
    (message,) = messages(lambda: case(steady, CLOSED, law("0.3 - x_N2"), mean))
    assert message == "the mean of x_N2 is given, but its sources already fix x_N2"


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("0.3 - x_N2", ""),
        ("-2*x_N2", ""),
        ("x_N2*(1 - x_N2)", ""),
        ("2*x_N2", "x_N2 is not fixed: no boundary lets N2 out, and the sources produce them at every x_N2"),
        ("x_N2 - 1", "x_N2 is not fixed: no boundary lets N2 in, and the sources consume them at every x_N2"),
    ],
)
def test_a_source_that_nothing_balances_fixes_nothing(case, steady, rate, says):
    law = ("[fick]", f"[fick, source: {{balance: N2, rate: {rate}}}]")
    if not says:
        case(steady, CLOSED, law)
    else:
        assert messages(lambda: case(steady, CLOSED, law)) == [says]
    case(steady, law)


def test_moles_that_are_made_must_get_out(tmp_path):
    """A wash-coat behind walls that let no gas out as a whole would be empty in the end."""
    text = (CASES / "2d" / "washcoat.yaml").read_text().replace("p: {dirichlet: pressure}", "p: no_flux")
    path = tmp_path / "closed.yaml"
    path.write_text(text)
    (message,) = messages(lambda: fvtransport.check(path))
    assert message.startswith("p is not fixed: no boundary lets moles out, and the sources produce them at every p")


@pytest.mark.parametrize(
    ("condition", "fixes"),
    [
        ("{robin: {coefficient: 1e-3, reference: 0.5}}", True),
        ("{robin: {coefficient: 0, reference: 0.5}}", False),
        ("{neumann: 0}", False),
        ("{neumann: 1e-3*(x_N2 - 0.2)}", True),
        ("no_flux", False),
        ("{dirichlet: 0.5}", True),
    ],
)
def test_what_fixes_a_steady_field(case, steady, condition, fixes):
    edit = ("{dirichlet: 0.9}", condition)
    if fixes:
        case(steady, edit)
    else:
        (message,) = messages(lambda: case(steady, edit))
        assert message.startswith("x_N2 is not fixed")


def test_fluxes_are_balanced_up_to_round_off_only(case, steady):
    mean = ("solve: steady", "solve: {steady: {mean: {x_N2: 0.3}}}")

    def load(left, right):
        text = steady.replace("default: {x_N2: no_flux}", f"right: {{x_N2: {{neumann: {right}}}}}")
        return case(text, ("{dirichlet: 0.9}", f"{{neumann: {left}}}"), mean)

    load("0.1 + 0.2", "-0.3")
    assert messages(lambda: load("0.3", "-0.31"))[0].startswith("unbalanced fluxes")


def test_a_convention_brings_its_own_needs(case, pump):
    soret = ("thermal_diffusion_coefficient: -1.15796", "soret_coefficient: -0.5")
    laws = ("laws: [conduction, fick,", "laws: [conduction,")
    case(pump, soret, laws)
    (message,) = messages(lambda: case(pump, soret, laws, ("diffusivity: 2.11972252, ", "")))
    assert message.startswith("soret_dufour needs diffusivity")


def test_a_property_missing_for_two_laws_is_reported_once(case, pump):
    edit = (
        "laws: [conduction, fick, soret_dufour: {linearised_at: {T: T0, x_A: 0.5}}]",
        "laws: [conduction, fick, advection: {velocity: 0.1}]",
    )
    missing = ("conductivity: 0.435691, ", "")
    found = messages(lambda: case(pump, edit, missing))
    assert [message.partition(":")[0] for message in found] == ["conduction needs conductivity [W/m/K]"]


def test_storage_is_not_needed_in_a_steady_state(case, pump):
    transient = "solve: {transient: {until: 3000, rtol: 1.0e-8}}\nobserve: {Qc: {heat_from: right, at: [50, 3000]}}\n"
    edits = (transient, "solve: {steady: {mean: {x_A: 0.5}}}\n"), (", heat_capacity: 0.2", "")
    assert "heat_capacity" not in {handle.name for handle in case(pump, *edits).properties}


def test_numbers_that_cannot_be_evaluated_are_mistakes_of_the_case(case, pump):
    found = messages(lambda: case(pump, ("-1.15796", "1/(T - 1)")))
    assert found == ["law soret_dufour cannot be evaluated at the initial state: float division by zero"]


def test_steps_in_composition_at_a_misspelt_law_are_not_called_unmoved(case, pump):
    assert messages(lambda: case(pump, ("conduction, fick", "conducton, fick"))) == ['unknown law "conducton"']


def test_a_boundary_value_that_is_no_number_is_a_mistake_even_in_a_linearised_model(case, pump):
    found = messages(lambda: case(pump, ("left:  {T: {dirichlet: 1.0}", "left:  {T: {dirichlet: 1 + 0/x}")))
    assert found == ["T: value = nan"]


def test_a_broken_mixture_hides_nothing_but_what_hangs_on_it(case, pump):
    negative = ("concentration: 0.1", "concentration: -1")
    misspelt = ("x_A: no_flux}\n  right", "x_C: no_flux}\n  right")
    found = messages(lambda: case(pump, negative, misspelt))
    assert [each.split(" ")[0] for each in found] == ["concentration", "unknown"]
    found = messages(lambda: case(pump, ("species: [A, B]", "species: [A]"), ("cells: 200", "cells: 0")))
    assert len(found) == 2


CONDITION = """
from fvtransport import Boundary, BoundaryView, plugin


@plugin("careless")
class Careless(Boundary):
    def outward_flux(self, face: BoundaryView):
        return face.heat
"""


def test_a_condition_that_fails_is_named_with_its_cause(tmp_path, case, pump):
    (tmp_path / "mine.py").write_text(CONDITION)
    edit = ("left:  {T: {dirichlet: 1.0}", "left:  {T: careless")
    with pytest.raises(PluginError, match="condition careless failed at the initial state: AttributeError"):
        case("plugins: [mine.py]\n" + pump, edit)
