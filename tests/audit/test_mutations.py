"""Transport that is wrong by one change is violated, under the right rule and by the name of the law."""

from __future__ import annotations

import pytest

import fvtransport as fv
from fvtransport.audit.at_start import audit_start
from fvtransport.audit.verdict import Audit, Verdict
from fvtransport.discretisation.build import build

from .mutated_sets import CAUGHT, OPEN


@pytest.fixture
def audited(tmp_path):
    """A function that audits the text of a case: its initial state, or its solution where it runs."""

    def of(text: str, runs: bool = False) -> Audit:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        if runs:
            return fv.run(path).audit
        case = fv.check(path)
        return audit_start(case, build(case))

    return of


@pytest.mark.parametrize("each", CAUGHT, ids=[each.name for each in CAUGHT])
def test_wrong_sets_are_caught(audited, each):
    found = audited(each.text, each.runs)
    assert found.verdict is Verdict.VIOLATED, found.as_dict()
    hits = [one for one in found.findings if one.rule == each.rule and one.verdict is Verdict.VIOLATED]
    assert {one.term for one in hits} >= set(each.terms), found.violations
    assert all(name in one.text for one in hits for name in each.terms if one.term == name)
    assert all("nan" not in text for text in found.violations)


@pytest.mark.parametrize("each", OPEN, ids=[each.name for each in OPEN])
def test_what_cannot_be_judged_has_its_verdict_and_a_reason(audited, each):
    found = audited(each.text, each.runs)
    assert each.reason and found.by_term[each.term].value == each.verdict, found.as_dict()
    assert found.verdict is (Verdict.PASSED if each.verdict in ("passed", "external") else Verdict.NOT_JUDGED)


def test_there_are_enough_of_them():
    names = [each.name for each in (*CAUGHT, *OPEN)]
    assert len(CAUGHT) >= 45 and len(set(names)) == len(names)
