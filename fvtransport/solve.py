"""Run a built case to its end: to the steady state, or through every time it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .build import Discretisation
from .case.model import Case, SteadySpec, TransientSpec
from .interfaces import properties_in
from .observe import Snapshot
from .outcome import Ending, Outcome, Stopped
from .steady import Steady
from .transient import Instant, Transient

__all__ = ["Solved", "solve"]

Progress = Callable[[Any], None]
_TOLERATED = 1e-9


@dataclass
class Solved:
    """Snapshots in order of time (a steady run has one), how it ended, and what it took.

    After a failure the last snapshot is the last good state.
    """

    snapshots: list[Snapshot] = field(default_factory=list)
    ending: Ending = Ending(Outcome.CONVERGED)
    counters: dict[str, int | float] = field(default_factory=dict)


def solve(case: Case, problem: Discretisation, progress: Progress | None = None) -> Solved:
    """Solve; a failure is a named ending, never an exception. progress is called with the solver's counters."""
    solved = Solved()
    run = _steady if isinstance(case.solve, SteadySpec) else _transient
    try:
        run(case, problem, progress, solved)
    except Stopped as stopped:
        solved.ending = stopped.ending
    except KeyboardInterrupt:
        solved.ending = Ending(Outcome.INTERRUPTED, "stopped by the user")
    return solved


def _steady(case: Case, problem: Discretisation, progress: Progress | None, solved: Solved) -> None:
    spec: SteadySpec = case.solve
    slots = {problem.system.medium.slot[field]: mean for field, mean in spec.means.items()}
    solver = Steady(problem.system, problem.values, problem.scale, slots)
    solver.progress = progress
    try:
        solver.solve(spec.max_iterations)
    finally:
        solved.counters.update(steps=solver.counters.iterations, residual_evaluations=solver.counters.residuals)
        solved.snapshots.append(Snapshot(problem.system, 0.0, solver.values))
    _check_range(case, solved.snapshots[-1])


def _transient(case: Case, problem: Discretisation, progress: Progress | None, solved: Solved) -> None:
    spec: TransientSpec = case.solve
    landings = _landings(case, spec)
    jumps = _jumps(case, spec)
    landings = np.union1d(landings, jumps)
    options = {"jumps": jumps, "rtol": spec.rtol, "max_steps": spec.max_steps, "max_step": spec.max_step, "until": spec.until}
    solver = Transient(problem.system, problem.values, spec.start, problem.scale, options)
    solver.progress = progress
    solved.snapshots.append(_snapshot(solver, solver.now))
    counters = solver.counters
    try:
        with solver.quiet():
            for target in sorted({*landings, *_samples(spec)}):
                now = _advance(solver, target, landings[np.searchsorted(landings, target)], solved)
                if target in jumps:
                    now = solver.restart()
                snapshot = _snapshot(solver, now)
                _check_range(case, snapshot)
                solved.snapshots.append(snapshot)
    finally:
        solved.counters.update(
            steps=counters.steps,
            rejected=counters.rejected,
            residual_evaluations=counters.residuals,
            jacobian_evaluations=counters.jacobians,
        )


def _advance(solver: Transient, target: float, landing: float, solved: Solved) -> Instant:
    """The state at the target; where the integrator fails on the way, the last state it reached is kept."""
    try:
        return solver.advance(target, landing)
    except Stopped:
        if solver.now.t > solved.snapshots[-1].t:
            solved.snapshots.append(_snapshot(solver, solver.now))
        raise


def _landings(case: Case, spec: TransientSpec) -> np.ndarray:
    """Times at which a step must end: the end, the asked times, and those of every observable."""
    asked = {spec.until, *spec.times}
    for observed in case.observe:
        asked.update(observed.times or ())
    return np.array(sorted(time for time in asked if spec.start < time <= spec.until))


def _jumps(case: Case, spec: TransientSpec) -> list[float]:
    """Times at which some property jumps, sorted."""
    conditions = (condition.boundary for wall in case.boundaries.values() for condition in wall.values())
    found = [*case.properties.values()]
    for plugin in (case.mixture, *case.laws.values(), *conditions):
        found.extend(properties_in(plugin))
    return sorted({time for prop in found for time in prop.jumps(spec.start, spec.until)})


def _samples(spec: TransientSpec) -> np.ndarray:
    """Times between, close together at first, where transients are fastest."""
    fraction = np.arange(1, spec.samples + 1) / (spec.samples + 1)
    return spec.start + (spec.until - spec.start) * fraction**3


def _snapshot(solver: Transient, now: Instant) -> Snapshot:
    left = {(total.slot, total.wall.name): float(now.y[total.index]) for total in solver.layout.wall_totals}
    values = solver.layout.values(now.y).copy()
    produced, gathered = solver.layout.source_totals(now.y).copy(), solver.layout.gathered_totals(now.y).copy()
    return Snapshot(solver.system, now.t, values, left, produced, solver.jacobian, gathered)


def _check_range(case: Case, snapshot: Snapshot) -> None:
    """Refuse a full model's state outside the physical range of a field; linearised models may leave it."""
    if case.is_linearised:
        return
    for field_, row in zip(snapshot.system.medium.fields, snapshot.solved):
        lowest, highest = float(row.min()), float(row.max())
        if lowest < field_.lower - _TOLERATED or highest > field_.upper + _TOLERATED:
            worst = lowest if lowest < field_.lower - _TOLERATED else highest
            allowed = f"[{field_.lower:g}, {field_.upper:g}]"
            raise Stopped(Outcome.OUT_OF_RANGE, f"{field_.name} = {worst:.6g} at t = {snapshot.t:g}, outside {allowed}")
