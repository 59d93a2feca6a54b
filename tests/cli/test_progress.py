"""Progress as plain lines: what it says of a steady case, of a run in time, and how often."""

from types import SimpleNamespace

import pytest

from fvtransport.case.model import Phase, Protocol, SteadySpec, TransientSpec
from fvtransport.cli import progress as module
from fvtransport.cli.progress import ProgressReport

IN_TIME = SimpleNamespace(time=3.0, steps=7, step_size=0.25, rejected=2)


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(value=0.0)
    monkeypatch.setattr(module.time, "monotonic", lambda: now.value)
    return now


def said(capsys, report, counters, clock) -> str:
    clock.value += 100.0
    report.update(counters)
    return capsys.readouterr().err


def test_a_run_in_time(capsys, clock, made):
    report = ProgressReport(made.pump(solve=TransientSpec(until=11.0, start=1.0)))
    assert said(capsys, report, IN_TIME, clock) == " 20 %  t 3 of 11  step 7  step size 0.25  2 rejected\n"


def test_a_steady_case(capsys, clock, made):
    report = ProgressReport(made.slab(solve=SteadySpec(max_iterations=40)))
    counters = SimpleNamespace(iterations=10, update=1e-3, damping=0.5)
    assert said(capsys, report, counters, clock) == " 25 %  iteration 10  correction 1.0e-03  damping 0.5\n"


@pytest.mark.parametrize(
    ("t", "says"), [(0.5, "cycle 1 of 4  rest"), (2.5, "cycle 1 of 4  work"), (6.5, "cycle 3 of 4  rest")]
)
def test_a_protocol_names_cycle_and_phase(capsys, clock, made, t, says):
    own = made.pump()
    protocol = Protocol((Phase("rest", 2.0, own), Phase("work", 1.0, own)), 4)
    report = ProgressReport(made.pump(protocol=protocol, solve=TransientSpec(until=12.0)))
    assert says in said(capsys, report, SimpleNamespace(**{**vars(IN_TIME), "time": t}), clock)


def test_lines_are_two_seconds_apart(capsys, clock, made):
    report = ProgressReport(made.pump(solve=TransientSpec(until=11.0)))
    for clock.value in (1.0, 1.9, 2.0, 3.9, 4.1):
        report.update(IN_TIME)
    assert capsys.readouterr().err.count("\n") == 2
