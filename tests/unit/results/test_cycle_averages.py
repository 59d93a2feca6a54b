"""Observables over phases and cycles, formulas of these, and balances, from records by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from fvtransport.case.model import Derived, Observed
from fvtransport.case.text.expressions import compile_expression
from fvtransport.case.text.units import UnitSystem
from fvtransport.results.cycle_averages import CycleTables, worked_out
from fvtransport.solvers.cycles import CycleHistory, PhaseRecord


def _record(name, cycle, start, end, heat, work):
    added = {"heat": heat, "work": work}
    return PhaseRecord(name, cycle, start, end, added, np.array([1.0]), {(0, "left"): -1.0}, np.array([0.0]))


RECORDS = [
    _record("hot", 1, 0.0, 2.0, 6.0, 1.0),
    _record("cold", 1, 2.0, 3.0, -2.0, 1.0),
    _record("cycle", 1, 0.0, 3.0, 4.0, 2.0),
    _record("hot", 2, 3.0, 5.0, 8.0, 2.0),
    _record("cold", 2, 5.0, 6.0, -1.0, 2.0),
    _record("cycle", 2, 3.0, 6.0, 7.0, 4.0),
]


def _derived(name, text, over="", is_mean=False):
    return Derived(name, compile_expression(text, {"heat", "work", "power"}), "", over, is_mean)


HEAT = Observed("heat", "heat_from", None, None, "hot")
POWER = Observed("power", "heat_from", None, None, "cycle", is_mean=True)


@pytest.fixture
def tables():
    """Two cycles of a hot phase of 2 s and a cold one of 1 s."""
    phases = (SimpleNamespace(name="hot", duration=2.0), SimpleNamespace(name="cold", duration=1.0))
    protocol = SimpleNamespace(phases=phases, period=3.0, tolerance=1e-3, records=("hot", "cold", "cycle"))
    case = SimpleNamespace(
        observe=(HEAT, Observed("work", "work", None, None, "cycle")),
        derived={"ratio": _derived("ratio", "heat/work")},
        protocol=protocol,
        units=UnitSystem("SI"),
    )
    history = CycleHistory(RECORDS, [0.4, 0.1], True)
    return CycleTables(case, history, {"heat": "J", "work": "J", "ratio": ""})


def test_the_last_occurrence_counts(tables):
    assert tables.value(HEAT) == 8.0
    assert np.isnan(tables.value(Observed("heat", "heat_from", None, None, "idle")))


def test_a_mean_is_per_time(tables):
    mean = Observed("heat", "heat_from", None, None, "cycle", is_mean=True)
    assert tables.value(mean) == pytest.approx(7.0 / 3.0, rel=1e-15)
    assert tables.over(mean, RECORDS[0]) == 3.0


def test_formulas_over_a_record_are_of_the_increases_in_it(tables):
    ratio = _derived("ratio", "heat/work", over="cycle")
    assert tables.value(ratio) == pytest.approx(7.0 / 4.0, rel=1e-15)
    assert tables.value(_derived("power", "heat + work", over="cycle", is_mean=True)) == pytest.approx(11.0 / 3.0)
    assert [tables.over(ratio, record) for record in RECORDS[:3]] == [6.0, -2.0, 2.0]


def test_summary_has_one_number_for_each_cycle(tables):
    found = tables.summary([], 1e-6)
    assert found["phases"] == {"hot": 2.0, "cold": 1.0} and (found["period"], found["cycles"]) == (3.0, 2)
    assert found["change"] == [0.4, 0.1] and found["periodic"] and found["until_periodic"]
    assert found["remaining"] == pytest.approx(0.1 * 0.25 / 0.75, rel=1e-14)
    heat, ratio = (found["observables"][name] for name in ("heat", "ratio"))
    assert (heat["hot"], heat["cold"], heat["cycle"]) == ([6.0, 8.0], [-2.0, -1.0], [4.0, 7.0])
    assert ratio["hot"] == [6.0, 4.0] and ratio["over"] is None and heat["over"] == "hot"


def test_a_formula_without_a_value_is_nan():
    assert worked_out(_derived("r", "heat/work"), {"heat": 6.0, "work": 3.0}) == 2.0
    assert np.isnan(worked_out(_derived("r", "heat/work"), {"heat": 0.0, "work": 0.0}))
    assert np.isnan(worked_out(_derived("r", "heat"), {"heat": float("nan")}))
