"""How far a sweep has come and what came of it, in words; always on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from .objective import succeeded
from .run import Outcome

__all__ = ["SweepProgress", "summary"]

_REDRAW, _LINE = 0.1, 2.0
_MOST_FAILURES = 5


class SweepProgress:
    """A context manager whose `update` is told after every point: a bar on a terminal, plain lines elsewhere."""

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
        """Show it, at most ten times a second on a terminal and every two seconds elsewhere."""
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


def summary(outcome: Outcome) -> Iterator[str]:
    """The outcome, line by line."""
    rows = outcome.rows
    good = sum(succeeded(row) for row in rows)
    rate = f", {outcome.solved / outcome.seconds:.3g} points/s" if outcome.solved and outcome.seconds > 0.0 else ""
    kept = f", {len(rows) - outcome.solved} of them there before" if outcome.solved < len(rows) else ""
    word = "interrupted after" if outcome.is_interrupted else "swept"
    yield f"{outcome.title}: {word} {len(rows)} points in {_duration(outcome.seconds)}{rate}{kept}"
    yield f"{'points':<8} {', '.join(f'{count} {status}' for status, count in outcome.counts.items()) or 'none'}"
    yield from _failures(rows)
    if outcome.objective is not None:
        yield f"{'best':<8} {_best(outcome)}"
    if good == 0 and rows:
        yield "no point succeeded"
    for number, path in enumerate(outcome.files):
        yield f"{'' if number else 'files':<8} {path}"


def _best(outcome: Outcome) -> str:
    row, objective = outcome.best, outcome.objective
    if row is None:
        return f"no point has {objective.column}"
    unit = outcome.units.get(objective.column, "")
    value = f"{objective.column} = {objective.of(row):.8g}" + (f" {unit}" if unit and unit != "reduced" else "")
    goal = "largest" if objective.is_maximum else "least"
    return f"{goal} {value} at {_position(row['values'])} (point {row['number']})"


def _position(values: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} = {value:.8g}" if isinstance(value, float) else f"{name} = {value}" for name, value in values.items()
    )


def _failures(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The first point of each way to fail."""
    firsts: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not succeeded(row):
            firsts.setdefault(row["status"], row)
    for row in list(firsts.values())[:_MOST_FAILURES]:
        yield f"{'failed':<8} point {row['number']}, {row['status']}: {row.get('reason') or 'no reason given'}"


def _duration(seconds: float) -> str:
    if seconds < 100.0:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
