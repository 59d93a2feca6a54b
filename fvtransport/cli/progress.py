"""Progress of a run on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from ..case.model import Case, SteadySpec

__all__ = ["ProgressReport"]

_REDRAW_INTERVAL = 0.1
_LINE_INTERVAL = 2.0


class ProgressReport:
    """A context manager whose `update` receives the counters of the solver and limits the rate of output."""

    def __init__(self, case: Case) -> None:
        self._spec, self._protocol = case.solve, case.protocol
        self._bar: Any = None
        self._task: Any = None
        self._next = time.monotonic() + (_REDRAW_INTERVAL if sys.stderr.isatty() else _LINE_INTERVAL)

    def __enter__(self) -> ProgressReport:
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

    def update(self, counters: Any) -> None:
        """Show the progress, at most ten times a second on a terminal and every two seconds elsewhere."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_LINE_INTERVAL if self._bar is None else _REDRAW_INTERVAL)
        fraction, text = self._read(counters)
        if self._bar is None:
            print(f"{100 * fraction:3.0f} %  {text}", file=sys.stderr)
        else:
            self._bar.update(self._task, completed=fraction, description=text)

    def _read(self, counters: Any) -> tuple[float, str]:
        spec = self._spec
        if isinstance(spec, SteadySpec):
            text = f"iteration {counters.iterations}  correction {counters.update:.1e}  damping {counters.damping:g}"
            return counters.iterations / spec.max_iterations, text
        done = (counters.time - spec.start) / (spec.until - spec.start)
        if self._protocol is not None:
            return self._read_cycle(counters, done)
        text = f"t {counters.time:.4g} of {spec.until:g}  step {counters.steps}  step size {counters.step_size:.2g}"
        return done, f"{text}  {counters.rejected} rejected"

    def _read_cycle(self, counters: Any, done: float) -> tuple[float, str]:
        """Progress of a protocol, as a fraction of the allowed cycles because the number needed is not known."""
        protocol, since = self._protocol, counters.time - self._spec.start
        cycle = min(int(since / protocol.period), protocol.cycles - 1)
        edges = protocol.edges(self._spec.start, cycle)
        index = max(sum(edge <= counters.time for edge in edges[:-1]) - 1, 0)
        limit = "at most " if protocol.tolerance is not None else ""
        text = f"cycle {cycle + 1} of {limit}{protocol.cycles}  {protocol.phases[index].name}  t {counters.time:.4g}"
        return done, f"{text}  step size {counters.step_size:.2g}"
