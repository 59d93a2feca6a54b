"""The entries of `observe:` read from the snapshots and cycles of a run, with units and warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..case.model import Case, Derived, Observed, Reduction
from ..discretisation.snapshot import Snapshot
from ..model.observable import Observable
from ..model.validation import Context
from ..solvers.cycles import CycleHistory
from .cycle_averages import CycleTables, worked_out
from .extrema import reduced
from .fields import shown_unit, snapshot_at
from .readings import Reading, history_of, measured

__all__ = ["Observations"]


class Observations:
    """What a run says of the observables of its case; without success, NaN in place of values at the end.

    tables are the observables of every phase and cycle, None without a protocol.
    """

    def __init__(
        self, case: Case, snapshots: Sequence[Snapshot], succeeded: bool, cycle_history: CycleHistory | None
    ) -> None:
        self._case, self._snapshots = case, snapshots
        self._last = snapshots[-1] if succeeded else None
        entries: list[Observed | Derived] = [*case.observe, *case.derived.values()]
        units = {entry.name: self._unit_of(entry) for entry in entries}
        self.tables = None if cycle_history is None else CycleTables(case, cycle_history, units)

    def readings(self) -> dict[str, Reading]:
        """The readings by name, formulas of others last."""
        found = {observed.name: self._read(observed) for observed in self._case.observe}
        for name, derived in self._case.derived.items():
            values = {other: found[other].value for other in derived.expression.names}
            value = self._over(derived) if derived.over else worked_out(derived, values)
            found[name] = Reading(value, self._unit_of(derived), None, derived.over, derived.is_mean)
        return found

    def warnings(self, readings: dict[str, Reading]) -> Iterator[str]:
        """Warnings of the observables about their readings, one text for each; where the reading is a time, or that of
        a phase or cycle, about the value at the end.
        """
        for observed in self._case.observe:
            observable = observed.observable
            if type(observable).validate is Observable.validate:
                continue
            is_own = not observed.over and (observed.reduction is None or not observed.reduction.is_time)
            values = np.atleast_1d(readings[observed.name].value if is_own else measured(observable, self._last))
            contexts = (Context(mixture=self._case.mixture, value=float(each)) for each in values if np.isfinite(each))
            found = (issue.text for context in contexts for issue in observable.validate(context))
            if text := next(found, ""):
                yield f"{observed.name}: {text}"

    def _unit_of(self, entry: Observed | Derived) -> str:
        """The unit of an entry as it is printed."""
        unit = entry.unit if isinstance(entry, Derived) else entry.observable.reading_unit
        unit = "s" if isinstance(entry, Observed) and entry.reduction is not None and entry.reduction.is_time else unit
        return shown_unit(f"{unit}/s" if entry.is_mean and unit else unit, self._case.units)

    def _over(self, entry: Observed | Derived) -> float:
        """The value of an entry over the last of the phases or cycles that it names."""
        return float("nan") if self.tables is None or self._last is None else self.tables.value(entry)

    def _read(self, observed: Observed) -> Reading:
        observable, times, unit = observed.observable, observed.times, self._unit_of(observed)
        if observed.over:
            return Reading(self._over(observed), unit, None, observed.over, observed.is_mean)
        if observed.reduction is not None:
            return Reading(self._reduced(observed.observable, observed.reduction), unit)
        if times is None:
            return Reading(measured(observable, self._last), unit)
        values = [measured(observable, snapshot_at(self._snapshots, t)) for t in times]
        return Reading(values[0] if len(values) == 1 else values, unit, list(times))

    def _reduced(self, observable: Observable, reduction: Reduction) -> float:
        """The reduction of the history of an observable."""
        if self._last is None:
            return float("nan")
        times = [snapshot.t for snapshot in self._snapshots]
        return reduced(reduction, times, history_of(observable, self._snapshots))
