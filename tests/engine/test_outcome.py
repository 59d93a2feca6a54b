"""Failures have names, keep the last good state, and never pass as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.outcome import Outcome
from tests.tools.cases import ISOTHERMAL, case_text

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
