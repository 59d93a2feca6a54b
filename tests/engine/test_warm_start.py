"""Starts from neighbours: they save work, change no answer, and are refused where they would."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport.discretisation.build import build
from fvtransport.sweep.plan import Task
from fvtransport.sweep.point import PointSetup, PointSolver
from fvtransport.sweep.warm_start import WarmStart, allows_warm_start, warm_start_from, warm_started
from tests.tools.cases import COUPLED, binary, case_text, line
from tests.tools.slab import write_slab

BENT = "properties.diffusivity={expression: 1 + 20*x_A**2}"
CYCLE = case_text(
    COUPLED,
    title="slab between two baths in turn",
    parameters="{hot: 2.0, time: 0.1, capacity: 1.0, start: 1.0, n: 1.0}",
    mesh=line(cells=8),
    mixture=binary("n"),
    properties="{conductivity: 1.0, diffusivity: 1.0, heat_capacity: capacity, thermal_diffusion_coefficient: 0.5}",
    initial="{T: start, x_A: 0.5}",
    boundaries="{default: {x_A: no_flux}, left: {T: {dirichlet: hot}}, right: {T: no_flux}}",
    solve="{transient: {rtol: 1.0e-7}}",
    protocol="""
  phases:
    hot: {duration: time}
    cold: {duration: time, boundaries: {left: {T: {dirichlet: 1.0}}}}
  repeat: {until_periodic: {tolerance: 1.0e-7, max_cycles: 100}}""",
    observe="""
  Q: {heat_from: left, over: hot}
  amount: {mean: x_A}""",
)


@pytest.fixture
def slab(tmp_path):
    return write_slab(tmp_path)


@pytest.fixture
def cycle(tmp_path):
    path = tmp_path / "cycle.yaml"
    path.write_text(CYCLE, encoding="utf-8")
    return path


def run_line(path, *settings, warm_start=True, overrides=()):
    """The rows of points with warm starts along a line; settings are lists of `path=value`, the last one varied."""
    solver, start, rows = PointSolver(PointSetup(path, tuple(overrides), warm_start)), None, []
    for number, texts in enumerate(settings, start=1):
        values = {text.partition("=")[0]: float(text.partition("=")[2]) for text in texts}
        row, start = solver(Task(number, values, tuple(texts)), start)
        rows.append(row)
    return rows


def test_neighbours_save_iterations_and_change_no_steady_state(slab):
    points = [[f"parameters.x_left={value}"] for value in (0.9, 0.88, 0.86, 0.84)]
    warm, cold = run_line(slab, *points, overrides=[BENT]), run_line(slab, *points, warm_start=False, overrides=[BENT])
    assert [row["start"] for row in warm] == ["case", "neighbour", "neighbours", "neighbours"]
    assert {row["start"] for row in cold} == {"case"}
    for one, other in zip(warm, cold):
        assert one["observables"] == pytest.approx(other["observables"], rel=1e-12, abs=0.0)
    assert all(one["steps"] < other["steps"] for one, other in zip(warm[2:], cold[2:]))


@pytest.mark.long
def test_neighbours_save_cycles_and_keep_what_is_sealed_in(cycle):
    points = [[f"parameters.hot={value}"] for value in (2.0, 2.1, 2.2, 2.3)]
    warm, cold = run_line(cycle, *points), run_line(cycle, *points, warm_start=False)
    assert [row["start"] for row in warm] == ["case", "neighbour", "neighbours", "neighbours"]
    for one, other in zip(warm, cold):
        assert one["status"] == other["status"] == "converged", one
        assert one["observables"]["Q"] == pytest.approx(other["observables"]["Q"], rel=1e-6)
        assert one["observables"]["amount"] == pytest.approx(0.5, rel=1e-11)
    assert sum(row["cycles"] for row in warm[2:]) < 0.7 * sum(row["cycles"] for row in cold[2:])


def test_a_cycle_starts_at_its_neighbour(cycle):
    points = [["parameters.hot=2.0"], ["parameters.hot=2.1"]]
    assert [row["start"] for row in run_line(cycle, *points, overrides=ROUGH)] == ["case", "neighbour"]


ROUGH = ["protocol.repeat={until_periodic: {tolerance: 1e-3}}", "solve.transient.rtol=1e-4"]
"""Where it matters from where a cycle starts, not where it ends."""
ANOTHER = {
    "initial state": "parameters.start=1.5",
    "storage": "parameters.capacity=1.5",
    "storage of a species": "parameters.n=1.5",
}


@pytest.mark.slow
@pytest.mark.parametrize("setting", ANOTHER.values(), ids=ANOTHER)
def test_a_cycle_with_other_amounts_starts_by_itself(cycle, setting):
    points = [["parameters.hot=2.0"], ["parameters.hot=2.1", setting]]
    assert [row["start"] for row in run_line(cycle, *points, overrides=ROUGH)] == ["case", "case"]


@pytest.mark.parametrize(("capacity", "expected"), [("1.0", "neighbours"), ("1 + 0.5*T", "neighbour")])
def test_cycles_whose_storage_is_not_linear_start_at_a_state_that_was_solved(cycle, capacity, expected):
    case = fvtransport.check(cycle, [f"properties.heat_capacity={capacity}"])
    problem = build(case)
    first = warm_start_from(case, problem, problem.values + [[0.2], [0.0]], 2.0)
    second = warm_start_from(case, problem, problem.values + [[0.3], [0.0]], 2.1, first)
    found, word = warm_started(second, case, problem, 2.2)
    assert word == expected and found.values[0] == pytest.approx(1.4 if word == "neighbours" else 1.3, rel=1e-12)


@pytest.mark.slow
def test_a_cycle_behind_a_vessel_starts_by_itself(cycle):
    vessel = "boundaries.right={T: no_flux, x_A: {reservoir: 0.5}}"
    points = [["parameters.hot=2.0"], ["parameters.hot=2.1"]]
    rows = run_line(cycle, *points, overrides=[vessel, *ROUGH])
    assert [(row["status"], row.get("start")) for row in rows] == [("converged", "case")] * 2, rows


def test_what_depends_on_its_start_is_not_led(slab, cycle):
    in_time = ["solve={transient: {until: 0.02}}", "initial={x_A: 0.5}"]
    assert allows_warm_start(fvtransport.check(slab)) and not allows_warm_start(fvtransport.check(slab, in_time))
    assert allows_warm_start(fvtransport.check(cycle)) and not allows_warm_start(
        fvtransport.check(cycle, ["protocol.repeat=3"])
    )
    case = fvtransport.check(slab, in_time)
    problem = build(case)
    assert warm_start_from(case, problem, problem.values, 1.0) is None
    assert warm_started(WarmStart(("x_A",), problem.values, problem.values), case, problem, 1.0) is None


@pytest.mark.parametrize("start", [("x_A", np.full((1, 6), np.nan)), ("x_A", np.zeros((1, 9))), ("T", np.ones((1, 6)))])
def test_a_state_that_does_not_serve_is_not_used(slab, start):
    name, values = start
    row, _ = PointSolver(PointSetup(slab, (), True))(Task(1, {"D": 1.0}, ()), WarmStart((name,), values, values))
    assert row["status"] == "converged" and row["start"] == "case"
    assert row["observables"]["N_A"] == pytest.approx(0.8, rel=1e-12)


def test_two_neighbours_point_no_further_than_the_range_of_a_field(slab):
    case = fvtransport.check(slab)
    problem = build(case)

    def start(first, second):
        front = WarmStart(("x_A",), np.full((1, 6), first), problem.values, None, 1.0)
        return WarmStart(("x_A",), np.full((1, 6), second), problem.values, None, 2.0, front)

    ahead, word = warm_started(start(0.5, 0.6), case, problem, 3.5)
    assert word == "neighbours" and ahead.values == pytest.approx(0.75)
    for unsafe, position in ((start(0.5, 0.9), 3.0), (start(0.5, 0.51), 9.0), (start(0.5, 0.6), "fick")):
        found, word = warm_started(unsafe, case, problem, position)
        assert word == "neighbour" and np.array_equal(found.values, unsafe.values)


def test_a_line_goes_on_behind_a_point_that_fails(slab):
    points = [[f"parameters.x_left={value}"] for value in (0.9, 2.0, 0.8)]
    assert [row.get("start") for row in run_line(slab, *points)] == ["case", None, "neighbour"]
