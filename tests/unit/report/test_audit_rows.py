"""Findings as rows, and what was judged in two sentences."""

from fvtransport.audit.verdict import Audit, Finding, Verdict
from fvtransport.report.audit_rows import audit_title, judgement, verdict_rows

FOUND = Audit(
    (
        Finding("a", "second law", Verdict.PASSED, "0.5"),
        Finding("b", "second law", Verdict.PASSED, "0.5"),
        Finding("b", "reciprocity", Verdict.ONE_WAY, "no partner"),
        Finding("c", "opposed rates", Verdict.EXTERNAL, "irreversible"),
    )
)


def test_alike_findings_stand_in_one_row_the_worst_first():
    assert verdict_rows(FOUND) == [
        ("reciprocity: b", "one-way", "no partner"),
        ("opposed rates: c", "external", "irreversible"),
        ("second law: a, b", "passed", "0.5"),
    ]
    assert audit_title(FOUND) == "Audit: NOT JUDGED"


def test_what_was_judged():
    assert judgement(FOUND) == "Judged and in accord with thermodynamics: a. Not judged: b (one-way), c (external)."
    broken = Audit((Finding("a", "r", Verdict.VIOLATED, ""),))
    assert judgement(broken).endswith("nothing; violated by: a. Nothing was left out.")
