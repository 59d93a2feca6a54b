"""A sweep from its order to its table: plan, first look at the case, points, journal, figure."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..case.checks.checked_case import load
from ..case.model import Case
from ..case.text import overrides as settings
from ..case.text.yaml_reader import read
from ..errors import CaseError, Mark, Problem
from .axes import check_paths, read_axes
from .follow import can_follow
from .objective import Objective, read_objective, succeeded
from .optimise import FEWEST, optimise
from .plan import Method, Plan, SweepError, Task, identity, make_plan
from .point import Setup, observed_columns
from .pool import Pool, Serial
from .table import Folder, Row, columns_of, flat

__all__ = ["Order", "Outcome", "sweep"]

Progress = Callable[[int, int, int], None]


@dataclass(frozen=True)
class Order:
    """What is asked for: over are texts `path=range`, objective is `NAME`, `max:NAME`, `min:NAME` or nothing.

    follow: points of a line start from their neighbours where that does not change the answer. keep: a result folder
    for each point.
    """

    path: Path
    over: Sequence[str]
    overrides: Sequence[str] = ()
    method: Method = Method.GRID
    samples: int | None = None
    seed: int = 0
    objective: str = ""
    follow: bool = True
    keep: bool = False


@dataclass
class Outcome:
    """What came of it: rows in order, of which `solved` are new, and the files that were written."""

    title: str
    plan: Plan
    objective: Objective | None
    directory: Path
    rows: list[Row] = field(default_factory=list)
    units: Mapping[str, str] = field(default_factory=dict)
    solved: int = 0
    seconds: float = 0.0
    is_interrupted: bool = False
    files: list[Path] = field(default_factory=list)

    @property
    def best(self) -> Row | None:
        """The best row by the objective."""
        return self.objective.best(self.rows) if self.objective else None

    @property
    def counts(self) -> dict[str, int]:
        """How many points ended how."""
        return dict(Counter(row["status"] for row in self.rows).most_common())

    @property
    def exit_code(self) -> int:
        """130 when stopped, 3 where no point succeeded, 0 otherwise."""
        return 130 if self.is_interrupted else 0 if any(succeeded(row) for row in self.rows) else 3

    def as_dict(self) -> dict[str, Any]:
        """Plain data: what `sweep.json` holds and `--format json` prints."""
        best = self.best
        columns = columns_of(self.rows)
        return {
            "status": {0: "done", 3: "no point succeeded", 130: "interrupted"}[self.exit_code],
            "title": self.title,
            "method": self.plan.method.value,
            "axes": [{"path": axis.name, "column": axis.column, "unit": axis.unit} for axis in self.plan.axes],
            "points": len(self.rows),
            "succeeded": sum(succeeded(row) for row in self.rows),
            "counts": self.counts,
            "objective": self.objective and self.objective.text,
            "best": best and dict(zip(columns, flat(best, columns))),
            "units": dict(self.units),
            "seconds": self.seconds,
            "points_per_second": self.solved / self.seconds if self.seconds > 0.0 else None,
            "files": [str(path) for path in self.files],
        }


def sweep(
    order: Order,
    directory: Path,
    jobs: int = 1,
    resume: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Solve every point and write the table; one that fails is a row like the others.

    Raises CaseError and SweepError, before anything is written, for what is wrong with the sweep itself. An interruption
    ends it with the rows that are there.
    """
    axes = read_axes(order.over)
    root = settings.apply(read(order.path), order.overrides)
    check_paths(axes, root)
    plan = make_plan(order.method, axes, order.samples, order.seed)
    _check_options(order, plan)
    case = _first_case(order, plan)
    objective = read_objective(order.objective, observed_columns(case)) if order.objective else None
    known = identity(plan, order.path, root, order.overrides, objective.text if objective else "")
    with Folder(directory, known, resume, force) as folder:
        follow = order.follow and plan.method in (Method.GRID, Method.LIST) and can_follow(case)
        setup = Setup(order.path, tuple(order.overrides), follow, directory / "points" if order.keep else None)
        outcome = Outcome(case.title, plan, objective, directory, units=folder.before.get("units", {}))
        keeper = _Keeper(folder, outcome, progress)
        begin = time.perf_counter()
        try:
            with Serial(setup) if jobs == 1 else Pool(jobs, setup) as pool:
                keeper.work(pool, follow)
        except KeyboardInterrupt:
            outcome.is_interrupted = True
        finally:
            outcome.seconds = time.perf_counter() - begin
            _finish(folder, outcome)
    return outcome


