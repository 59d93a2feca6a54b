"""The search: it finds a known optimum within its budget, whatever fails on the way, and repeats itself."""

from __future__ import annotations

import math

import pytest

from fvtransport.sweep.axes import read_axes
from fvtransport.sweep.objective import Objective
from fvtransport.sweep.optimise import optimise
from fvtransport.sweep.plan import Method, make_plan

OVER = ["a=-1:2", "b=0.01:100:log"]


def height(a, b):
    """Largest, 3, at a = 0.3 and b = 10."""
    return 3.0 * math.exp(-2.0 * (a - 0.3) ** 2 - 0.5 * (math.log10(b) - 1.0) ** 2)


def searched(samples, of=height, over=OVER, is_maximum=True, seed=0):
    """The rows of a search over a formula; of may give None."""
    rows = []

    def solve(tasks):
        new = []
        for task in tasks:
            value = of(*task.values.values())
            status = "stalled" if value is None else "converged"
            new.append({"number": task.number, "values": task.values, "status": status, "observables": {"f": value}})
        rows.extend(new)
        return new

    optimise(make_plan(Method.OPTIMISE, read_axes(over), samples, seed), Objective("f", is_maximum), solve)
    return rows


@pytest.mark.parametrize("is_maximum", [True, False])
def test_a_smooth_optimum_is_found_to_the_accuracy_of_the_last_radius(is_maximum):
    rows = searched(80, height if is_maximum else lambda a, b: -height(a, b), is_maximum=is_maximum)
    best = Objective("f", is_maximum).best(rows)
    assert abs(best["observables"]["f"]) == pytest.approx(3.0, rel=1e-6)
    assert best["values"]["a"] == pytest.approx(0.3, abs=3e-3) and best["values"]["b"] == pytest.approx(10.0, rel=3e-2)


def test_an_optimum_on_the_edge_is_found_there():
    best = Objective("f").best(searched(60, lambda a, b: a + math.log10(b)))
    assert best["values"] == {"a": 2, "b": 100}


def test_failures_are_gone_around():
    rows = searched(100, lambda a, b: None if a < 0.28 or b < 9.0 else height(a, b))
    assert any(row["status"] == "stalled" for row in rows)
    assert Objective("f").best(rows)["observables"]["f"] == pytest.approx(3.0, rel=1e-4)


def test_where_everything_fails_it_ends():
    rows = searched(40, lambda a, b: None)
    assert 5 <= len(rows) <= 40


@pytest.mark.parametrize("samples", [10, 11, 37])
def test_the_budget_is_kept_and_no_point_is_asked_for_twice(samples):
    rows = searched(samples, lambda a, b: math.sin(40 * a) * math.cos(30 * math.log(b)))
    assert len(rows) <= samples and [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert len({tuple(row["values"].values()) for row in rows}) == len(rows)


def test_it_repeats_itself_and_another_seed_does_not():
    assert searched(50) == searched(50) and searched(50) != searched(50, seed=1)
