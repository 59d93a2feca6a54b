"""The findings of an audit as rows of a table."""

from __future__ import annotations

from ..audit.verdict import Audit, Verdict

__all__ = ["audit_title", "judgement", "verdict_rows"]

_LOUD = {Verdict.VIOLATED: "VIOLATED", Verdict.NOT_JUDGED: "NOT JUDGED"}


def audit_title(audit: Audit) -> str:
    """The title of the table, with the overall verdict."""
    return f"Audit: {_LOUD.get(audit.verdict, audit.verdict.value)}"


def verdict_rows(audit: Audit) -> list[tuple[str, str, str]]:
    """What is worst first: rule and terms, verdict, and what was measured against what; alike findings in one row."""
    rows: dict[tuple[Verdict, str, str], list[str]] = {}
    for each in audit.findings:
        rows.setdefault((each.verdict, each.rule, each.text), []).append(each.term)
    order = (Verdict.VIOLATED, Verdict.NOT_JUDGED, Verdict.ONE_WAY, Verdict.EXTERNAL, Verdict.PASSED)
    found = sorted(rows.items(), key=lambda row: order.index(row[0][0]))
    return [
        (f"{rule}: {', '.join(terms)}", _LOUD.get(verdict, verdict.value), text)
        for (verdict, rule, text), terms in found
    ]


def judgement(audit: Audit) -> str:
    """What was judged, what was not and why, in two sentences."""
    by_term = audit.by_term
    passed = [name for name, verdict in by_term.items() if verdict is Verdict.PASSED]
    broken = [name for name, verdict in by_term.items() if verdict is Verdict.VIOLATED]
    judged = f"Judged and in accord with thermodynamics: {', '.join(passed) or 'nothing'}"
    judged += f"; violated by: {', '.join(broken)}." if broken else "."
    words = ((Verdict.NOT_JUDGED, ""), (Verdict.ONE_WAY, " (one-way)"), (Verdict.EXTERNAL, " (external)"))
    rest = [f"{name}{note}" for verdict, note in words for name, each in by_term.items() if each is verdict]
    return f"{judged} Not judged: {', '.join(rest)}." if rest else f"{judged} Nothing was left out."