class _Keeper:
    """Hands points to a pool and keeps their rows; those that are there already are not solved again."""

    def __init__(self, folder: Folder, outcome: Outcome, progress: Progress | None) -> None:
        self._folder, self._outcome, self._progress = folder, outcome, progress
        self._failed = sum(not succeeded(row) for row in folder.rows.values())

    def work(self, pool: Serial | Pool, follow: bool) -> None:
        """Every point of the plan."""
        plan, objective = self._outcome.plan, self._outcome.objective
        if plan.method is Method.OPTIMISE and objective is not None:
            optimise(plan, objective, lambda tasks: self._answers(pool, [[task] for task in tasks]))
        else:
            self._answers(pool, plan.lines(follow))

    def _answers(self, pool: Serial | Pool, lines: Any) -> list[Row]:
        """The rows of all tasks of some lines, by their order there."""
        lines = [list(line) for line in lines]
        rest = [[task for task in line if not self._has(task)] for line in lines]
        for row in pool.rows([line for line in rest if line]):
            self._keep(row)
        return [self._folder.rows[task.number] for line in lines for task in line]

    def _has(self, task: Task) -> bool:
        row = self._folder.rows.get(task.number)
        return row is not None and row["values"] == dict(task.values)

    def _keep(self, row: Row) -> None:
        outcome = self._outcome
        units = {**outcome.units, **row.pop("units", {})}
        if units != outcome.units:
            outcome.units = units
            self._folder.describe(outcome.as_dict() | {"status": "running"})
        self._folder.add(row)
        outcome.solved += 1
        self._failed += not succeeded(row)
        if self._progress is not None:
            self._progress(len(self._folder.rows), outcome.plan.size, self._failed)


def _finish(folder: Folder, outcome: Outcome) -> None:
    outcome.rows = [folder.rows[number] for number in sorted(folder.rows)]
    outcome.files = [*folder.write_table(), folder.path / "sweep.json"]
    folder.describe(outcome.as_dict())


def _check_options(order: Order, plan: Plan) -> None:
    if plan.method is Method.OPTIMISE and not order.objective:
        raise SweepError("--method optimise needs --objective NAME")
    if plan.method is Method.OPTIMISE and plan.samples < FEWEST:
        raise SweepError(f"--samples {plan.samples}: an optimisation needs at least {FEWEST} points")


def _first_case(order: Order, plan: Plan) -> Case:
    """The case at one of a few points all over the plan; where none of them is right, the mistakes of the first."""
    first: CaseError | None = None
    for point in plan.probes():
        task = plan.task(0, point)
        try:
            return load(order.path, (*order.overrides, *task.overrides))
        except CaseError as error:
            first = first or CaseError(_as_typed(problem, plan, point) for problem in error.problems)
    assert first is not None
    raise first


def _as_typed(problem: Problem, plan: Plan, point: Sequence[Any]) -> Problem:
    """A mistake in a value of the sweep, marked where the user typed it."""
    for axis, value in zip(plan.axes, point):
        if problem.mark.source == f"--set {axis.override(value)}":
            column = problem.mark.column
            is_value = column > len(axis.name)
            mark: Mark = value.mark if is_value else axis.path[axis.name[: column - 1].count(".")][1]
            return replace(problem, mark=mark)
    return problem
