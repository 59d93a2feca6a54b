"""One point: the same answer as a run, every failure a row."""

from __future__ import annotations

import json

import pytest

import fvtransport
from fvtransport.outcome import Ending, Outcome
from fvtransport.results.balance import BalanceLine
from fvtransport.solvers.solve import Solved
from fvtransport.sweep import point
from fvtransport.sweep.plan import Task
from fvtransport.sweep.point import PointSetup, PointSolver, observable_columns


@pytest.fixture
def solver(slab):
    return lambda *overrides, **options: PointSolver(PointSetup(slab, overrides, **options))


def task(*overrides, number=1):
    return Task(number, {"parameters.D": 0.0}, overrides)


def test_a_row_says_what_a_run_says(slab, solver):
    in_time = [
        "solve={transient: {until: 0.2, rtol: 1e-8}}",
        "initial={x_A: 0.5}",
        "observe.middle={value: {of: x_A, x: 0.5}, at: [0.01, 0.2]}",
    ]
    row, _ = solver(*in_time)(task("parameters.D=0.7"))
    result = fvtransport.run(slab, [*in_time, "parameters.D=0.7"])
    readings = {name: reading.value for name, reading in result.observables.items()}
    assert row["observables"] == {
        "N_A": readings["N_A"],
        "middle@0.01": readings["middle"][0],
        "middle@0.2": readings["middle"][1],
    }, "to the last digit: fewer profiles are kept, but the steps are the same"
    assert observable_columns(result.case) == list(row["observables"])
    assert row["status"] == "converged" and row["balance_error"] < 1e-10 and row["steps"] == result.counters["steps"]
    assert "comparison_error" not in row and json.dumps(row, allow_nan=False)


def test_a_comparison_is_told(solver):
    solution = "{emcd_slab: {species: A, concentration: 1, diffusivity: 1, length: 1, x_left: 0.9, x_right: 0.1}}"
    row, _ = solver(f"compare={{solution: {solution}, tolerance: 1e-9}}")(task("parameters.D=1.1"))
    assert row["status"] == "converged" and row["comparison_error"] == pytest.approx(0.1, rel=1e-9)


FAILURES = {
    "a bad value": ("parameters.x_left=2", "bad input", "out of range"),
    "several of them": ("mesh={type: Grid1D, length: -1, cells: 0}", "bad input", "(and 1 more)"),
    "a plugin that raises": ("parameters.D=14", "bad input", "no such diffusivity"),
    "a plugin that leaves": ("parameters.D=15", "error", "SystemExit: 3"),
    "a solve that fails": ("boundaries.left.x_A={neumann: -9}", "out of physical range", "x_A"),
}


@pytest.mark.parametrize("override, status, says", FAILURES.values(), ids=FAILURES)
def test_a_failure_is_a_row(solver, override, status, says):
    row, state = solver(warm_start=True)(task(override))
    assert row["status"] == status and says in row["reason"] and "\n" not in row["reason"], row
    assert state is None and row["seconds"] > 0.0


COUPLED = [
    "mixture={binary: {species: [A, B], concentration: 1.0}}",
    "properties={conductivity: 1.0, diffusivity: 1.0, thermal_diffusion_coefficient: 0.5}",
    "boundaries.left.T={dirichlet: 1.1}", "boundaries.right.T={dirichlet: 0.9}",
]  # fmt: skip
ONE_WAY = [*COUPLED, "laws=[conduction, fick, soret]"]
APART = [*COUPLED, "laws=[conduction, fick, soret, dufour]", "properties.dufour_coefficient=0.1"]


@pytest.mark.parametrize(
    ("laws", "status", "says"),
    [(ONE_WAY, "audit not judged", "soret is one-way"), (APART, "audit violated", "reciprocity is broken")],
)
def test_an_audit_that_is_strict_is_held_to(solver, laws, status, says):
    strict, _ = solver(*laws, "audit=strict")(task())
    lenient, _ = solver(*laws)(task())
    assert strict["status"] == status and says in strict["reason"]
    assert lenient["status"] == "converged" and lenient["observables"] == strict["observables"]


def test_an_audit_that_is_strict_accepts_what_it_names(solver):
    assert solver(*ONE_WAY, "audit={strict: {accept: [soret]}}")(task())[0]["status"] == "converged"


def test_an_account_that_does_not_close_is_no_success(solver, monkeypatch):
    monkeypatch.setattr(BalanceLine, "closes", lambda line, rtol=0.0: False)
    row, _ = solver()(task())
    assert row["status"] == "not balanced" and "balance of A" in row["reason"]


def test_an_interruption_is_no_row(solver, monkeypatch):
    with pytest.raises(KeyboardInterrupt):
        solver()(task("parameters.D=16"))
    monkeypatch.setattr(point, "solve", lambda case, problem: Solved(ending=Ending(Outcome.INTERRUPTED)))
    with pytest.raises(KeyboardInterrupt):
        solver()(task())


def test_results_are_kept_when_asked(slab, solver, tmp_path):
    solver(keep=tmp_path / "points")(task(number=12))
    kept = fvtransport.load(tmp_path / "points" / "000012").result
    assert kept.observables["N_A"].value == pytest.approx(0.8, rel=1e-12)
