"""Processes: every row once, from whichever process; one that dies takes one point with it."""

from __future__ import annotations

import multiprocessing.context
import os
import signal

import pytest

from fvtransport.sweep.plan import Task
from fvtransport.sweep.point import PointSetup
from fvtransport.sweep.pool import ProcessPool, SerialPool, usable_processors
from tests.tools.slab import write_slab


@pytest.fixture
def slab(tmp_path):
    """The path of a case that takes milliseconds."""
    return write_slab(tmp_path)


def tasks(*diffusivities):
    return [Task(n, {"D": d}, (f"parameters.D={d}",)) for n, d in enumerate(diffusivities, start=1)]


@pytest.mark.slow
def test_a_pool_says_what_one_process_says_and_survives_a_death(slab, capfd):
    line = tasks(1.0, 13.0, 2.0, 14.0, 3.0)
    with ProcessPool(2, PointSetup(slab, warm_start=True)) as pool:
        rows = sorted(
            pool.rows([line, *([task] for task in tasks(4.0)), []]), key=lambda row: (row["number"], row["values"]["D"])
        )
        again = list(pool.rows([tasks(5.0)]))
    with SerialPool(PointSetup(slab)) as serial:
        single = [row for each in (1.0, 4.0, 2.0) for row in serial.rows([tasks(each)])]
    assert [row["status"] for row in rows] == [
        "converged",
        "converged",
        "process died",
        "converged",
        "bad input",
        "converged",
    ]
    assert rows[2]["reason"] == "exit code 7"
    assert [rows[i]["observables"] for i in (0, 1, 3)] == [
        pytest.approx(row["observables"], rel=1e-12) for row in single
    ]
    assert again[0]["observables"]["N_A"] == pytest.approx(4.0, rel=1e-12)
    assert capfd.readouterr().out == "", "what plugins print is no answer"


@pytest.mark.slow
def test_every_point_is_told_once_whatever_the_length_of_the_lines(slab):
    values = [1.0 + 0.01 * i for i in range(60)]
    made = tasks(*values)
    batches = [made[:1], made[1:3], made[3:30], *([task] for task in made[30:])]
    with ProcessPool(2, PointSetup(slab)) as pool:
        rows = list(pool.rows(batches))
    assert sorted(row["number"] for row in rows) == list(range(1, 61))
    assert all(row["observables"]["N_A"] == pytest.approx(0.8 * row["values"]["D"], rel=1e-12) for row in rows)


@pytest.mark.slow
def test_a_death_hands_all_that_was_waiting_to_another_process(slab):
    values = [1.0, 2.0, 13.0, 3.0, 4.0, 13.0, 5.0, 6.0, 7.0, 8.0]
    with ProcessPool(1, PointSetup(slab)) as pool:
        rows = list(pool.rows([task] for task in tasks(*values)))
    assert [row["number"] for row in rows] == list(range(1, 11))
    assert [row["number"] for row in rows if row["status"] != "converged"] == [3, 6]


def test_a_process_that_is_just_started_ignores_an_interruption(slab, monkeypatch, capfd, interruptible):
    """An interruption goes to all processes of a terminal, also to those that are still being started."""
    start = multiprocessing.context.SpawnProcess.start

    def started(process):
        start(process)
        os.kill(process.pid, signal.SIGINT)

    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", started)
    with ProcessPool(1, PointSetup(slab)) as pool:
        (row,) = pool.rows([tasks(2.0)])
    assert row["status"] == "converged" and "Traceback" not in capfd.readouterr().err


def test_an_interruption_while_a_process_is_started_is_not_lost(slab, monkeypatch, interruptible):
    start = multiprocessing.context.SpawnProcess.start

    def interrupted(process):
        signal.raise_signal(signal.SIGINT)
        start(process)

    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", interrupted)
    with pytest.raises(KeyboardInterrupt), ProcessPool(1, PointSetup(slab)) as pool:
        list(pool.rows([tasks(2.0)]))
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_use_one_thread_and_the_environment_is_as_it_was(slab, monkeypatch):
    (slab.parent / "trap.py").write_text(
        (slab.parent / "trap.py")
        .read_text()
        .replace("return self.value", "return float(os.environ['OMP_NUM_THREADS'])")
    )
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with ProcessPool(1, PointSetup(slab)) as pool:
        (row,) = pool.rows([tasks(2.0)])
    assert row["observables"]["N_A"] == pytest.approx(0.8, rel=1e-12)
    assert os.environ["OMP_NUM_THREADS"] == "5" and "MKL_NUM_THREADS" not in os.environ


def test_there_is_a_processor():
    assert usable_processors() >= 1
