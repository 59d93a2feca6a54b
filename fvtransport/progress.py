"""How far a run has come: a bar on a terminal, plain lines elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from .case.model import Case, SteadySpec

__all__ = ["ProgressReport"]

_REDRAW = 0.1
_LINE = 2.0


class ProgressReport:
    """A context manager whose `update` takes the solver's counters, as often as the solver likes to call it."""

    def __init__(self, case: Case) -> None:
        self._spec = case.solve
        self._bar: Any = None
        self._task: Any = None
        self._next = time.monotonic() + (_REDRAW if sys.stderr.isatty() else _LINE)

    def __enter__(self) -> ProgressReport:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (BarColumn(), TextColumn("{task.percentage:3.0f} %"), TextColumn("{task.description}"), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=1.0)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, counters: Any) -> None:
        """Show where the solver is, at most ten times a second on a terminal and every two seconds elsewhere."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_LINE if self._bar is None else _REDRAW)
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
        text = f"t {counters.time:.4g} of {spec.until:g}  step {counters.steps} of {counters.step_size:.2g}"
        return done, f"{text}  {counters.rejected} rejected"
