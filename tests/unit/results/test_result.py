"""The summary: strict JSON, complete, and honest about a run that failed."""

import dataclasses
import json

import numpy as np
import pytest

from fvtransport.case.model import Comparison, SteadySpec, TransientSpec
from fvtransport.outcome import Ending, Outcome
from fvtransport.results.result import Result


def _strict(result):
    return json.loads(json.dumps(result.summary(), allow_nan=False))


def test_the_summary_holds_what_the_command_line_promises(pump, made):
    summary = _strict(pump)
    assert summary["status"] == "converged" and summary["message"] == ""
    assert summary["title"] == "Heat pump, mixing" and summary["case"] == "pump.yaml"
    assert summary["observables"]["Qc"]["times"] == [50.0, 200.0, 500.0, 1000.0, 3000.0]
    assert summary["observables"]["Qc"]["value"][-1] == summary["observables"]["Qc_total"]["value"]
    assert summary["observables"]["Qc_total"]["value"] == pytest.approx(made.heat * (1 - 1 / 1600), rel=1e-6)
    assert "times" not in summary["observables"]["Qc_total"]
    assert {"build_s", "solve_s", "steps", "residual_evaluations"} <= set(summary["timing"])
    assert set(summary["versions"]) == {"fvtransport", "fipy", "numpy", "scipy", "scikit-sundae", "python"}
    assert summary["balance"]["energy"]["left_through"]["left"] > 0.0
    assert summary["balance"]["A"]["closes"] is True


def test_a_steady_summary_has_rates_and_no_storage(slab):
    summary = _strict(slab)
    assert "stored" not in summary["balance"]["A"]
    assert summary["comparison"]["errors"]["x_A"].keys() == {"l2", "max"}
    assert summary["comparison"]["passed"] is True
    assert summary["observables"]["flow"] == {"value": pytest.approx(9.6e-4, rel=1e-12), "unit": "mol/s"}


def test_one_time_gives_a_number_several_give_a_list(pump):
    one = dataclasses.replace(pump.case.observe[0], times=(200.0,))
    result = dataclasses.replace(pump, case=dataclasses.replace(pump.case, observe=(one,)))
    reading = result.observables["Qc"]
    assert reading.value == pump.observables["Qc"].value[1] and reading.times == [200.0]


def test_a_run_that_stopped_early_says_null_for_what_it_did_not_reach(pump):
    stopped = dataclasses.replace(
        pump,
        snapshots=[snapshot for snapshot in pump.snapshots if snapshot.t <= 250.0],
        ending=Ending(Outcome.TOO_MANY_STEPS, "the step budget ran out"),
    )
    summary = _strict(stopped)
    assert summary["status"] == "too many steps" and summary["message"] == "the step budget ran out"
    values = summary["observables"]["Qc"]["value"]
    assert values[:2] == pump.observables["Qc"].value[:2] and values[2:] == [None, None, None]
    assert summary["observables"]["Qc_total"]["value"] is None
    assert summary["comparison"]["passed"] is False and summary["comparison"]["errors"] == {}
    assert stopped.exit_code == 3


def test_a_run_without_any_state_still_has_a_summary(pump):
    nothing = dataclasses.replace(pump, snapshots=[], ending=Ending(Outcome.NON_FINITE))
    summary = _strict(nothing)
    assert summary["observables"]["Qc_total"]["value"] is None and summary["balance"] == {}


def test_exit_codes(slab, pump, made):
    assert slab.exit_code == 0
    wrong = dataclasses.replace(slab.case, comparison=Comparison("linear", made.Linear(offset=1e-3), 1e-9))
    assert dataclasses.replace(slab, case=wrong).exit_code == 4
    assert dataclasses.replace(pump, ending=Ending(Outcome.INTERRUPTED)).exit_code == 130
    assert dataclasses.replace(pump, ending=Ending(Outcome.OUT_OF_RANGE)).exit_code == 3


def test_a_balance_that_does_not_close_is_a_failure(pump):
    line = dataclasses.replace(pump.balance[0], relative_error=1e-3)
    result = Result(pump.case, pump.system, pump.snapshots, pump.ending)
    result.__dict__["balance"] = [line]
    assert result.exit_code == 4


def test_the_comparison_looks_at_the_explicit_times_and_the_end(pump):
    assert [snapshot.t for snapshot in pump.compared] == [50.0, 200.0, 500.0, 3000.0]


def test_runs_in_time_start_with_the_start(made):
    result = made.run(made.pump(solve=TransientSpec(until=1.0, samples=3), observe=()))
    assert result.snapshots[0].t == 0.0 and result.snapshots[-1].t == 1.0


def test_a_steady_run_that_stops_keeps_its_last_iterate(made):
    stopped = made.run(made.slab(solve=SteadySpec(max_iterations=1)))
    assert stopped.ending.outcome is Outcome.TOO_MANY_STEPS
    np.testing.assert_allclose(stopped.snapshots[0].values[0, [0, -1]], [0.9, 0.1], rtol=1e-6)
