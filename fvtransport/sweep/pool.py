"""Worker processes that solve batches of points and return each row at once; a crash loses one point only."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from .plan import SweepError, Task
from .point import PointSetup, PointSolver

__all__ = ["ProcessPool", "SerialPool", "usable_processors"]

_READY = "ready"
_EXIT_TIMEOUT = 5.0
_MAX_QUEUED_POINTS = 16
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
Row = dict[str, Any]
Batch = list[Task]


def usable_processors() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class SerialPool:
    """Solves in the calling process, with the interface of ProcessPool."""

    def __init__(self, setup: PointSetup) -> None:
        self._solver = PointSolver(setup)

    def __enter__(self) -> SerialPool:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def rows(self, batches: Iterable[Batch]) -> Iterator[Row]:
        """The row of every point, in order."""
        for batch in batches:
            start = None
            for task in batch:
                with contextlib.redirect_stdout(sys.stderr):  # standard output is reserved for results
                    row, start = self._solver(task, start)
                yield row


class ProcessPool:
    """Solves in worker processes of one thread each, started as they are needed.

    concurrent.futures would return a batch only when it is complete, and a crash of one worker would end all.
    """

    def __init__(self, jobs: int, setup: PointSetup) -> None:
        self._jobs, self._setup = jobs, setup
        self._workers: list[_Worker] = []

    def __enter__(self) -> ProcessPool:
        return self

    def __exit__(self, *exception: object) -> None:
        for worker in self._workers:
            worker.stop()

    def rows(self, batches: Iterable[Batch]) -> Iterator[Row]:
        """The row of every point, in order of completion; raises SweepError where no worker can be started."""
        waiting = deque(list(batch) for batch in batches if batch)
        while waiting or any(worker.batches for worker in self._workers):
            self._assign(waiting)
            by_connection = {worker.connection: worker for worker in self._workers if worker.batches}
            for worker in [by_connection[ready] for ready in wait(list(by_connection))]:
                try:
                    message = worker.connection.recv()
                except (EOFError, OSError):
                    yield self._crashed(worker, waiting)
                    continue
                if message == _READY:
                    worker.is_ready = True
                else:
                    worker.finish_point()
                    yield message

    def _assign(self, waiting: deque[Batch]) -> None:
        """Give every worker a batch and, while many are left, queue a second one, so that no worker is idle."""
        while waiting:
            worker = min(self._workers, key=lambda each: len(each.batches), default=None)
            if (worker is None or worker.batches) and len(self._workers) < self._jobs:
                worker = _Worker(self._setup)
                self._workers.append(worker)
            if worker.batches and not (worker.can_queue(waiting[0]) and len(waiting) > len(self._workers)):
                return
            worker.assign(waiting.popleft())

    def _crashed(self, worker: _Worker, waiting: deque[Batch]) -> Row:
        """The row of the point at which a process died; the rest of its batches goes back to the queue."""
        self._workers.remove(worker)
        reason = worker.exit_reason()
        worker.stop()
        if not worker.is_ready:
            raise SweepError(f"a worker process could not be started: {reason}")
        task = worker.finish_point()
        waiting.extendleft(list(batch) for batch in worker.batches)
        return {"number": task.number, "values": dict(task.values), "status": "process died", "reason": reason}


class _Worker:
    """One worker process, the connection to it, and the unfinished points of its batches."""

    def __init__(self, setup: PointSetup) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.batches: deque[deque[Task]] = deque()
        self.is_ready = False
        self._process = context.Process(target=_worker_main, args=(other, setup), daemon=True)
        with _one_thread(), _without_interrupts():
            self._process.start()
        other.close()

    def assign(self, batch: Batch) -> None:
        """Send it a batch."""
        self.batches.append(deque(batch))
        with contextlib.suppress(OSError):  # a dead process is detected when its rows are received
            self.connection.send(batch)

    def can_queue(self, batch: Batch) -> bool:
        """Whether a second batch may be queued: only short ones, because full pipes would deadlock both processes."""
        return len(self.batches) == 1 and max(len(batch), len(self.batches[0])) <= _MAX_QUEUED_POINTS

    def finish_point(self) -> Task:
        """Mark the current point as finished and return it."""
        task = self.batches[0].popleft()
        if not self.batches[0]:
            self.batches.popleft()
        return task

    def stop(self) -> None:
        """Terminate the process."""
        self._process.terminate()
        self._process.join()
        self.connection.close()

    def exit_reason(self) -> str:
        """Why a process ended that closed its connection."""
        self._process.join(_EXIT_TIMEOUT)
        code = self._process.exitcode
        return "it does not respond" if code is None else f"signal {-code}" if code < 0 else f"exit code {code}"


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started in this context use one thread each in their numerical libraries."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes started in this context receive no SIGINT, from their first instant; the caller does afterwards."""
    if os.name != "posix":
        yield
        return
    resource_tracker.ensure_running()  # its start would end the context
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _worker_main(connection: Connection, setup: PointSetup) -> None:
    """Main loop of a worker: receive batches, send rows; interruptions are handled by the parent process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(2, 1)
    solver = PointSolver(setup)
    gc.freeze()
    with contextlib.suppress(EOFError, OSError):
        connection.send(_READY)
        while True:
            start = None
            for task in connection.recv():
                row, start = solver(task, start)
                connection.send(row)
