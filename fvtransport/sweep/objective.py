"""What a sweep looks for: the largest or the least value of one observable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import Mark, nearest
from .axes import refuse

__all__ = ["Objective", "read_objective", "succeeded"]


@dataclass(frozen=True)
class Objective:
    """A column of the table, and whether its largest value is sought or its least."""

    column: str
    is_maximum: bool = True

    @property
    def text(self) -> str:
        """As it is typed in full."""
        return f"{'max' if self.is_maximum else 'min'}:{self.column}"

    def of(self, row: dict[str, Any]) -> float | None:
        """The value in a row; None where the point failed or has none."""
        return row.get("observables", {}).get(self.column) if succeeded(row) else None

    def best(self, rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
        """The best row, the first of equals; None where no row has a value."""
        found = [row for row in rows if self.of(row) is not None]
        if not found:
            return None
        return max(found, key=lambda row: self.of(row) if self.is_maximum else -self.of(row))


def succeeded(row: dict[str, Any]) -> bool:
    """Whether the numbers of a row may be trusted."""
    return row["status"] == "converged"


def read_objective(text: str, columns: Sequence[str]) -> Objective:
    """`NAME`, `max:NAME` or `min:NAME`; raises CaseError where that is no column of the observables."""
    goal, colon, name = text.rpartition(":")
    start = len(goal) + len(colon) + 1
    if goal not in ("", "max", "min"):
        refuse(
            Mark(f"--objective {text}", 1, 1, len(goal), text),
            f'unknown goal "{goal}"',
            "max or min",
            nearest(goal, ["max", "min"]),
        )
    if name not in columns:
        mark = Mark(f"--objective {text}", 1, start, max(1, len(name)), text)
        expected = f"one of {', '.join(columns)}" if columns else "an observable, and the case has none"
        refuse(mark, f'no observable is named "{name}"', expected, nearest(name, columns))
    return Objective(name, goal != "min")
