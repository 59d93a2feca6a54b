"""A case run to its end: snapshots, counters, and endings that are named."""

import pytest

from fvtransport.case.model import SteadySpec, TransientSpec
from fvtransport.discretisation.build import build
from fvtransport.outcome import Outcome
from fvtransport.solvers.solve import Solved, integrator, solve


def solved(case, progress=None) -> Solved:
    return solve(case, build(case), progress)


def test_a_steady_case_has_one_snapshot(made):
    found = solved(made.slab())
    assert found.ending.outcome is Outcome.CONVERGED and len(found.snapshots) == 1 and found.snapshots[0].is_steady
    assert found.counters["steps"] >= 1 and found.counters["residual_evaluations"] >= 2 and found.cycle_history is None
    values = found.snapshots[0].values[0]
    assert values == pytest.approx(0.9 - 0.4 * found.snapshots[0].system.geometry.position[0], rel=1e-10)


def test_a_run_in_time_keeps_the_times_that_were_asked_for(made):
    found = solved(made.pump(solve=TransientSpec(until=2.0, times=(0.5, 1.0), samples=2), observe=()))
    times = [snapshot.t for snapshot in found.snapshots]
    assert found.ending.succeeded and times[0] == 0.0 and times[-1] == 2.0 and {0.5, 1.0} <= set(times)
    assert times == sorted(times) and not found.snapshots[-1].is_steady


def test_a_failure_is_an_ending_with_the_last_good_state(made):
    found = solved(made.pump(solve=TransientSpec(until=3000.0, max_steps=3, samples=2), observe=()))
    assert found.ending.outcome is Outcome.TOO_MANY_STEPS and found.snapshots and found.snapshots[-1].t < 3000.0


def test_an_interruption_is_an_ending(made):
    def stop(counters):
        raise KeyboardInterrupt

    found = solved(made.slab(solve=SteadySpec()), stop)
    assert found.ending.outcome is Outcome.INTERRUPTED and found.ending.message == "stopped by the user"


def test_the_integrator_is_a_part_of_it():
    assert callable(integrator)
