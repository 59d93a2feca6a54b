"""What an audit says: findings, each on one rule of thermodynamics for one term, and the verdict of all together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np

from ..case.audit_spec import AuditSpec

__all__ = ["NEGLIGIBLE", "Audit", "Finding", "Verdict", "joined", "most_serious", "worst"]

NEGLIGIBLE = 1e-9


class Verdict(Enum):
    """What can be said of a term. Values are the words in reports.

    A one-way law lacks the partner that reciprocity asks for, and is not judged. An external term is driven by
    something outside the case (a source, an imposed flux, a given velocity) and does not count.
    """

    PASSED = "passed"
    VIOLATED = "violated"
    NOT_JUDGED = "not judged"
    ONE_WAY = "one-way"
    EXTERNAL = "external"


_ORDER = (Verdict.VIOLATED, Verdict.NOT_JUDGED, Verdict.ONE_WAY, Verdict.PASSED, Verdict.EXTERNAL)
_OPEN = (Verdict.NOT_JUDGED, Verdict.ONE_WAY)


@dataclass(frozen=True)
class Finding:
    """One rule of thermodynamics held against one term of a case.

    term is the name of a law, reaction, boundary condition or interface condition, or what else was judged; text says
    what was measured and what it is measured against. judged and skipped are numbers of faces or cells, 0 where the
    rule does not count them. value is the number that was measured, NaN where there is none. note is what a reader
    should know whatever the verdict.
    """

    term: str
    rule: str
    verdict: Verdict
    text: str
    value: float = float("nan")
    judged: int = 0
    skipped: int = 0
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `summary.json` holds it."""
        counts = {"judged": self.judged, "skipped": self.skipped} if self.judged or self.skipped else {}
        return {
            "term": self.term, "rule": self.rule, "verdict": self.verdict.value, "text": self.text,
            "measured": self.value, **counts,
        }  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """All findings on a case; numbers are the worst of all states that were judged, NaN where nothing was.

    asymmetry is |L_ij - L_ji| / (|L_ij| + |L_ji|), from 0 to 1; margin the smallest eigenvalue of the symmetric part of
    L_ij / sqrt(L_ii L_jj), 1 without cross-effects and 0 on the verge. refused are findings that `audit: strict` of the
    case or of a phase refuses.
    """

    findings: tuple[Finding, ...] = ()
    asymmetry: float = float("nan")
    margin: float = float("nan")
    refused: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """That of all terms together: not judged as long as any term is, or if there is nothing to judge."""
        found = worst(finding.verdict for finding in self.findings)
        if found is Verdict.ONE_WAY or found is Verdict.EXTERNAL:
            return Verdict.NOT_JUDGED
        return found

    @property
    def by_term(self) -> Mapping[str, Verdict]:
        """The worst verdict on every term, in the order in which they were judged."""
        terms = dict.fromkeys(finding.term for finding in self.findings)
        return {name: worst(each.verdict for each in self.findings if each.term == name) for name in terms}

    @property
    def symmetric(self) -> bool:
        """Whether reciprocity was judged and holds, with no law that lacks its partner."""
        return self._holds(("reciprocity",))

    @property
    def positive(self) -> bool:
        """Whether the second law was judged and holds."""
        return self._holds(("second law", "dissipation"))

    def _holds(self, rules: tuple[str, ...]) -> bool:
        found = [each for each in self.findings if each.rule.startswith(rules)]
        judged = any(each.judged for each in self.findings)
        return judged and all(each.verdict in (Verdict.PASSED, Verdict.EXTERNAL) for each in found)

    @property
    def violations(self) -> tuple[str, ...]:
        """What is violated, by how much and where."""
        return self._texts(Verdict.VIOLATED)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was not judged and why, what is external, and notes."""
        notes = dict.fromkeys(each.note for each in self.findings if each.note)
        return (*self._texts(*_OPEN, Verdict.EXTERNAL), *notes)

    def held_to(self, spec: AuditSpec) -> Audit:
        """The same with what `audit: strict` refuses: violated and not judged, but for the terms that it accepts.

        Where nothing at all was judged, one finding says so.
        """
        return replace(self, refused=self._refused(spec.accept) if spec.is_strict else ())

    @property
    def refused_terms(self) -> dict[str, str]:
        """The verdict on every term that is refused, the worst of each."""
        worst_last = sorted(self.refused, key=lambda each: each.verdict is Verdict.VIOLATED)
        return {each.term: each.verdict.value for each in worst_last}

    def _refused(self, accepted: Collection[str]) -> tuple[Finding, ...]:
        found = tuple(
            each
            for each in self.findings
            if (each.verdict is Verdict.VIOLATED or each.verdict in _OPEN) and each.term not in accepted
        )
        if found or any(each.verdict is not Verdict.EXTERNAL for each in self.findings):
            return found
        return (Finding("all terms", "audit", Verdict.NOT_JUDGED, "nothing in this case could be judged"),)

    def _texts(self, *verdicts: Verdict) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.text for each in self.findings if each.verdict in verdicts))

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `summary.json` holds it."""
        return {
            "verdict": self.verdict.value,
            "terms": {name: verdict.value for name, verdict in self.by_term.items()},
            "symmetric": self.symmetric,
            "asymmetry": self.asymmetry,
            "positive": self.positive,
            "margin": self.margin,
            "refused": self.refused_terms,
            "findings": [each.as_dict() for each in self.findings],
            "violations": list(self.violations),
            "remarks": list(self.remarks),
        }


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The most serious of some verdicts; not judged if there are none."""
    found = set(verdicts)
    return next((verdict for verdict in _ORDER if verdict in found), Verdict.NOT_JUDGED)


def most_serious(findings: Iterable[Finding]) -> dict[str, Finding]:
    """The most serious finding on every term, the first of those that are as serious, by term."""
    found: dict[str, Finding] = {}
    for finding in findings:
        known = found.setdefault(finding.term, finding)
        if _ORDER.index(finding.verdict) < _ORDER.index(known.verdict):
            found[finding.term] = finding
    return found


def joined(audits: Mapping[str, Audit | None]) -> Audit | None:
    """The audits of several phases as one; a finding that not all phases share names its phase."""
    found = {phase: audit for phase, audit in audits.items() if audit is not None}
    if not found:
        return None
    everywhere = set.intersection(*({_mark(each) for each in audit.findings} for audit in found.values()))
    findings: dict[tuple[str, ...], Finding] = {}
    for phase, audit in found.items():
        for each in audit.findings:
            is_shared = _mark(each) in everywhere or each.verdict is Verdict.PASSED
            text = each.text if is_shared else f"in phase {phase}: {each.text}"
            findings.setdefault(
                (*_mark(each)[:2], "" if each.verdict is Verdict.PASSED else text), replace(each, text=text)
            )
    asymmetry = np.fmax.reduce([audit.asymmetry for audit in found.values()])
    margin = np.fmin.reduce([audit.margin for audit in found.values()])
    refused = tuple(each for audit in found.values() for each in audit.refused)
    return Audit(tuple(findings.values()), float(asymmetry), float(margin), refused)


def _mark(finding: Finding) -> tuple[str, ...]:
    return finding.term, finding.rule, finding.text
