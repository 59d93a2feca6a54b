"""Failures have names, keep the last good state, and never pass as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.outcome import Outcome
from tests.tools.cases import COUPLED, ISOTHERMAL, case_text

CASE = case_text(
    ISOTHERMAL,
    title="something that can go wrong",
    properties='{diffusivity: "%s"}',
    laws="[fick%s]",
    initial="{x_A: 0.5}",
    boundaries="{left: {x_A: {%s}}, right: {x_A: {dirichlet: 0.5}}}",
    solve="{%s}",
)
IN_TIME = "transient: {until: 10, rtol: 1e-6}"


def ending(run_text, diffusivity="1.0", source="", left="dirichlet: 0.5", solve=IN_TIME, *overrides):
    return run_text(CASE % (diffusivity, source, left, solve), *overrides)


def test_nothing_wrong_converges(run_text):
    assert ending(run_text).ending.outcome is Outcome.CONVERGED


@pytest.mark.parametrize("solve", [IN_TIME, "steady: {}"])
def test_nan_never_passes(run_text, solve):
    result = ending(run_text, "sqrt(0.55 - x_A)", solve=solve, left="dirichlet: 0.9")
    assert result.ending.outcome is Outcome.NON_FINITE and "not finite" in result.ending.message


def test_nan_on_the_way_keeps_the_last_good_state(run_text):
    result = ending(run_text, "1.0 + 0*sqrt(5 - t)", left="dirichlet: 0.9")
    assert result.ending.outcome is Outcome.NON_FINITE
    assert 4.0 < result.snapshots[-1].t <= 5.0 and np.isfinite(result.snapshots[-1].values).all()


def test_out_of_range(run_text):
    result = ending(run_text, left="neumann: -2.0")
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and "x_A" in result.ending.message
    assert result.snapshots[-1].values.max() <= 1.0


def test_too_many_steps(run_text):
    result = ending(run_text, solve="transient: {until: 10, rtol: 1e-10, max_steps: 20}", left="dirichlet: 0.9")
    assert result.ending.outcome is Outcome.TOO_MANY_STEPS and len(result.snapshots) >= 1


def test_too_many_iterations(run_text):
    result = ending(run_text, "0.01 + x_A**3", left="dirichlet: 1.0", solve="steady: {max_iterations: 1}")
    assert result.ending.outcome is Outcome.TOO_MANY_STEPS


def test_a_flux_that_nothing_can_carry_is_no_steady_state(run_text):
    growing = ", source: {balance: A, rate: 40*exp(8*x_A)}"
    result = ending(run_text, source=growing, solve="steady: {}")
    assert result.ending.outcome is Outcome.NO_STEADY_STATE and result.exit_code == 3
    assert "x_A grows without bound" in result.ending.message and "initial:" in result.ending.message
    assert np.isfinite(result.snapshots[-1].values).all()


def test_a_field_that_no_law_can_move_is_a_linear_failure(run_text):
    result = ending(run_text, "maximum(0.0, x_A - 0.4)", left="dirichlet: 0.1", solve="steady: {}")
    assert result.ending.outcome is Outcome.LINEAR_FAILURE and "singular" in result.ending.message


def test_failures_exit_with_three(run_text):
    assert ending(run_text, "sqrt(0.55 - x_A)", left="dirichlet: 0.9").exit_code == 3


EDGE = case_text(
    COUPLED,
    title="pure A beside a sealed wall",
    properties="{diffusivity: 1.0, conductivity: 1.0, soret_coefficient: 0.5, heat_capacity: 1.0}",
    initial='{T: 1.0, x_A: "where(x < 0.5, 1.0, 0.0)"}',
    boundaries="{left: {T: {dirichlet: 0.8}, x_A: no_flux}, right: {T: {dirichlet: 1.2}, x_A: no_flux}}",
    solve="{transient: {until: 2.0}}",
)


@pytest.mark.parametrize("rtol", [1e-2, 1e-5, 1e-8, 1e-11, 1e-12])
def test_a_state_on_the_edge_of_its_range_is_no_excursion(run_text, rtol):
    assert run_text(EDGE, f"solve.transient.rtol={rtol}").ending.outcome is Outcome.CONVERGED


@pytest.mark.parametrize("samples", [0, 20])
def test_an_excursion_between_two_snapshots_is_seen(run_text, samples):
    swinging = ", source: {balance: A, rate: 4*sin(2*pi*t)}"
    text = CASE % ("1.0", swinging, "dirichlet: 0.5", f"transient: {{until: 2.0, rtol: 1e-6, samples: {samples}}}")
    closed = text.replace("left: {x_A: {dirichlet: 0.5}}, right: {x_A: {dirichlet: 0.5}}", "default: {x_A: no_flux}")
    assert closed != text
    result = run_text(closed)
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and "x_A = 1." in result.ending.message


def test_a_state_that_is_not_finite_is_never_handed_on(run_text, monkeypatch):
    from fvtransport.solvers.transient import Transient

    made = Transient._make_solver

    class Lying:
        def __init__(self, solver):
            self.step = lambda *a, **k: self._spoil(solver.step(*a, **k))

        @staticmethod
        def _spoil(result):
            result.y[result.y.size // 2] = np.nan
            return result

    monkeypatch.setattr(Transient, "_make_solver", lambda self, *a: Lying(made(self, *a)))
    result = ending(run_text, left="dirichlet: 0.9")
    assert not result.ending.succeeded and np.isfinite(result.snapshots[-1].values).all()


@pytest.mark.parametrize("solve", ["steady: {}", "transient: {until: 1e-3, rtol: 1e-6}"])
def test_a_wall_alone_out_of_range_is_seen(run_text, solve):
    """The flux lifts the wall above 1 long before its cell, or in steady state one cell further than that."""
    result = ending(run_text, solve=solve, left="neumann: -30" if "transient" in solve else "neumann: -0.51")
    snapshot = result.snapshots[-1]
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and "x_A = 1." in result.ending.message
    if "steady" in solve:
        assert snapshot.cells(snapshot.system.medium.fields[0]).max() < 1.0 < snapshot.values.max()
