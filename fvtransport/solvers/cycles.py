"""Runs through the phases of a protocol, cycle after cycle, each from the state that the one before ended in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..case.model import CYCLE, Case, PhaseOccurrence
from ..discretisation.build import Discretisation
from ..discretisation.phases import phase_systems, with_phase_start
from ..discretisation.snapshot import Snapshot
from ..model.observable import Observable
from ..outcome import Outcome, Stopped
from .segment import OnStep, Progress, Segment, Totals, requested_times

__all__ = ["CycleHistory", "CycleRunner", "PhaseRecord"]


@dataclass(frozen=True)
class PhaseRecord:
    """Changes in one phase, or in one whole cycle.

    added is the increase of each observable that is taken over phases or cycles, stored (balances,) that of the amount
    in the domain, left_through[row, boundary] the outflow and produced (balances,) the production of the sources.
    """

    name: str
    cycle: int
    start: float
    end: float
    added: Mapping[str, float]
    stored: np.ndarray
    left_through: Mapping[tuple[int, str], float]
    produced: np.ndarray


@dataclass
class CycleHistory:
    """Every phase and every cycle that was completed, and how much each cycle changed the state.

    changes are relative to the sizes of the fields; is_periodic is None where the protocol has no tolerance.
    """

    records: list[PhaseRecord] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    is_periodic: bool | None = None

    def of(self, name: str) -> list[PhaseRecord]:
        """A phase, or the cycle, in all cycles that completed it."""
        return [record for record in self.records if record.name == name]

    @property
    def pace(self) -> float:
        """Ratio of the last change to the one before; NaN before the second cycle."""
        return self.changes[-1] / self.changes[-2] if len(self.changes) > 1 and self.changes[-2] else math.nan

    @property
    def remaining(self) -> float:
        """How far the state would still go if its changes went on shrinking at this pace; NaN where they do not."""
        return self.changes[-1] * self.pace / (1.0 - self.pace) if self.pace < 1.0 else math.nan


class CycleRunner:
    """A run through the cycles of a protocol; snapshots are those of the first and the
    last cycle and of requested times.
    """

    def __init__(self, case: Case, discretised: Discretisation, on_step: OnStep | None = None) -> None:
        self.cycle_history, self._on_step = CycleHistory(), on_step
        if case.protocol is None:
            raise ValueError("only a case with a protocol runs through cycles")
        self._case, self._protocol = case, case.protocol
        self._systems = [found for _, found in phase_systems(case, discretised)]
        self._scale = np.max([found.scale for found in self._systems], axis=0)
        self._values = discretised.values
        self._requested = requested_times(case)
        self._measured = _measured(case)
        self._kept: dict[tuple[int, int], list[Snapshot]] = {}

    @property
    def snapshots(self) -> list[Snapshot]:
        """In order of time; at an edge that of the end of a phase, then that of the start of the next."""
        return [snapshot for position in sorted(self._kept) for snapshot in self._kept[position]]

    def run(self, counters: dict[str, int | float], progress: Progress | None = None) -> None:
        """Go through the cycles; raises Stopped where a phase fails, or where the state does not become periodic."""
        past: Totals | None = None
        for cycle in range(self._protocol.cycles):
            before, parts = self._values, []
            for index in range(len(self._protocol.phases)):
                occurrence = PhaseOccurrence(self._protocol.phases[index].name, cycle + 1)
                segment = self._segment(occurrence, index, past)
                own = _integrate(segment, occurrence, counters, progress)
                past = own if past is None else past + own
                self._values = segment.kept[-1].solved
                parts.append(_Part.of(segment, own, self._measured))
                self.cycle_history.records.append(_record(occurrence, parts[-1:]))
                self._thin(cycle - 1, index)
            self.cycle_history.records.append(_record(PhaseOccurrence(CYCLE, cycle + 1), parts))
            if self._is_done(before):
                return
        if self._protocol.tolerance is not None:
            raise Stopped(Outcome.NOT_PERIODIC, self._why_not(self._protocol.tolerance))

    def _segment(self, occurrence: PhaseOccurrence, index: int, past: Totals | None) -> Segment:
        """One phase in one cycle, from the state so far."""
        phase, found, cycle = self._protocol.phases[index], self._systems[index], occurrence.cycle - 1
        spec = self._case.transient
        edges = self._protocol.edges(spec.start, cycle)
        start, until = edges[index], edges[index + 1]
        discretised = replace(
            found, system=with_phase_start(found.system, start), values=self._values, scale=self._scale, t=start
        )
        case = replace(phase.case, solve=replace(spec, start=start, until=until))
        shown = cycle in (0, self._protocol.cycles - 1) or self._protocol.tolerance is not None
        samples = math.ceil(spec.samples / len(self._protocol.phases)) if shown else 0
        kept = self._kept.setdefault((cycle, index), [])
        return Segment(case, discretised, self._requested, samples, past, occurrence, kept, self._on_step)

    def _thin(self, cycle: int, index: int) -> None:
        """Drop the snapshots of a phase in a cycle that is neither first nor last, except the requested ones."""
        if cycle > 0:
            position = cycle, index
            self._kept[position] = [snapshot for snapshot in self._kept[position] if snapshot.t in self._requested]
            if not self._kept[position]:
                del self._kept[position]

    def _is_done(self, before: np.ndarray) -> bool:
        """Whether the cycle that ends here left the state as it was, within the tolerance;
        notes by how much it did not.
        """
        system = self._systems[-1].system
        own = np.zeros(before.shape[1], bool)
        own[system.geometry.cells] = True
        for equation in system.boundary_equations:
            if equation.has_storage:
                own[equation.boundary.nodes] = True
        for each in system.interfaces:
            if each.stored:
                own[np.concatenate(each.interface.nodes)] = True
        change = np.abs(self._values - before)[:, own].max(axis=1) / self._scale
        self.cycle_history.changes.append(float(change.max()))
        tolerance = self._protocol.tolerance
        self.cycle_history.is_periodic = None if tolerance is None else self.cycle_history.changes[-1] <= tolerance
        return bool(self.cycle_history.is_periodic)

    def _why_not(self, tolerance: float) -> str:
        cycle_history = self.cycle_history
        text = (
            f"after {len(cycle_history.changes)} cycles the state still changes by "
            f"{cycle_history.changes[-1]:.2g} per cycle"
        )
        text += f", of which {tolerance:g} is allowed"
        if math.isnan(cycle_history.pace):
            return f"{text}; raise max_cycles"
        if not cycle_history.pace < 0.999:
            return (
                f"{text}, and it no longer comes closer; if rtol holds it up, make rtol smaller or the tolerance larger"
            )
        more = math.ceil(math.log(tolerance / cycle_history.changes[-1]) / math.log(cycle_history.pace))
        return f"{text}; at this pace it takes {more} more: raise max_cycles"


def _integrate(
    segment: Segment, occurrence: PhaseOccurrence, counters: dict[str, int | float], progress: Progress | None
) -> Totals:
    try:
        return segment.run(counters, progress)
    except Stopped as stopped:
        where = f", in phase {occurrence.phase} of cycle {occurrence.cycle}"
        raise Stopped(stopped.ending.outcome, f"{stopped.ending.message}{where}") from None


@dataclass(frozen=True)
class _Part:
    """A phase that is done: its first and last snapshot, what passed in it, and the observables at both ends."""

    first: Snapshot
    last: Snapshot
    own: Totals
    begin: Mapping[str, float]
    end: Mapping[str, float]

    @classmethod
    def of(cls, segment: Segment, own: Totals, measured: Mapping[str, Observable]) -> _Part:
        first, last = segment.kept[0], segment.kept[-1]
        begin, end = ({name: float(each.measure(s)) for name, each in measured.items()} for s in (first, last))
        return cls(first, last, own, begin, end)


def _record(occurrence: PhaseOccurrence, parts: Sequence[_Part]) -> PhaseRecord:
    """The record of one phase, or of several in a row."""
    first, last = parts[0], parts[-1]
    own = first.own
    for part in parts[1:]:
        own = own + part.own
    added = {each: last.end[each] - first.begin[each] for each in first.begin}
    stored = [last.last.amount(balance) - first.first.amount(balance) for balance in first.first.system.balances]
    return PhaseRecord(
        occurrence.phase,
        occurrence.cycle,
        first.first.t,
        last.last.t,
        added,
        np.array(stored),
        own.left_through,
        own.produced,
    )


def _measured(case: Case) -> dict[str, Observable]:
    """The observables whose increase is recorded: those over a phase or cycle, and those in formulas over one."""
    names = {observed.name for observed in case.observe if observed.over}
    for derived in reversed(list(case.derived.values())):
        if derived.over or derived.name in names:
            names |= derived.expression.names
    return {observed.name: observed.observable for observed in case.observe if observed.name in names}
