"""Run a built case to its end: to the steady state, through every time it asks for, or through
the phases of a protocol.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..case.model import Case
from ..discretisation.bounds import Range
from ..discretisation.build import Discretisation
from ..discretisation.snapshot import Snapshot
from ..outcome import Ending, Outcome, Stopped
from .cycles import CycleHistory, CycleRunner
from .segment import OnStep, Progress, Segment, check_range, integrator, requested_times
from .steady import Steady

__all__ = ["Solved", "integrator", "solve"]


@dataclass
class Solved:
    """Snapshots in order of time (a steady run has one), how it ended, and what it took.

    After a failure the last snapshot is the last good state. cycle_history is what the phases of a protocol did.
    """

    snapshots: list[Snapshot] = field(default_factory=list)
    ending: Ending = field(default_factory=lambda: Ending(Outcome.CONVERGED))
    counters: dict[str, int | float] = field(default_factory=dict)
    cycle_history: CycleHistory | None = None


def solve(
    case: Case, discretised: Discretisation, progress: Progress | None = None, on_step: OnStep | None = None
) -> Solved:
    """Solve; a failure is a named ending, never an exception. progress is called with the solver's counters, on_step
    with every accepted step of a run in time.
    """
    solved = Solved()
    run = _phases if case.protocol is not None else _steady if case.is_steady else _transient
    try:
        run(case, discretised, progress, on_step, solved)
    except Stopped as stopped:
        solved.ending = stopped.ending
    except KeyboardInterrupt:
        solved.ending = Ending(Outcome.INTERRUPTED, "stopped by the user")
    return solved


def _steady(
    case: Case, discretised: Discretisation, progress: Progress | None, on_step: OnStep | None, solved: Solved
) -> None:
    spec = case.steady
    rows = {discretised.system.medium.row[field]: mean for field, mean in spec.means.items()}
    solver = Steady(discretised.system, discretised.values, discretised.scale, rows)
    solver.progress = progress
    try:
        solver.solve(spec.max_iterations)
    finally:
        solved.counters.update(steps=solver.counters.iterations, residual_evaluations=solver.counters.residuals)
        solved.snapshots.append(Snapshot(discretised.system, 0.0, solver.values))
    if not case.is_linearised:
        check_range(Range(discretised.system, discretised.scale, 0.0), solved.snapshots[-1])


def _transient(
    case: Case, discretised: Discretisation, progress: Progress | None, on_step: OnStep | None, solved: Solved
) -> None:
    segment = Segment(
        case, discretised, requested_times(case), case.transient.samples, kept=solved.snapshots, on_step=on_step
    )
    segment.run(solved.counters, progress)


def _phases(
    case: Case, discretised: Discretisation, progress: Progress | None, on_step: OnStep | None, solved: Solved
) -> None:
    cycling = CycleRunner(case, discretised, on_step)
    solved.cycle_history = cycling.cycle_history
    try:
        cycling.run(solved.counters, progress)
    finally:
        solved.snapshots[:] = cycling.snapshots
