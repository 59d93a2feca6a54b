"""A sweep from the request to the table: plan, check of the case, solution of the points, result."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..case.checks.checked_case import load
from ..case.model import Case
from ..case.text import overrides as settings
from ..case.text.yaml_reader import read
from ..errors import CaseError, Mark, Problem
from .axes import check_paths, read_axes
from .objective import Objective, read_objective, succeeded
from .optimise import MIN_POINTS, optimise
from .plan import Method, SweepError, SweepPlan, Task, identity, make_plan
from .point import PointSetup, observable_columns
from .pool import ProcessPool, SerialPool
from .table import Row, SweepFolder, cells_of, columns_of
from .warm_start import allows_warm_start

__all__ = ["SweepRequest", "SweepResult", "sweep"]

ProgressCallback = Callable[[int, int, int], None]


@dataclass(frozen=True)
class SweepRequest:
    """The options of a sweep: over are texts `path=range`, objective is `NAME`, `max:NAME`, `min:NAME` or empty.

    warm_start: points start from neighbouring solutions where the result does not depend on the start. keep: write a
    result folder for each point.
    """

    path: Path
    over: Sequence[str]
    overrides: Sequence[str] = ()
    method: Method = Method.GRID
    samples: int | None = None
    seed: int = 0
    objective: str = ""
    warm_start: bool = True
    keep: bool = False
    allow_geo: bool = False


@dataclass
class SweepResult:
    """The result of a sweep: rows in order of their numbers, of which `solved` are new, and the files written."""

    title: str
    plan: SweepPlan
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
        """The number of points by status, the most frequent first."""
        return dict(Counter(row["status"] for row in self.rows).most_common())

    @property
    def exit_code(self) -> int:
        """130 when interrupted, 3 where no point succeeded, 0 otherwise."""
        return 130 if self.is_interrupted else 0 if any(succeeded(row) for row in self.rows) else 3

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as written to `sweep.json` and printed by `--format json`."""
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
            "best": best and dict(zip(columns, cells_of(best, columns))),
            "units": dict(self.units),
            "seconds": self.seconds,
            "points_per_second": self.solved / self.seconds if self.seconds > 0.0 else None,
            "files": [str(path) for path in self.files],
        }


def sweep(
    request: SweepRequest,
    directory: Path,
    jobs: int = 1,
    resume: bool = False,
    force: bool = False,
    progress: ProgressCallback | None = None,
) -> SweepResult:
    """Solve all points and write the table; a failed point is a row with its reason.

    Raises CaseError and SweepError for mistakes in the request, before anything is written. After an interruption the
    result contains the rows completed so far.
    """
    axes = read_axes(request.over)
    root = settings.apply(read(request.path), request.overrides)
    check_paths(axes, root)
    plan = make_plan(request.method, axes, request.samples, request.seed)
    _check_options(request, plan)
    case = _first_case(request, plan)
    objective = read_objective(request.objective, observable_columns(case)) if request.objective else None
    known = identity(plan, request.path, root, request.overrides, objective.text if objective else "")
    with SweepFolder(directory, known, resume, force) as folder:
        warm_start = request.warm_start and plan.method in (Method.GRID, Method.LIST) and allows_warm_start(case)
        kept_in = directory / "points" if request.keep else None
        setup = PointSetup(request.path, tuple(request.overrides), warm_start, kept_in, request.allow_geo)
        result = SweepResult(case.title, plan, objective, directory, units=folder.previous.get("units", {}))
        runner = _SweepRunner(folder, result, progress)
        begin = time.perf_counter()
        try:
            with SerialPool(setup) if jobs == 1 else ProcessPool(jobs, setup) as pool:
                runner.solve_all(pool, warm_start)
        except KeyboardInterrupt:
            result.is_interrupted = True
        finally:
            result.seconds = time.perf_counter() - begin
            _finish(folder, result)
    return result


class _SweepRunner:
    """Solves the points of a plan on a pool and stores their rows; points with a stored row are not solved again."""

    def __init__(self, folder: SweepFolder, result: SweepResult, progress: ProgressCallback | None) -> None:
        self._folder, self._result, self._progress = folder, result, progress
        self._failed = sum(not succeeded(row) for row in folder.rows.values())

    def solve_all(self, pool: SerialPool | ProcessPool, warm_start: bool) -> None:
        """Solve all points of the plan."""
        plan, objective = self._result.plan, self._result.objective
        if plan.method is Method.OPTIMISE and objective is not None:
            optimise(plan, objective, lambda tasks: self._rows(pool, [[task] for task in tasks]))
        else:
            self._rows(pool, plan.batches(warm_start))

    def _rows(self, pool: SerialPool | ProcessPool, batches: Iterable[list[Task]]) -> list[Row]:
        """The rows of all tasks, in the order of the batches; tasks without a stored row are solved."""
        batches = list(batches)
        unsolved = [[task for task in batch if not self._is_solved(task)] for batch in batches]
        for row in pool.rows([batch for batch in unsolved if batch]):
            self._store(row)
        return [self._folder.rows[task.number] for batch in batches for task in batch]

    def _is_solved(self, task: Task) -> bool:
        row = self._folder.rows.get(task.number)
        return row is not None and row["values"] == dict(task.values)

    def _store(self, row: Row) -> None:
        result = self._result
        units = {**result.units, **row.pop("units", {})}
        if units != result.units:
            result.units = units
            self._folder.write_metadata(result.as_dict() | {"status": "running"})
        self._folder.add(row)
        result.solved += 1
        self._failed += not succeeded(row)
        if self._progress is not None:
            self._progress(len(self._folder.rows), result.plan.size, self._failed)


def _finish(folder: SweepFolder, result: SweepResult) -> None:
    result.rows = [folder.rows[number] for number in sorted(folder.rows)]
    result.files = [*folder.write_table(), folder.path / "sweep.json"]
    folder.write_metadata(result.as_dict())


def _check_options(request: SweepRequest, plan: SweepPlan) -> None:
    if plan.method is Method.OPTIMISE and not request.objective:
        raise SweepError("--method optimise needs --objective NAME")
    if plan.method is Method.OPTIMISE and plan.samples < MIN_POINTS:
        raise SweepError(f"--samples {plan.samples}: an optimisation needs at least {MIN_POINTS} points")


def _first_case(request: SweepRequest, plan: SweepPlan) -> Case:
    """The case at the first valid one of a few points; where none is valid, raises the CaseError of the first."""
    first: CaseError | None = None
    for point in plan.representative_points():
        task = plan.task(0, point)
        try:
            return load(request.path, (*request.overrides, *task.overrides), allow_geo=request.allow_geo)
        except CaseError as error:
            first = first or CaseError(_marked_in_range(problem, plan, point) for problem in error.problems)
    assert first is not None
    raise first


def _marked_in_range(problem: Problem, plan: SweepPlan, point: Sequence[Any]) -> Problem:
    """A mistake in a swept value, marked in the range that the user typed."""
    for axis, value in zip(plan.axes, point):
        if problem.mark.source == f"--set {axis.override(value)}":
            column = problem.mark.column
            is_value = column > len(axis.name)
            mark: Mark = value.mark if is_value else axis.path[axis.name[: column - 1].count(".")][1]
            return replace(problem, mark=mark)
    return problem
