"""Processes that solve lines of points, each row told as soon as it is there; one that dies takes one point with it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from .plan import SweepError, Task
from .point import Setup, Solver

__all__ = ["Pool", "Serial", "usable_processors"]

_READY = "ready"
_PATIENCE = 5.0
_SHORT = 16
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
Row = dict[str, Any]
Line = list[Task]


def usable_processors() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Serial:
    """Solves in this process; used like a pool."""

    def __init__(self, setup: Setup) -> None:
        self._solver = Solver(setup)

    def __enter__(self) -> Serial:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The row of every point, in order."""
        for line in lines:
            start = None
            for task in line:
                with contextlib.redirect_stdout(sys.stderr):  # standard output is for the answer alone
                    row, start = self._solver(task, start)
                yield row


class Pool:
    """Solves in processes of their own, each on one thread, started as they are needed.

    Not concurrent.futures: there a row would be told with the last of its line, and one process that dies ends all.
    """

    def __init__(self, jobs: int, setup: Setup) -> None:
        self._jobs, self._setup = jobs, setup
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *exception: object) -> None:
        for worker in self._workers:
            worker.stop()

    def rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The row of every point, as they come."""
        waiting = deque(list(line) for line in lines if line)
        while waiting or any(worker.lines for worker in self._workers):
            self._hand_out(waiting)
            by_end = {worker.end: worker for worker in self._workers if worker.lines}
            for worker in [by_end[end] for end in wait(list(by_end))]:
                try:
                    message = worker.end.recv()
                except (EOFError, OSError):
                    yield self._bury(worker, waiting)
                    continue
                if message == _READY:
                    worker.is_ready = True
                else:
                    worker.done()
                    yield message

    def _hand_out(self, waiting: deque[Line]) -> None:
        """Give every process a line and, while there are plenty, another one, so that none ever waits for us."""
        while waiting:
            worker = min(self._workers, key=lambda each: len(each.lines), default=None)
            if (worker is None or worker.lines) and len(self._workers) < self._jobs:
                worker = _Worker(self._setup)
                self._workers.append(worker)
            if worker.lines and not (worker.may_have_more(waiting[0]) and len(waiting) > len(self._workers)):
                return
            worker.take(waiting.popleft())

    def _bury(self, worker: _Worker, waiting: deque[Line]) -> Row:
        """The row of the point on which a process died; what is left of its lines is done by another one."""
        self._workers.remove(worker)
        cause = worker.cause()
        worker.stop()
        if not worker.is_ready:
            raise SweepError(f"a process could not be started: {cause}")
        task = worker.done()
        waiting.extendleft(list(line) for line in worker.lines)
        return {"number": task.number, "values": dict(task.values), "status": "process died", "reason": cause}


class _Worker:
    """One process, our end of the pipe to it, and what is left of the lines that it was given."""

    def __init__(self, setup: Setup) -> None:
        context = multiprocessing.get_context("spawn")
        self.end, other = context.Pipe()
        self.lines: deque[deque[Task]] = deque()
        self.is_ready = False
        self._process = context.Process(target=_serve, args=(other, setup), daemon=True)
        with _one_thread():
            self._process.start()
        other.close()

    def take(self, line: Line) -> None:
        """Give it a line."""
        self.lines.append(deque(line))
        with contextlib.suppress(OSError):  # a process that is gone is found when its rows are awaited
            self.end.send(line)

    def may_have_more(self, line: Line) -> bool:
        """Whether a line may wait there: one, and short, for pipes hold little and both ends would wait for each other."""
        return len(self.lines) == 1 and max(len(line), len(self.lines[0])) <= _SHORT

    def done(self) -> Task:
        """Note that the point it worked on is done, and say which it was."""
        task = self.lines[0].popleft()
        if not self.lines[0]:
            self.lines.popleft()
        return task

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()
        self.end.close()

    def cause(self) -> str:
        """How a process ended that closed its end of the pipe."""
        self._process.join(_PATIENCE)
        code = self._process.exitcode
        return "it hangs" if code is None else f"signal {-code}" if code < 0 else f"exit code {code}"


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started meanwhile use one thread each in their numerical libraries."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _serve(end: Connection, setup: Setup) -> None:
    """The life of a process: lines in, rows out; an interruption is the business of the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(2, 1)
    solver = Solver(setup)
    gc.freeze()
    with contextlib.suppress(EOFError, OSError):
        end.send(_READY)
        while True:
            start = None
            for task in end.recv():
                row, start = solver(task, start)
                end.send(row)
