"""What a check or a run says besides its numbers, by grade: warnings, expected warnings and remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..audit.verdict import Audit
from ..case.expected_warning import ExpectedWarning
from ..case.model import Case

__all__ = ["Messages", "messages_of"]


@dataclass(frozen=True)
class Messages:
    """Warnings should be looked at before a result is used; remarks say what a reader should know and are always
    allowed. expected are warnings that the case lists under `expects:`, each with the reason that it gives.
    """

    warnings: tuple[str, ...] = ()
    expected: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as `summary.json` and `--format json` hold it."""
        return {
            "warnings": list(self.warnings),
            "expected": [{"warning": text, "because": because} for text, because in self.expected],
            "remarks": list(self.remarks),
        }


def messages_of(case: Case, audit: Audit | None, warnings: Iterable[str] = (), remarks: Iterable[str] = ()) -> Messages:
    """The messages of the case file, of the audit (violations are warnings, all else are remarks), and others."""
    own = [problem.headline for problem in case.warnings]
    found = dict.fromkeys([*own, *(() if audit is None else audit.violations), *warnings])
    reasons = {text: why for text in found if (why := _reason(case.expects, text))}
    notes = dict.fromkeys([*remarks, *(() if audit is None else audit.remarks), *_absent(case.expects, found)])
    return Messages(tuple(text for text in found if text not in reasons), tuple(reasons.items()), tuple(notes))


def _reason(expects: Iterable[ExpectedWarning], warning: str) -> str:
    """Why a warning is expected; empty where it is not."""
    return next((each.because for each in expects if each.text in warning), "")


def _absent(expects: Iterable[ExpectedWarning], found: Iterable[str]) -> list[str]:
    """A remark for every expected warning that did not occur."""
    texts = list(found)
    absent = (each.text for each in expects if not any(each.text in text for text in texts))
    return [f'the warning "{text}" is listed under expects: and did not occur' for text in absent]
