"""What the phases and cycles of a protocol did, as plain tables: observables over spans, formulas of them, accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..case.model import Case, Derived, Observed
from ..discretisation.snapshot import Snapshot
from ..solvers.cycles import Course, Span
from .balance import BalanceLine, amount_floor, line_of
from .fields import shown_unit

__all__ = ["Spans", "worked_out"]


class Spans:
    """The course of a protocol read as the case asks for it."""

    def __init__(self, case: Case, course: Course, units: Mapping[str, str]) -> None:
        self._case, self._course, self._units = case, course, units
        self._observed = {observed.name: observed for observed in case.observe}

    def value(self, entry: Observed | Derived) -> float:
        """What an entry of `observe:` is over the last span that it names; NaN where there is none."""
        done = self._course.of(entry.over)
        return self.over(entry, done[-1]) if done else float("nan")

    def over(self, entry: Observed | Derived, span: Span) -> float:
        """What an entry is over any span: what was added in it, per time where it is a mean."""
        if isinstance(entry, Observed):
            added = span.added[entry.name]
        elif entry.over:
            added = worked_out(entry, {name: self._added(name, span) for name in entry.expression.names})
        else:
            names = {name: self.over(self._entry(name), span) for name in entry.expression.names}
            return worked_out(entry, names)
        return added / (span.end - span.start) if entry.is_mean else added

    def lines(self, snapshots: Sequence[Snapshot]) -> list[tuple[Span, list[BalanceLine]]]:
        """The account of every balance over every span."""
        if not self._course.spans:
            return []
        system, floors = snapshots[-1].system, amount_floor(snapshots)
        walls = system.geometry.walls
        return [
            (
                span,
                [
                    line_of(balance, float(span.stored[slot]), {name: span.left_through[slot, name] for name in walls},
                            float(span.produced[slot]), float(floors[slot]))
                    for slot, balance in enumerate(system.balances)
                ],
            )
            for span in self._course.spans
        ]  # fmt: skip

    def summary(self, lines: Sequence[tuple[Span, list[BalanceLine]]], rtol: float) -> dict[str, Any]:
        """Plain data, as `summary.json` holds it under "protocol": lists have one number for each cycle."""
        protocol, course = self._case.protocol, self._course
        return {
            "phases": {phase.name: phase.duration for phase in protocol.phases},
            "period": protocol.period,
            "cycles": len(course.changes),
            "until_periodic": protocol.tolerance is not None,
            "periodic": course.is_periodic,
            "tolerance": protocol.tolerance,
            "change": course.changes,
            "remaining": course.remaining,
            "observables": {entry.name: self._row(entry) for entry in self._tabled()},
            "balance": self._balance(lines, rtol),
        }

    def _row(self, entry: Observed | Derived) -> dict[str, Any]:
        names = self._case.protocol.spans
        by_span = {name: [self.over(entry, span) for span in self._course.of(name)] for name in names}
        return {"unit": self._units[entry.name], "over": entry.over or None, "mean": entry.is_mean, **by_span}

    def _balance(self, lines: Sequence[tuple[Span, list[BalanceLine]]], rtol: float) -> dict[str, Any]:
        """By balance and span, each term with one number for each cycle."""
        tables: dict[str, Any] = {}
        for span, account in lines:
            for line in account:
                table = tables.setdefault(line.name, {"unit": shown_unit(line.unit, self._case.units)})
                own = table.setdefault(span.name, {"left_through": {wall: [] for wall in line.left_through}})
                for wall, amount in line.left_through.items():
                    own["left_through"][wall].append(amount)
                terms = ("stored", "produced", "error", "relative_error")
                for name, value in [*((name, getattr(line, name)) for name in terms), ("closes", line.closes(rtol))]:
                    own.setdefault(name, []).append(value)
        return tables

    def _tabled(self) -> Iterable[Observed | Derived]:
        """The entries that say something of every span: those over one, and formulas of such entries alone."""
        yield from (observed for observed in self._case.observe if observed.over)
        yield from (derived for derived in self._case.derived.values() if self._is_tabled(derived))

    def _is_tabled(self, entry: Observed | Derived) -> bool:
        if entry.over or isinstance(entry, Observed):
            return bool(entry.over)
        names = entry.expression.names
        return bool(names) and all(self._is_tabled(self._entry(name)) for name in names)

    def _entry(self, name: str) -> Observed | Derived:
        return self._observed.get(name) or self._case.derived[name]

    def _added(self, name: str, span: Span) -> float:
        """What was added to an observable in a span, or to a formula of such."""
        if name in span.added:
            return span.added[name]
        derived = self._case.derived[name]
        return worked_out(derived, {other: self._added(other, span) for other in derived.expression.names})


def worked_out(derived: Derived, values: Mapping[str, Any]) -> float:
    """A formula of readings; NaN where one of them has no single value."""
    numbers = {name: np.float64(values[name]) for name in derived.expression.names}
    with np.errstate(all="ignore"):
        return float(derived.expression(numbers))
