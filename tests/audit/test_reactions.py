"""Right sets of reactions are never called violated, wrong ones are caught or said not to be judged."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import fvtransport as fv
from fvtransport.audit.reaction_loops import null_space
from fvtransport.audit.reactions import reaction_findings, reaction_production
from fvtransport.audit.verdict import Finding, Verdict
from fvtransport.discretisation.build import build
from tests.tools.cases import case_text

from .reaction_sets import A_B, ISOTHERMAL, RIGHT, WRONG, laws, reaction


@pytest.fixture
def findings(tmp_path):
    """A function that writes a case and judges its reactions at the initial state."""

    def of(text: str, *overrides: str) -> list[Finding]:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        discretised = build(fv.check(path, overrides))
        return reaction_findings(discretised.system, [(discretised.t, discretised.values)])

    return of


@pytest.mark.parametrize("text", RIGHT.values(), ids=list(RIGHT))
def test_right_sets_pass(findings, text):
    found = findings(text)
    wrong = [each for each in found if each.verdict not in (Verdict.PASSED, Verdict.EXTERNAL)]
    assert found and not wrong, [each.text for each in wrong]
    for each in found:
        if each.verdict is Verdict.PASSED:
            assert each.judged == 12 and each.value == each.value, each


@pytest.mark.parametrize("each", WRONG, ids=[each.name for each in WRONG])
def test_wrong_sets_are_caught(findings, each):
    found = findings(each.text)
    named = {one.term for one in found if one.verdict is Verdict.VIOLATED}
    texts = [one.text for one in found]
    if not each.rule:
        assert each.reason and not named, texts
        return
    expected = Verdict.VIOLATED if each.is_judged else Verdict.NOT_JUDGED
    hits = [one for one in found if one.rule == each.rule and one.verdict is expected]
    assert {one.term for one in hits} == set(each.terms), texts
    assert all(one.value > 0.0 for one in hits) or not each.is_judged
    assert all("nan" not in one.text for one in found), texts


NAMES = sorted((Path(__file__).parents[2] / "cases").rglob("*.yaml"))
REACTING = [path for path in NAMES if "reaction:" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", REACTING, ids=lambda path: path.stem)
def test_shipped_cases_are_not_violated(path):
    result = fv.run(path)
    assert result.ending.succeeded
    states = [(each.t, each.values) for each in result.snapshots]
    found = reaction_findings(result.system, states)
    assert found and all(each.verdict in (Verdict.PASSED, Verdict.EXTERNAL) for each in found), found


def turned(text: str) -> str:
    """The same case with A and B exchanged, in the mixture, the reactions, the data and the start."""
    return re.sub(r"\b(x_)?([AB])\b", lambda each: (each[1] or "") + {"A": "B", "B": "A"}[each[2]], text)


@pytest.mark.parametrize("each", WRONG, ids=[each.name for each in WRONG])
def test_verdicts_do_not_depend_on_the_names(findings, each):
    before, after = (
        {(one.term, one.rule, one.verdict) for one in findings(text)} for text in (each.text, turned(each.text))
    )
    assert before == after


@pytest.mark.parametrize("species", ["[B, A, C]", "[C, B, A]", "[B, C, A]"])
@pytest.mark.parametrize("text", [RIGHT["loop"], next(e.text for e in WRONG if "off by 1 %" in e.name)],
                         ids=["right", "wrong"])  # fmt: skip
def test_the_order_of_the_species_does_not_matter(findings, text, species):
    solved = re.findall("[ABC]", species)[:2]
    other = text.replace("[A, B, C]", species)
    for block, values in (("initial", ['"0.2 + 30*x"', "0.3"]), ("boundaries", ["{dirichlet: 0.3}"] * 2)):
        old = re.search(rf"(?m)^{block}: .*x_A.*$", other)[0]
        both = ", ".join(f"x_{name}: {value}" for name, value in zip(solved, values))
        other = other.replace(old, re.sub(r"x_A: .*?, x_B: (\{[^}]*\}|[^,}]*)", both, old))
    kept = {(each.rule, each.verdict) for each in findings(other)}
    assert kept == {(each.rule, each.verdict) for each in findings(text)}


@pytest.mark.parametrize("factor", ["1e-12", "1e6"])
@pytest.mark.parametrize("name", ["isomers", "dissociation", "loop", "autocatalysis"])
def test_scaled_rates_do_not_matter(findings, name, factor):
    text = RIGHT[name].replace("pre_exponential_factor: 3e6", f"pre_exponential_factor: 3*{factor}")
    assert {each.verdict for each in findings(text)} == {Verdict.PASSED}


def test_cells_without_a_species_are_skipped_and_counted(findings):
    found = findings(RIGHT["isomers"], "initial.x_A={by_region: {cold: 1, hot: 0.5}}")
    judged = [(each.judged, each.skipped) for each in found if each.rule == "van 't Hoff"]
    assert judged == [(6, 6)] and all(each.verdict is Verdict.PASSED for each in found)
    nothing = findings(RIGHT["isomers"], "initial.x_A=1")
    assert {each.verdict for each in nothing if each.rule in ("van 't Hoff", "mass action")} == {Verdict.NOT_JUDGED}


def test_a_wrong_constant_for_a_time_is_seen_at_that_time(tmp_path):
    late = "{step: {before: 4, after: 4.2, at: 0.5 s}}"
    two = laws(reaction(A_B, "rate_constant: 1, equilibrium_constant: 4"),
               reaction(A_B, f"rate_constant: 2, equilibrium_constant: {late}"), heat=False)  # fmt: skip
    path = tmp_path / "case.yaml"
    path.write_text(case_text(ISOTHERMAL, laws=two), encoding="utf-8")
    discretised = build(fv.check(path))
    for t, expected in ((0.0, Verdict.PASSED), (0.75, Verdict.VIOLATED)):
        found = reaction_findings(discretised.system, [(t, discretised.values)])
        (rule,) = {each.verdict for each in found if each.rule == "Wegscheider's condition"}
        assert rule is expected
    found = reaction_findings(discretised.system, [(0.0, discretised.values), (0.75, discretised.values)])
    assert any("t = 0.75" in each.text for each in found if each.verdict is Verdict.VIOLATED)


@pytest.mark.parametrize("each", [WRONG[0], WRONG[-1]], ids=lambda each: each.name)
def test_many_instants_together_give_what_each_gives(tmp_path, each):
    path = tmp_path / "case.yaml"
    path.write_text(each.text, encoding="utf-8")
    discretised = build(fv.check(path))
    system, start = discretised.system, discretised.values
    states = [(0.1 * k, start * (1.0 - 0.02 * k)) for k in range(5)]
    together = {(one.term, one.rule): one for one in reaction_findings(system, states)}
    for name, found in together.items():
        alone = [one for state in states for one in reaction_findings(system, [state]) if (one.term, one.rule) == name]
        worst = max((one.value for one in alone), default=0.0)
        assert found.value == pytest.approx(worst, rel=1e-12, nan_ok=True)
        assert (found.judged, found.skipped) == (sum(a.judged for a in alone), sum(a.skipped for a in alone))
        assert found.text in [one.text for one in alone] or found.verdict is not Verdict.VIOLATED


def test_entropy_production(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(RIGHT["isomers at a given temperature"], encoding="utf-8")
    discretised = build(fv.check(path))
    x = discretised.values[0, discretised.system.geometry.cells]
    forward, reverse = 40 * x, 10 * (1 - x)
    found = reaction_production(discretised.system, 0.0, discretised.values)
    assert found.keys() == {"reaction"}
    expected = 8.31446261815324 * (forward - reverse) * np.log(forward / reverse)
    assert np.allclose(found["reaction"], expected, rtol=1e-12, atol=0) and (found["reaction"] >= 0.0).all()


@pytest.mark.parametrize(
    "matrix, count",
    [
        ([[-1, 1, 0], [0, -1, 1], [-1, 0, 1]], 1),
        ([[-1, 2], [-2, 4], [1, -2]], 2),
        ([[0, 0]], 1),
        ([[-1, 1]], 0),
        ([[-1, -1, 2, 0], [-1, 0, 1, 0], [0, -1, 1, 0], [0, 0, 0, 0]], 2),
    ],
)
def test_null_space(matrix, count):
    found = null_space(np.array(matrix, float))
    assert len(found) == count == len(matrix) - np.linalg.matrix_rank(matrix)
    assert all(np.allclose(each @ np.array(matrix), 0.0, atol=1e-12) and each.any() for each in found)
