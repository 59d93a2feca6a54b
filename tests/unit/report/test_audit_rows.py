"""The findings of an audit as rows and in two sentences."""

import pytest

from fvtransport.audit.verdict import Audit, Finding, Verdict
from fvtransport.report.audit_rows import audit_title, judgement, verdict_rows


def _audit(*findings):
    return Audit(tuple(Finding(term, rule, verdict, text) for term, rule, verdict, text in findings))


LIMIT = "off by 1e-12, at most 1e-6 is allowed"
PASSED = ("fick", "second law", Verdict.PASSED, "the smallest eigenvalue is 1, and must not be negative")
SORET = ("soret", "reciprocity", Verdict.ONE_WAY, "soret is one-way: its partner would carry 0.02 of the heat flux")
SOURCE = ("source", "source", Verdict.EXTERNAL, "source is a source: what it produces is external")


def test_the_worst_is_first_and_the_title_says_so():
    broken = ("dufour", "reciprocity", Verdict.VIOLATED, "reciprocity is broken by dufour: 1 and 2")
    audit = _audit(PASSED, SORET, broken)
    assert [verdict for verdict, _ in verdict_rows(audit)] == ["VIOLATED", "one-way", "passed"]
    assert audit_title(audit) == "Audit: VIOLATED"


def test_laws_of_one_text_share_a_row():
    (row,) = verdict_rows(_audit(PASSED, ("conduction", *PASSED[1:])))
    assert row == ("passed", f"second law (fick, conduction): {PASSED[3]}")


def test_external_terms_that_differ_in_their_name_share_a_row():
    other = ("source_2", "source", Verdict.EXTERNAL, "source_2 is a source: what it produces is external")
    (row,) = verdict_rows(_audit(SOURCE, other))
    assert row == ("external", "source (source, source_2): each is a source: what it produces is external")


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (SORET, f"reciprocity: {SORET[3]}"),
        (("r", "affinity", Verdict.PASSED, f"affinity holds for r: {LIMIT}"), f"affinity holds for r: {LIMIT}"),
        (("fick", "reciprocity", Verdict.PASSED, LIMIT), f"reciprocity (fick): {LIMIT}"),
    ],
)
def test_no_name_is_said_twice(finding, line):
    assert [text for _, text in verdict_rows(_audit(finding))] == [line]


def test_of_many_that_pass_a_rule_the_first_are_shown():
    audit = _audit(*((f"r{n}", "affinity", Verdict.PASSED, f"affinity holds for r{n}: off by {n}") for n in range(6)))
    texts = [text for _, text in verdict_rows(audit)]
    assert texts[:2] == ["affinity holds for r0: off by 0", "affinity holds for r1: off by 1"]
    assert texts[2:] == ["affinity (r2, r3, r4, r5): within the same limit"]


def test_two_sentences_say_what_was_judged_and_what_was_not():
    assert judgement(_audit(PASSED)) == "Judged and in accord with thermodynamics: fick. Nothing was left out."
    other = ("source_2", *SOURCE[1:])
    assert judgement(_audit(PASSED, SORET, SOURCE, other)) == (
        "Judged and in accord with thermodynamics: fick. Not judged: soret (one-way: without the partner that "
        "reciprocity asks for); source, source_2 (external: driven from outside the case)."
    )
    assert judgement(_audit(SOURCE)).startswith("Judged and in accord with thermodynamics: nothing. Not judged:")
