"""The findings of an audit as rows of a table, and in two sentences."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..audit.verdict import Audit, Finding, Verdict
from .console import table, text

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["audit_parts", "audit_title", "judgement", "verdict_rows"]

_LOUD = {Verdict.VIOLATED: "VIOLATED", Verdict.NOT_JUDGED: "NOT JUDGED"}
_ORDER = (Verdict.VIOLATED, Verdict.NOT_JUDGED, Verdict.ONE_WAY, Verdict.EXTERNAL, Verdict.PASSED)
_REASONS = {
    Verdict.NOT_JUDGED: "the reason is in the table",
    Verdict.ONE_WAY: "one-way: without the partner that reciprocity asks for",
    Verdict.EXTERNAL: "external: driven from outside the case",
}
_SHOWN, _EACH, _WIDTH = 3, "each", 100


def audit_parts(audit: Audit) -> list[RenderableType]:
    """The table of an audit and what it says in two sentences."""
    rows = table(audit_title(audit), ("verdict", "rule, and what was measured against what"), verdict_rows(audit))
    return [rows, text(textwrap.fill(judgement(audit), _WIDTH) + "\n")]


def audit_title(audit: Audit) -> str:
    """The title of the table, with the overall verdict."""
    return f"Audit: {_LOUD.get(audit.verdict, audit.verdict.value)}"


def verdict_rows(audit: Audit) -> list[tuple[str, str]]:
    """Verdict, and rule with what was measured, the worst first.

    Findings that differ in their term alone share a row; of one rule that more than a few terms pass, the first are
    shown and the others named.
    """
    shown: list[tuple[str, str]] = []
    passed: dict[str, list[list[Finding]]] = {}
    for alike in sorted(_alike(audit.findings), key=lambda group: _ORDER.index(group[0].verdict)):
        verdict, rule = alike[0].verdict, alike[0].rule
        if verdict is Verdict.PASSED:
            passed.setdefault(rule, []).append(alike)
        else:
            shown.append((_LOUD.get(verdict, verdict.value), _line(rule, alike)))
    for rule, groups in passed.items():
        shown += [("passed", line) for line in _passed_lines(rule, groups)]
    return shown


def judgement(audit: Audit) -> str:
    """What was judged, what was not and why, in two sentences."""
    terms: dict[Verdict, list[str]] = {}
    for name, verdict in audit.by_term.items():
        terms.setdefault(verdict, []).append(name)
    judged = f"Judged and in accord with thermodynamics: {', '.join(terms.get(Verdict.PASSED, ['nothing']))}"
    if broken := terms.get(Verdict.VIOLATED):
        judged += f"; violated by: {', '.join(broken)}"
    rest = [f"{', '.join(terms[verdict])} ({why})" for verdict, why in _REASONS.items() if verdict in terms]
    return f"{judged}. Not judged: {'; '.join(rest)}." if rest else f"{judged}. Nothing was left out."


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one verdict and rule whose texts are equal or differ in the name of the term alone."""
    equal: dict[tuple[Verdict, str, str], list[Finding]] = {}
    for each in findings:
        equal.setdefault((each.verdict, each.rule, each.text), []).append(each)
    rows: dict[tuple[Verdict, str, str], list[Finding]] = {}
    for (verdict, rule, measured), group in equal.items():
        own = measured.replace(group[0].term, _EACH, 1) if len(group) == 1 else measured
        rows.setdefault((verdict, rule, own), []).extend(group)
    return list(rows.values())


def _passed_lines(rule: str, groups: Sequence[Sequence[Finding]]) -> list[str]:
    """The rows of one rule that was passed."""
    count = len(groups) if len(groups) <= _SHOWN else _SHOWN - 1
    lines = [_line(rule, alike) for alike in groups[:count]]
    others = [each.term for alike in groups[count:] for each in alike]
    return [*lines, f"{rule} ({_listed(others)}): within the same limit"] if others else lines


def _line(rule: str, alike: Sequence[Finding]) -> str:
    """Rule, terms and what was measured, without saying a name twice."""
    measured = alike[0].text
    is_named = all(_names(each.term, measured) for each in alike)
    if len({each.text for each in alike}) > 1:
        measured, is_named = measured.replace(alike[0].term, _EACH, 1), False
    if is_named and rule in measured:
        return measured
    return f"{rule}: {measured}" if is_named else f"{rule} ({_listed(each.term for each in alike)}): {measured}"


def _names(term: str, measured: str) -> bool:
    """Whether every word of a term occurs in a text."""
    return set(term.split()) <= set(re.split(r"[\s,:;]+", measured))


def _listed(terms: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(terms))
