"""One point of a sweep: the case with the values of the point, its solution, and the row of results."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..audit.verdict import Verdict
from ..case.checks.checked_case import load
from ..case.model import Case, SteadySpec
from ..discretisation.build import Discretisation, build
from ..discretisation.well_posed import refuse_singular
from ..errors import CaseError, FvtransportError
from ..model.registry import Registry
from ..outcome import Outcome
from ..results.readings import plain
from ..results.result import Result
from ..results.write import write
from ..solvers.solve import solve
from .plan import Task
from .warm_start import WarmStart, warm_start_from, warm_started

__all__ = ["PointSetup", "PointSolver", "observable_columns"]


@dataclass(frozen=True)
class PointSetup:
    """The data that every process needs; keep is the folder of the result folders of all points, None for none."""

    path: Path
    overrides: tuple[str, ...] = ()
    warm_start: bool = False
    keep: Path | None = None
    allow_geo: bool = False


def observable_columns(case: Case) -> list[str]:
    """The names of the columns for the observables of a case."""
    return [*(column for each in case.observe for column in _columns(each.name, each.times)), *case.derived]


class PointSolver:
    """Solves points one after another in one process."""

    def __init__(self, setup: PointSetup) -> None:
        self._setup = setup
        self._registry = Registry.installed()

    def __call__(self, task: Task, start: WarmStart | None = None) -> tuple[dict[str, Any], WarmStart | None]:
        """The row of a point and the warm start for the next one; a failure is a row, an interruption is raised."""
        begin = time.perf_counter()
        position = list(task.values.values())[-1]
        row: dict[str, Any] = {"number": task.number, "values": dict(task.values)}
        state = start
        try:
            overrides = (*self._setup.overrides, *task.overrides)
            case = load(self._setup.path, overrides, self._registry, self._setup.allow_geo)
            discretised = build(case)
            result, row["start"] = self._solved(case, discretised, start, position)
            row |= _row_of(result)
            if self._setup.keep is not None:
                write(result, self._setup.keep / f"{task.number:06d}", force=True)
            if self._setup.warm_start and result.ending.succeeded:
                state = warm_start_from(case, discretised, result.snapshots[-1].values, position, start)
        except CaseError as error:
            row |= {"status": "bad input", "reason": _first_problem(error)}
        except FvtransportError as error:
            row |= {"status": "bad input" if error.exit_code == 2 else "error", "reason": str(error).partition("\n")[0]}
        except (Exception, SystemExit) as error:  # an error in a plugin or library must not end the other points
            row |= {"status": "error", "reason": f"{type(error).__name__}: {error}".partition("\n")[0]}
        row["seconds"] = time.perf_counter() - begin
        return row, state

    def _solved(
        self, case: Case, discretised: Discretisation, start: WarmStart | None, position: float | str
    ) -> tuple[Result, str]:
        """The result and its kind of start; where a warm start fails, the initial state of the case is used."""
        if self._setup.keep is None and not isinstance(case.solve, SteadySpec):
            case = replace(case, solve=replace(case.solve, samples=0))
        refuse_singular(case, discretised)
        warm = warm_started(start, case, discretised, position) if start is not None else None
        if warm is not None:
            result = _run(case, warm[0])
            if result.ending.succeeded:
                return result, warm[1]
        return _run(case, discretised), "case"


def _run(case: Case, discretised: Discretisation) -> Result:
    solved = solve(case, discretised)
    if solved.ending.outcome is Outcome.INTERRUPTED:
        raise KeyboardInterrupt
    return Result.of(case, discretised, solved)


def _row_of(result: Result) -> dict[str, Any]:
    """Status, reason, observables, errors and cost of a result."""
    status, reason = _status(result)
    observables: dict[str, Any] = {}
    units: dict[str, str] = {}
    for name, reading in result.observables.items():
        values = reading.value if isinstance(reading.value, list) else [reading.value]
        for column, value in zip(_columns(name, reading.times), values):
            observables[column], units[column] = plain(value), reading.unit
    errors = [error for line in result.balance for error in (line.relative_error, line.instant_relative_error)]
    row = {"status": status, "reason": reason, "observables": observables, "units": units}
    if result.comparison is not None and result.comparison.errors:
        row["comparison_error"] = plain(
            max(error for each in result.comparison.errors.values() for error in each.values())
        )
    if result.cycle_history is not None:
        row["cycles"] = len(result.cycle_history.changes)
    return row | {"balance_error": plain(max(errors, default=None)), "steps": plain(result.counters.get("steps"))}


def _status(result: Result) -> tuple[str, str]:
    """Status and reason: the outcome of the solve or, where it converged, of the checks of its result."""
    if not result.ending.succeeded:
        return result.ending.outcome.value, result.ending.message
    if not result.balances:
        names = ", ".join(line.name for line in result.balance if not line.closes(result.rtol))
        return "not balanced", f"the balance of {names} does not close"
    if result.refused:
        broken = [each for each in result.refused if each.verdict is Verdict.VIOLATED]
        return ("audit violated", broken[0].text) if broken else ("audit not judged", result.refused[0].text)
    return result.ending.outcome.value, ""


def _columns(name: str, times: Sequence[float] | None) -> list[str]:
    """One column, or one for each of several times [s]."""
    return [name] if times is None or len(times) == 1 else [f"{name}@{time:.15g}" for time in times]


def _first_problem(error: CaseError) -> str:
    problems = [problem for problem in error.problems if not problem.warning]
    text = problems[0].render().partition("\n")[0]
    return text if len(problems) == 1 else f"{text} (and {len(problems) - 1} more)"
