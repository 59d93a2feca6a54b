"""Phases and cycles of a protocol as plain tables: observables over each of them, formulas of these, balances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..case.model import Case, Derived, Observed
from ..discretisation.snapshot import Snapshot
from ..solvers.cycles import CycleHistory, PhaseRecord
from .balance import BalanceLine, amount_floor, line_of
from .fields import shown_unit

__all__ = ["CycleTables", "worked_out"]


class CycleTables:
    """The entries of `observe:` over the phases and cycles of a protocol, and the balances."""

    def __init__(self, case: Case, cycle_history: CycleHistory, units: Mapping[str, str]) -> None:
        if case.protocol is None:
            raise ValueError("a case without a protocol has no phases")
        self._case, self._protocol, self._history, self._units = case, case.protocol, cycle_history, units
        self._observed = {observed.name: observed for observed in case.observe}

    def value(self, entry: Observed | Derived) -> float:
        """The value of an entry of `observe:` over the last phase or cycle that it names; NaN where there is none."""
        done = self._history.of(entry.over)
        return self.over(entry, done[-1]) if done else float("nan")

    def over(self, entry: Observed | Derived, record: PhaseRecord) -> float:
        """The value of an entry over any phase or cycle: its increase, per time where it is a mean."""
        if isinstance(entry, Observed):
            added = record.added[entry.name]
        elif entry.over:
            added = worked_out(entry, {name: self._added(name, record) for name in entry.expression.names})
        else:
            names = {name: self.over(self._entry(name), record) for name in entry.expression.names}
            return worked_out(entry, names)
        return added / (record.end - record.start) if entry.is_mean else added

    def lines(self, snapshots: Sequence[Snapshot]) -> list[tuple[PhaseRecord, list[BalanceLine]]]:
        """The line of every balance over every phase and cycle."""
        if not self._history.records:
            return []
        system, floors = snapshots[-1].system, amount_floor(snapshots)
        boundaries = system.geometry.boundaries
        return [
            (
                record,
                [
                    line_of(
                        balance,
                        float(record.stored[row]),
                        {name: record.left_through[row, name] for name in boundaries},
                        float(record.produced[row]),
                        float(floors[row]),
                    )
                    for row, balance in enumerate(system.balances)
                ],
            )
            for record in self._history.records
        ]

    def summary(self, lines: Sequence[tuple[PhaseRecord, list[BalanceLine]]], rtol: float) -> dict[str, Any]:
        """Plain data, as `summary.json` holds it under "protocol": lists have one number for each cycle."""
        protocol, cycle_history = self._protocol, self._history
        return {
            "phases": {phase.name: phase.duration for phase in protocol.phases},
            "period": protocol.period,
            "cycles": len(cycle_history.changes),
            "until_periodic": protocol.tolerance is not None,
            "periodic": cycle_history.is_periodic,
            "tolerance": protocol.tolerance,
            "change": cycle_history.changes,
            "remaining": cycle_history.remaining,
            "observables": {entry.name: self._row(entry) for entry in self._tabled()},
            "balance": self._balance(lines, rtol),
        }

    def _row(self, entry: Observed | Derived) -> dict[str, Any]:
        names = self._protocol.records
        by_phase = {name: [self.over(entry, record) for record in self._history.of(name)] for name in names}
        return {"unit": self._units[entry.name], "over": entry.over or None, "mean": entry.is_mean, **by_phase}

    def _balance(self, lines: Sequence[tuple[PhaseRecord, list[BalanceLine]]], rtol: float) -> dict[str, Any]:
        """By balance and phase, each term with one number for each cycle."""
        tables: dict[str, Any] = {}
        for record, account in lines:
            for line in account:
                table = tables.setdefault(line.name, {"unit": shown_unit(line.unit, self._case.units)})
                own = table.setdefault(record.name, {"left_through": {boundary: [] for boundary in line.left_through}})
                for boundary, amount in line.left_through.items():
                    own["left_through"][boundary].append(amount)
                terms = ("stored", "produced", "error", "relative_error")
                for name, value in [*((name, getattr(line, name)) for name in terms), ("closes", line.closes(rtol))]:
                    own.setdefault(name, []).append(value)
        return tables

    def _tabled(self) -> Iterable[Observed | Derived]:
        """The entries with a value over every phase: those over a phase or cycle, and formulas of such alone."""
        yield from (observed for observed in self._case.observe if observed.over)
        yield from (derived for derived in self._case.derived.values() if self._is_tabled(derived))

    def _is_tabled(self, entry: Observed | Derived) -> bool:
        if entry.over or isinstance(entry, Observed):
            return bool(entry.over)
        names = entry.expression.names
        return bool(names) and all(self._is_tabled(self._entry(name)) for name in names)

    def _entry(self, name: str) -> Observed | Derived:
        return self._observed.get(name) or self._case.derived[name]

    def _added(self, name: str, record: PhaseRecord) -> float:
        """The increase of an observable, or of a formula of observables, in a phase or cycle."""
        if name in record.added:
            return record.added[name]
        derived = self._case.derived[name]
        return worked_out(derived, {other: self._added(other, record) for other in derived.expression.names})


def worked_out(derived: Derived, values: Mapping[str, Any]) -> float:
    """A formula of readings; NaN where one of them has no single value."""
    numbers = {name: np.float64(values[name]) for name in derived.expression.names}
    with np.errstate(all="ignore"):
        return float(derived.expression(numbers))
