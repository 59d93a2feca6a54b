"""Progress and summary of a sweep as text on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from .objective import succeeded
from .run import SweepResult

__all__ = ["SweepProgress", "summary"]

_REDRAW, _LINE = 0.1, 2.0
_MAX_FAILURES = 5


class SweepProgress:
    """A context manager whose `update` is called after every point: a bar on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._begin = self._last = time.monotonic()
        self._new = 0

    def __enter__(self) -> SweepProgress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                BarColumn(),
                TextColumn("{task.percentage:3.0f} %"),
                TextColumn("{task.description}"),
                TimeElapsedColumn(),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=1.0)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, done: int, size: int, failed: int) -> None:
        """Show the progress, at most ten times a second on a terminal and every two seconds elsewhere."""
        self._new += 1
        now = time.monotonic()
        if now - self._last < (_LINE if self._bar is None else _REDRAW) and done < size:
            return
        self._last = now
        rate = self._new / max(now - self._begin, 1e-9)
        text = f"{done} of {size} points, {failed} failed, {rate:.3g} points/s, {_duration((size - done) / rate)} left"
        if self._bar is None:
            print(f"{100 * done / size:3.0f} %  {text}", file=sys.stderr)
        else:
            self._bar.update(self._task, completed=done / size, description=text)


def summary(result: SweepResult) -> Iterator[str]:
    """The summary of a sweep, line by line."""
    rows = result.rows
    good = sum(succeeded(row) for row in rows)
    rate = f", {result.solved / result.seconds:.3g} points/s" if result.solved and result.seconds > 0.0 else ""
    earlier = f", {len(rows) - result.solved} of them from an earlier run" if result.solved < len(rows) else ""
    verb = "interrupted after" if result.is_interrupted else "solved"
    yield f"{result.title}: {verb} {len(rows)} points in {_duration(result.seconds)}{rate}{earlier}"
    yield f"{'points':<8} {', '.join(f'{count} {status}' for status, count in result.counts.items()) or 'none'}"
    yield from _failures(rows)
    if result.objective is not None:
        yield f"{'best':<8} {_best(result)}"
    if good == 0 and rows:
        yield "no point succeeded"
    for number, path in enumerate(result.files):
        yield f"{'' if number else 'files':<8} {path}"


def _best(result: SweepResult) -> str:
    row, objective = result.best, result.objective
    if row is None:
        return f"no point has a value of {objective.column}"
    unit = result.units.get(objective.column, "")
    value = f"{objective.column} = {objective.value(row):.8g}" + (f" {unit}" if unit and unit != "reduced" else "")
    goal = "maximum" if objective.is_maximum else "minimum"
    return f"{goal} {value} at {_position(row['values'])} (point {row['number']})"


def _position(values: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} = {value:.8g}" if isinstance(value, float) else f"{name} = {value}" for name, value in values.items()
    )


def _failures(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The first failed point of each status, with its reason."""
    firsts: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not succeeded(row):
            firsts.setdefault(row["status"], row)
    for row in list(firsts.values())[:_MAX_FAILURES]:
        yield f"{'failed':<8} point {row['number']}, {row['status']}: {row.get('reason') or 'no reason given'}"


def _duration(seconds: float) -> str:
    if seconds < 100.0:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
