"""Observables that are formulas of others: their order, their spans, and mistakes in them."""

from __future__ import annotations

import math

import pytest

import fvtransport
from tests.tools.cases import PURE, case_text, line

CASE = case_text(
    PURE,
    parameters="{width: 2.0, A: 1.0}",
    mesh=line(1.0, 10, cross_section="width"),
    initial="{T: 2.0}",
    boundaries="{left: {T: {neumann: -3.0}}, right: {T: no_flux}}",
    solve="{transient: {until: 0.5}}",
    observe="""
  Q: {heat_from: left}
  U: {amount: energy}
  several: {heat_from: left, at: [0.1, 0.2]}
  early: {heat_from: left, at: 0.1}""",
)
PHASES = """\
protocol:
  phases: {on: {duration: 0.2}, off: {duration: 0.3, boundaries: {left: {T: no_flux}}}}
  repeat: 2
"""


@pytest.fixture
def write(tmp_path):
    def of(observe: str, phases: bool = False):
        text = CASE + "".join(f"  {line}\n" for line in observe.splitlines())
        if phases:
            text = text.replace("{transient: {until: 0.5}}", "transient") + PHASES
            text = text.replace("  several: {heat_from: left, at: [0.1, 0.2]}\n", "")
        path = tmp_path / "case.yaml"
        path.write_text(text)
        return path

    return of


def test_formulas_of_observables_parameters_and_each_other(write):
    result = fvtransport.run(write("share: {formula: twice/(U*width)}\ntwice: {formula: 2*Q - 0*early, unit: J}"))
    found = {name: reading.value for name, reading in result.observables.items()}
    assert found["Q"] == pytest.approx(3.0, rel=1e-12)
    assert found["twice"] == 2 * found["Q"] and found["share"] == found["twice"] / (found["U"] * 2.0)
    assert result.observables["twice"].unit == "reduced" and result.observables["share"].unit == ""
    assert result.summary()["observables"]["share"] == {"value": found["share"], "unit": ""}


def test_division_by_zero_is_no_number(write):
    result = fvtransport.run(write("none: {formula: Q/(Q - Q)}"))
    assert not math.isfinite(result.observables["none"].value) and result.exit_code == 0
    assert result.summary()["observables"]["none"]["value"] is None


def test_a_formula_over_a_span_takes_its_observables_over_it(write):
    text = (
        "law: {formula: Q - U, over: cycle}\nmean: {formula: 2*Q, mean_over: on, unit: J}\nplain: {formula: "
        "3*Q}\nlater: {formula: plain + Q, over: on}"
    )
    result = fvtransport.run(write(text, phases=True))
    found = {name: reading.value for name, reading in result.observables.items()}
    assert found["Q"] == pytest.approx(2 * 3.0 * 2.0 * 0.2, rel=1e-12)
    assert found["law"] == pytest.approx(0.0, abs=1e-13) and found["mean"] == pytest.approx(2 * 3.0 * 2.0, rel=1e-12)
    assert found["later"] == pytest.approx(4 * 3.0 * 2.0 * 0.2, rel=1e-12)
    assert result.observables["mean"].is_mean and result.summary()["observables"]["mean"]["mean_over"] == "on"


def test_a_formula_of_observables_over_spans_has_a_value_in_each(write):
    text = (
        "Qc: {heat_from: left, over: cycle}\nUc: {amount: energy, over: cycle}\nratio: {formula: "
        "Uc/Qc}\nmixed: {formula: Uc/Q}"
    )
    protocol = fvtransport.run(write(text, phases=True)).protocol
    rows = protocol["observables"]
    assert rows["ratio"]["on"] == pytest.approx([1.0, 1.0], rel=1e-12) and rows["ratio"]["cycle"] == pytest.approx(
        [1.0, 1.0], rel=1e-12
    )
    assert rows["ratio"]["off"] == [None, None] or not any(map(math.isfinite, filter(None, rows["ratio"]["off"])))
    assert "mixed" not in rows, "Q is since the start"


@pytest.mark.parametrize(
    "observe, at, says",
    [
        ("a: {formula: Q/Z}", "Z", 'unknown name "Z"; expected one of Q, U, several, early'),
        ("a: {formula: a + Q}", "a + Q}", "a is a formula of itself"),
        ("a: {formula: b + Q}\nb: {formula: c}\nc: {formula: 2*b}", "c}", "formulas run in a circle: b -> c -> b"),
        ("a: {formula: several}", "several}", "several is read at 2 times; expected an observable with a single value"),
        ("a: {formula: [Q]}", "[Q]", "formula is a list; expected a formula of observables"),
        ("a: {formula: }", "}", "formula is nothing"),
        ("a: {formula: Q, at: 0.1}", "at: 0.1}", 'unknown key of a formula "at"'),
        ("a: {formula: Q, unit: []}", "[]", "unit is a list; expected text"),
        ("a: {formula: 2 Q}", "Q}", "cannot read the expression here"),
        ("A: {heat_to: left}\na: {formula: A}", "A}", "A is an observable and a parameter"),
        ("a: {formula: Q, over: cycle}", "over: cycle", "over needs phases, and the case has no protocol"),
    ],
)
def test_mistakes(write, observe, at, says):
    with pytest.raises(fvtransport.CaseError) as caught:
        fvtransport.check(write(observe))
    (problem,) = caught.value.problems
    assert says in problem.render(), problem.render()
    assert problem.mark.text[problem.mark.column - 1 :].startswith(at)


@pytest.mark.parametrize(
    "observe, says",
    [
        ("a: {formula: b, over: cycle}\nb: {heat_from: left, over: on}", "b is taken over on already"),
        ("a: {formula: early, over: cycle}", "early is read at a time"),
        ("a: {formula: f, over: cycle}\nf: {outflow: {of: energy, through: left}}", "outflow is a rate"),
        ("a: {formula: b, over: cycle}\nb: {formula: Q, over: on}", "b is taken over on already"),
        ("a: {formula: Q, over: of}", 'unknown phase "of"; expected one of on, off, cycle; did you mean "off"?'),
    ],
)
def test_mistakes_of_spans(write, observe, says):
    with pytest.raises(fvtransport.CaseError) as caught:
        fvtransport.check(write(observe, phases=True))
    (problem,) = caught.value.problems
    assert says in problem.render(), problem.render()


def test_a_formula_of_a_broken_observable_is_not_blamed(write):
    with pytest.raises(fvtransport.CaseError) as caught:
        fvtransport.check(write("b: {heat_form: left}\na: {formula: 2*b}"))
    assert len(caught.value.problems) == 1
