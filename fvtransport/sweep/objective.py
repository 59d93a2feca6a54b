"""The objective of a sweep: the maximum or minimum of one observable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import Mark, nearest
from .axes import refuse

__all__ = ["Objective", "read_objective", "succeeded"]


@dataclass(frozen=True)
class Objective:
    """A column of the table, to be maximised or minimised."""

    column: str
    is_maximum: bool = True

    @property
    def text(self) -> str:
        """The objective as typed in full: `max:NAME` or `min:NAME`."""
        return f"{'max' if self.is_maximum else 'min'}:{self.column}"

    def value(self, row: dict[str, Any]) -> float | None:
        """The value in a row; None where the point failed or the observable has no value."""
        return row.get("observables", {}).get(self.column) if succeeded(row) else None

    def best(self, rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
        """The best row, the first among equal ones; None where no row has a value."""
        valid = [row for row in rows if self.value(row) is not None]
        if not valid:
            return None
        return max(valid, key=lambda row: self.value(row) if self.is_maximum else -self.value(row))


def succeeded(row: dict[str, Any]) -> bool:
    """Whether the point of a row was solved successfully, so that its numbers are valid."""
    return row["status"] == "converged"


def read_objective(text: str, columns: Sequence[str]) -> Objective:
    """Read `NAME`, `max:NAME` or `min:NAME`; raises CaseError where NAME is not a column of the observables."""
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
        expected = f"one of {', '.join(columns)}" if columns else "an observable, but the case defines none"
        refuse(mark, f'no observable is named "{name}"', expected, nearest(name, columns))
    return Objective(name, goal != "min")
