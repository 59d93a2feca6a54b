"""Verdicts of several findings, what strict refuses, and the audits of several phases as one."""

import pytest

from fvtransport.audit.verdict import Audit, Finding, Verdict, joined, most_serious, worst
from fvtransport.case.audit_spec import AuditSpec

P, V, N, O, E = Verdict


def audit(**terms: Verdict) -> Audit:
    return Audit(tuple(Finding(name, "rule", verdict, f"{name} {verdict.value}") for name, verdict in terms.items()))


def held(found: Audit, *accepted: str) -> tuple[Finding, ...]:
    assert not found.held_to(AuditSpec()).refused
    return found.held_to(AuditSpec("strict", accepted)).refused


@pytest.mark.parametrize(
    ("terms", "whole"),
    [
        ({}, N), ({"a": P}, P), ({"a": P, "b": E}, P), ({"a": E}, N), ({"a": P, "b": O}, N), ({"a": P, "b": N}, N),
        ({"a": O, "b": V}, V), ({"a": N, "b": V, "c": P}, V),
    ],
)  # fmt: skip
def test_the_verdict_of_all_terms(terms, whole):
    assert audit(**terms).verdict is whole


def test_the_worst_of_a_term():
    both = Audit((Finding("a", "one", P, ""), Finding("a", "two", O, ""), Finding("b", "one", E, "")))
    assert both.by_term == {"a": O, "b": E} and worst([]) is N


def test_strict_refuses_what_is_violated_or_not_judged_unless_accepted():
    found = audit(a=P, b=V, c=N, d=O, e=E)
    assert [each.term for each in held(found)] == ["b", "c", "d"]
    assert [each.term for each in held(found, "d", "b")] == ["c"]
    assert held(audit(a=E))[0].verdict is N and not held(audit(a=P))


def test_texts():
    found = audit(a=P, b=V, c=N, d=O, e=E)
    assert found.violations == ("b violated",)
    assert found.remarks == ("c not judged", "d one-way", "e external")
    assert found.as_dict()["terms"]["d"] == "one-way" and found.as_dict()["verdict"] == "violated"


def test_what_was_not_judged_neither_holds_nor_is_symmetric():
    nothing = Audit()
    assert not nothing.symmetric and not nothing.positive and nothing.verdict is N


def test_phases_are_named_where_they_differ():
    one = Audit((Finding("a", "r", P, "0.1", 0.1), Finding("b", "r", O, "one-way")), 0.1, 0.5)
    two = Audit((Finding("a", "r", P, "0.2", 0.2), Finding("b", "r", V, "broken")), 0.3, 0.7)
    whole = joined({"on": one, "off": two, "rest": None})
    assert whole.violations == ("in phase off: broken",) and whole.remarks == ("in phase on: one-way",)
    assert (whole.asymmetry, whole.margin) == (0.3, 0.5) and joined({"rest": None}) is None


def test_what_was_judged_in_part_is_not_said_to_hold():
    """Some faces passed the second law and others were not judged."""
    part = Audit(
        (Finding("a", "second law", P, "", judged=3), Finding("a", "reciprocity", P, "", judged=3),
         Finding("transport", "second law", N, "2 of 5 faces were not judged", judged=3, skipped=2))
    )  # fmt: skip
    assert part.symmetric and not part.positive


def test_the_most_serious_of_every_term():
    first, second = Finding("a", "r", P, "one"), Finding("a", "r", P, "two")
    worse, other = Finding("a", "r", N, "three"), Finding("b", "r", E, "four")
    assert most_serious([first, second, other]) == {"a": first, "b": other}
    assert most_serious([first, worse, other, second])["a"] is worse


def test_phases_refuse_each_by_its_own_audit():
    found = audit(a=O)
    strict, accepting = found.held_to(AuditSpec("strict")), found.held_to(AuditSpec("strict", ("a",)))
    assert joined({"one": found, "two": strict}).refused_terms == {"a": "one-way"}
    assert joined({"one": found, "two": accepting}).refused_terms == {}
