"""A run in time under one set of laws and conditions: times at which steps end, jumps inside it, snapshots."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from ..case.model import Case, PhaseOccurrence, TransientSpec
from ..discretisation.bounds import Range
from ..discretisation.build import Discretisation
from ..discretisation.snapshot import Snapshot
from ..discretisation.system import System
from ..model.property import properties_in
from ..outcome import Stopped
from .transient import Instant, Transient, TransientOptions

__all__ = ["OnStep", "Progress", "Segment", "Totals", "check_range", "integrator", "jumps_of", "requested_times"]

Progress = Callable[[Any], None]
OnStep = Callable[[System, str, float, np.ndarray], None]


@dataclass(frozen=True)
class Totals:
    """Totals since the start: outflow by row and boundary, production by balance, integrals by observable."""

    left_through: Mapping[tuple[int, str], float]
    produced: np.ndarray
    time_integrals: np.ndarray

    def __add__(self, other: Totals) -> Totals:
        left = {key: self.left_through[key] + value for key, value in other.left_through.items()}
        return Totals(left, self.produced + other.produced, self.time_integrals + other.time_integrals)


@dataclass
class Segment:
    """The times of `case.solve` from the state of `discretised`; past are the totals before its start.

    requested are times at which a step must end and a snapshot is kept, samples the number of others at which one is
    kept. occurrence is the phase of a protocol; data that jump at its very end are then evaluated before the jump.
    on_step is shown the accepted steps, with the system and the name of the phase.
    """

    case: Case
    discretised: Discretisation
    requested: Iterable[float]
    samples: int
    past: Totals | None = None
    occurrence: PhaseOccurrence | None = None
    kept: list[Snapshot] = field(default_factory=list)
    on_step: OnStep | None = None

    def run(self, counters: dict[str, int | float], progress: Progress | None = None) -> Totals:
        """Integrate to the end and return what passed on the way; raises Stopped, the last good state being kept last.

        The counters of the solver are added to counters.
        """
        spec = self.case.transient
        jumps = jumps_of(self.case)
        behind = {time for time in jumps if time < spec.until or self.occurrence is None}
        requested = {*(time for time in self.requested if spec.start < time < spec.until), spec.until}
        landings = np.union1d(list(requested), jumps)
        shown = {*requested, *_samples(spec, sorted(behind), self.samples)}
        bounds = _bounds(self.case, self.discretised)
        solver = integrator(self.case, self.discretised)
        solver.progress = progress
        if self.on_step is not None:
            phase = "" if self.occurrence is None else self.occurrence.phase
            solver.on_step = partial(self.on_step, solver.equations.system, phase)
        self.kept.append(self._snapshot(solver, solver.now))
        try:
            with solver.quiet():
                for target in sorted({*behind, *shown}):
                    now = self._advance(solver, target, landings[np.searchsorted(landings, target)])
                    if target in behind:
                        now = solver.restart()
                    elif target in jumps:
                        now = replace(now, t=math.nextafter(target, -math.inf))
                    snapshot = self._snapshot(solver, now)
                    if bounds is not None:
                        check_range(bounds, snapshot)
                    if target in shown:
                        self.kept.append(snapshot)
        finally:
            _count(counters, solver)
        return _passed(solver, solver.now)

    def _advance(self, solver: Transient, target: float, landing: float) -> Instant:
        """The state at the target; where the integrator fails on the way, the last state it reached is kept."""
        try:
            return solver.advance(target, landing)
        except Stopped:
            if solver.now.t > self.kept[-1].t:
                self.kept.append(self._snapshot(solver, solver.now))
            raise

    def _snapshot(self, solver: Transient, now: Instant) -> Snapshot:
        own = _passed(solver, now)
        total = own if self.past is None else self.past + own
        values = solver.equations.fields(now.t, now.y)
        return Snapshot(
            solver.equations.system,
            now.t,
            values,
            dict(total.left_through),
            total.produced,
            solver.equations.jacobian,
            total.time_integrals,
            self.occurrence,
        )


def _passed(solver: Transient, now: Instant) -> Totals:
    """Totals since the integrator started."""
    layout = solver.equations.layout
    left = {(total.row, total.boundary.name): float(now.y[total.index]) for total in layout.boundary_totals}
    return Totals(left, layout.produced_totals(now.y).copy(), layout.time_integrals(now.y).copy())


def integrator(case: Case, discretised: Discretisation) -> Transient:
    """The integrator of a case in time, at its start."""
    spec = case.transient
    options = TransientOptions(
        spec.until, spec.rtol, spec.max_steps, spec.max_step, jumps_of(case), _bounds(case, discretised)
    )
    discretised.system.medium.phase_start = spec.start
    return Transient(discretised.system, discretised.values, spec.start, discretised.scale, options)


def requested_times(case: Case) -> list[float]:
    """Times at which a step must end: those of `solve:` and of every observable."""
    requested = {*case.transient.times}
    for observed in case.observe:
        requested.update(observed.times or ())
    return sorted(requested)


def jumps_of(case: Case) -> list[float]:
    """Times in (start, until] at which some property jumps, sorted."""
    spec = case.transient
    boundaries = [entry.condition for boundary in case.boundaries.values() for entry in boundary.values()]
    interfaces = [entry.condition for interface in case.interfaces.values() for entry in interface.values()]
    found = [*case.properties.values()]
    for plugin in (case.mixture, *case.laws.values(), *boundaries, *interfaces):
        found.extend(properties_in(plugin))
    return sorted({time for prop in found for time in prop.jumps(spec.start, spec.until)})


def check_range(bounds: Range, snapshot: Snapshot) -> None:
    """Raise Stopped where cells or boundaries leave their range; boundary states are solved only where they seem to."""
    try:
        bounds.check(snapshot.t, snapshot.solved.min(axis=1), snapshot.solved.max(axis=1))
    except Stopped:
        bounds.check(snapshot.t, snapshot.values.min(axis=1), snapshot.values.max(axis=1))


def _bounds(case: Case, discretised: Discretisation) -> Range | None:
    """The range that every state must lie in; none for linearised models, which may leave it."""
    return None if case.is_linearised else Range(discretised.system, discretised.scale, case.transient.rtol)


def _samples(spec: TransientSpec, jumps: list[float], count: int) -> np.ndarray:
    """Times between, close together at first, where transients are fastest; a few are round, to be read in a legend."""
    digits = 1 if count <= 100 else 9
    fraction = np.arange(1, count + 1) / (count + 1)
    since_start = (spec.until - spec.start) * fraction**3
    times = spec.start + np.array([float(f"{time:.{digits}e}") for time in since_start])
    return np.concatenate([times[times < spec.until], _samples_between(spec, jumps, count)])


def _samples_between(spec: TransientSpec, jumps: list[float], count: int) -> np.ndarray:
    """Some times between the jumps, so that the response to a periodic boundary value is resolved."""
    edges = np.array([spec.start, *jumps, spec.until])
    if not jumps or not count or edges.size > 10 * count:
        return np.zeros(0)
    fractions = np.array([0.02, 0.1, 0.3, 0.6, 0.98])
    return (edges[:-1, None] + np.diff(edges)[:, None] * fractions).ravel()


def _count(counters: dict[str, int | float], solver: Transient) -> None:
    found = solver.counters
    done = {
        "steps": found.steps, "rejected": found.rejected,
        "residual_evaluations": found.residuals, "jacobian_evaluations": found.jacobians,
    }  # fmt: skip
    for name, value in done.items():
        counters[name] = counters.get(name, 0) + value
