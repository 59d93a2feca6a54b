"""Right sets of reactions are never called violated, wrong ones are caught or said not to be judged."""

from __future__ import annotations

import pytest

import fvtransport as fv
from fvtransport.audit.reactions import reaction_findings
from fvtransport.audit.verdict import Finding, Verdict
from fvtransport.discretisation.build import build

from .reaction_sets import RIGHT, WRONG


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
