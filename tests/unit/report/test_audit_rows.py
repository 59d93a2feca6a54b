"""Findings as rows, and what was judged in two sentences."""

from fvtransport.audit.verdict import Audit, Finding, Verdict
from fvtransport.report.audit_rows import audit_title, judgement, verdict_rows

FOUND = Audit(
    (
        Finding("a", "second law", Verdict.PASSED, "0.5"),
        Finding("b", "second law", Verdict.PASSED, "0.5"),
        Finding("b", "reciprocity", Verdict.ONE_WAY, "no partner"),
        Finding("c", "opposed rates", Verdict.EXTERNAL, "c is irreversible"),
    )
)


def test_alike_findings_stand_in_one_row_the_worst_first():
    assert verdict_rows(FOUND) == [
        ("one-way", "reciprocity (b): no partner"),
        ("external", "opposed rates: c is irreversible"),
        ("passed", "second law (a, b): 0.5"),
    ]
    assert audit_title(FOUND) == "Audit: NOT JUDGED"


def test_of_many_that_pass_one_rule_the_first_are_shown():
    many = Audit(tuple(Finding(name, "rule", Verdict.PASSED, f"{n} of 1") for n, name in enumerate("abcde")))
    rows = verdict_rows(many)
    assert len(rows) == 3 and rows[-1] == ("passed", "rule (c, d, e): within the same limit")


def test_what_was_judged():
    said = judgement(FOUND)
    assert (
        said.startswith("Judged and in accord with thermodynamics: a. Not judged: b (one-way") and "c (external" in said
    )
    broken = Audit((Finding("a", "r", Verdict.VIOLATED, ""),))
    assert judgement(broken).endswith("nothing; violated by: a. Nothing was left out.")
