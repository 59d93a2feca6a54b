"""Steady problems with several solutions or none: the Frank-Kamenetskii slab, T'' + delta
exp(T) = 0, T = 0 at x = -1, 1.

T = T_m - 2 ln cosh(x exp(T_m/2) sqrt(delta/2)), where cosh(exp(T_m/2) sqrt(delta/2)) = exp(T_m/2): two T_m below
delta = 0.87846, none above.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from fvtransport.outcome import Outcome
from tests.tools.cases import COUPLED, PURE, case_text, line

SLAB = case_text(
    PURE,
    title="thermal explosion, T counted from 1",
    parameters="{delta: 0.8, rise: 0.0}",
    mesh=line(2.0, 200),
    properties="{conductivity: 1.0%s}",
    laws='[conduction, source: {balance: energy, rate: "delta*exp(T - 1)"}]',
    initial='{T: "1 + rise*x*(2 - x)"}',
    boundaries="{default: {T: {dirichlet: 1.0}}}",
)
PAIR = case_text(
    COUPLED,
    title="a stirred pair that can burn or not",
    parameters="{T0: 1.0, x0: 1.0}",
    mesh=line(cells=4),
    properties="{diffusivity: 50.0, conductivity: 50.0, heat_capacity: 1.0}",
    laws="""
  - conduction
  - fick
  - reaction:
      reactants: {A: 1}
      products: {B: 1}
      rate_constant: {arrhenius: {pre_exponential_factor: 5.0e4, activation_energy: 15.0}}
      heat_of_reaction: -1.0""",
    initial="{T: T0, x_A: x0}",
    boundaries="""
  left: {T: {robin: {coefficient: 1.0, reference: 1.0}}, x_A: {robin: {coefficient: 1.0, reference: 1.0}}}
  right: {T: no_flux, x_A: no_flux}""",
)


def exact_peaks(delta: float) -> tuple[float, float]:
    """Both peaks T_m, from the condition at the walls."""

    def miss(peak: float) -> float:
        return np.log(np.cosh(np.exp(peak / 2) * np.sqrt(delta / 2))) - peak / 2

    return brentq(miss, 0.0, 1.1868, xtol=1e-12), brentq(miss, 1.1868, 10.0, xtol=1e-12)


def peak(result) -> float:
    return float(result.snapshots[-1].values.max()) - 1.0


@pytest.mark.parametrize("delta", [0.1, 0.5, 0.8, 0.87])
@pytest.mark.parametrize("rise", [0.0, 1.0])
def test_below_the_critical_parameter_the_cool_state_is_found(run_text, delta, rise):
    result = run_text(SLAB % "", f"parameters.delta={delta}", f"parameters.rise={rise}")
    assert result.ending.succeeded
    assert peak(result) == pytest.approx(exact_peaks(delta)[0], rel=2e-3, abs=0)


@pytest.mark.parametrize("delta", [0.5, 0.8])
def test_the_hot_state_is_not_passed_off_as_an_answer(run_text, delta):
    """From above it every course in time explodes; Newton's method alone would stop on it."""
    hot = exact_peaks(delta)[1]
    result = run_text(SLAB % "", f"parameters.delta={delta}", f"parameters.rise={1.3 * hot}")
    assert result.ending.outcome is Outcome.UNSTABLE and result.exit_code == 3
    assert (
        "several steady states" in result.ending.message
        and "start nearer the wanted one with initial:" in result.ending.message
    )
    assert peak(result) == pytest.approx(hot, rel=2e-3, abs=0), "the state that was found is kept"


@pytest.mark.parametrize("delta", [0.885, 1.0, 3.0, 50.0])
@pytest.mark.parametrize("rise", [0.0, 1.0, 4.0])
@pytest.mark.parametrize("storage", ["", ", heat_capacity: 30.0"])
def test_above_the_critical_parameter_there_is_none(run_text, delta, rise, storage):
    result = run_text(SLAB % storage, f"parameters.delta={delta}", f"parameters.rise={rise}")
    assert result.ending.outcome is Outcome.NO_STEADY_STATE and result.exit_code == 3
    assert "none:" in result.ending.message and "T grows without bound" in result.ending.message
    assert np.isfinite(result.snapshots[-1].values).all()


@pytest.mark.parametrize("rise", [0.9, 1.1])
def test_time_decides_the_same(run_text, rise):
    """Just below the hot state a run in time settles on the cool one, just above it explodes."""
    start = f"parameters.rise={rise * exact_peaks(0.8)[1]}"
    in_time = run_text(SLAB % ", heat_capacity: 1.0", start, "solve={transient: {until: 30}}")
    assert in_time.ending.succeeded == (rise < 1)
    assert run_text(SLAB % "", start).ending.succeeded == (rise < 1)


def test_ignition_and_extinction(run_text):
    """Of three states the two that last are found, each from its own side; the one between is refused from neither."""
    cold, hot = (run_text(PAIR, f"parameters.T0={T0}", f"parameters.x0={x0}") for T0, x0 in ((1.0, 1.0), (2.0, 0.0)))
    assert cold.ending.succeeded and hot.ending.succeeded
    assert cold.snapshots[-1].values[1].max() > 0.85 and hot.snapshots[-1].values[1].max() < 0.25
    for result in (cold, hot):
        T, x = result.snapshots[-1].values[:, 1:-1]
        assert np.allclose(T + x, 2.0, rtol=1e-10, atol=0), "heat made is moles burnt"


def test_a_well_posed_problem_takes_no_detour(run_text):
    """Same Newton iterations as without a source that feeds on itself."""
    result = run_text(SLAB % "", "parameters.delta=0.1")
    assert result.counters["residual_evaluations"] <= 8
