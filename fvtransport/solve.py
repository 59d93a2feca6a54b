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
from .ranges import Range
from .steady import Steady
from .transient import Instant, Transient

__all__ = ["Solved", "integrator", "solve"]

Progress = Callable[[Any], None]


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
    if not case.is_linearised:
        _check_range(Range(problem.system.medium, problem.scale, 0.0), solved.snapshots[-1])


def _transient(case: Case, problem: Discretisation, progress: Progress | None, solved: Solved) -> None:
    spec: TransientSpec = case.solve
    asked = _landings(case, spec)
    jumps = _jumps(case, spec)
    landings, shown, behind = np.union1d(asked, jumps), {*asked, *_samples(spec, jumps)}, set(jumps)
    bounds = _bounds(case, problem)
    solver = integrator(case, problem)
    solver.progress = progress
    solved.snapshots.append(_snapshot(solver, solver.now))
    counters = solver.counters
    try:
        with solver.quiet():
            for target in sorted({*jumps, *shown}):
                now = _advance(solver, target, landings[np.searchsorted(landings, target)], solved)
                if target in behind:
                    now = solver.restart()
                snapshot = _snapshot(solver, now)
                if bounds is not None:
                    _check_range(bounds, snapshot)
                if target in shown:
                    solved.snapshots.append(snapshot)
    finally:
        solved.counters.update(
            steps=counters.steps,
            rejected=counters.rejected,
            residual_evaluations=counters.residuals,
            jacobian_evaluations=counters.jacobians,
        )


def integrator(case: Case, problem: Discretisation) -> Transient:
    """The integrator of a case in time, at its start."""
    return Transient(problem.system, problem.values, case.solve.start, problem.scale, _options(case, problem))


def _bounds(case: Case, problem: Discretisation) -> Range | None:
    """The range that a run in time is held to; none for linearised models, which may leave it."""
    return None if case.is_linearised else Range(problem.system.medium, problem.scale, case.solve.rtol)


def _options(case: Case, problem: Discretisation) -> dict[str, Any]:
    spec: TransientSpec = case.solve
    limits = {"rtol": spec.rtol, "max_steps": spec.max_steps, "max_step": spec.max_step, "until": spec.until}
    return {"range": _bounds(case, problem), "jumps": _jumps(case, spec), **limits}


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


def _samples(spec: TransientSpec, jumps: list[float]) -> np.ndarray:
    """Times between, close together at first, where transients are fastest; a few are round, to be read in a legend."""
    digits = 1 if spec.samples <= 100 else 9
    fraction = np.arange(1, spec.samples + 1) / (spec.samples + 1)
    since_start = (spec.until - spec.start) * fraction**3
    times = spec.start + np.array([float(f"{time:.{digits}e}") for time in since_start])
    return np.concatenate([times[times < spec.until], _samples_between(spec, jumps)])


def _samples_between(spec: TransientSpec, jumps: list[float]) -> np.ndarray:
    """Some times between the jumps, so that what answers to a periodic wall does not look as if it faded."""
    edges = np.array([spec.start, *jumps, spec.until])
    if not jumps or not spec.samples or edges.size > 10 * spec.samples:
        return np.zeros(0)
    fractions = np.array([0.02, 0.1, 0.3, 0.6, 0.98])
    return (edges[:-1, None] + np.diff(edges)[:, None] * fractions).ravel()


def _snapshot(solver: Transient, now: Instant) -> Snapshot:
    left = {(total.slot, total.wall.name): float(now.y[total.index]) for total in solver.layout.wall_totals}
    values = solver.fields(now.t, now.y).copy()
    produced, gathered = solver.layout.source_totals(now.y).copy(), solver.layout.gathered_totals(now.y).copy()
    return Snapshot(solver.system, now.t, values, left, produced, solver.jacobian, gathered)


def _check_range(bounds: Range, snapshot: Snapshot) -> None:
    """Hold cells and walls to their range; walls are settled only where they seem to leave it."""
    try:
        bounds.check(snapshot.t, snapshot.solved.min(axis=1), snapshot.solved.max(axis=1))
    except Stopped:
        bounds.check(snapshot.t, snapshot.values.min(axis=1), snapshot.values.max(axis=1))
