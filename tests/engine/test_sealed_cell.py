"""Soret in a sealed cell between two temperatures: nothing leaks, and heat flows by lambda, not kappa."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

from tests.tools.cases import COUPLED, binary, case_text, line

CELL = case_text(
    COUPLED,
    title="sealed cell",
    parameters="{D: 2.0, S: -0.8, kappa: 0.5, n: 1.0}",
    mesh=line(2.0, 60),
    mixture=binary("n"),
    properties="{diffusivity: D, conductivity: kappa, soret_coefficient: S, heat_capacity: 2.0}",
    initial="{T: 1.0, x_A: 0.4}",
    boundaries="""
  left: {T: {dirichlet: 1.1}, x_A: no_flux}
  right: {T: {dirichlet: 0.9}, x_A: no_flux}""",
    solve="{steady: {mean: {x_A: 0.4}}}",
)
IN_TIME = "solve={transient: {until: 40, rtol: 1.0e-8}}"


def amount_of_a(snapshot) -> float:
    return snapshot.amount(snapshot.system.balances[1])


@pytest.mark.parametrize("rtol", [1e-2, 1e-8])
@pytest.mark.parametrize("concentration", ["1.0", "0.7 + 0.2*x"])
def test_moles_are_kept(run_text, concentration, rtol):
    result = run_text(CELL, IN_TIME, f"mixture.binary.concentration={concentration}", f"solve.transient.rtol={rtol}")
    first = amount_of_a(result.snapshots[0])
    drift = [abs(amount_of_a(snapshot) / first - 1) for snapshot in result.snapshots]
    assert result.ending.succeeded and max(drift) <= 1e-12


def test_steady_profile_is_the_closed_form(run_text):
    snapshot = run_text(CELL).snapshots[-1]
    T, x = snapshot.values
    constant = x / (1 - x) * np.exp(-0.8 * T)
    assert np.ptp(constant) / constant.mean() == pytest.approx(0, abs=2e-7)
    assert snapshot.amount(snapshot.system.balances[1]) == pytest.approx(0.4 * 2.0, rel=1e-12, abs=0)


def test_heat_flows_by_lambda_not_kappa(run_text):
    snapshot = run_text(CELL).snapshots[-1]
    T, x = snapshot.values
    faces = (T[1:] + T[:-1]) / 2, (x[1:] + x[:-1]) / 2
    sealed = 0.5 - faces[0] ** 2 * faces[1] * (1 - faces[1]) * 0.8**2 * 2.0
    expected = -(sealed * np.diff(T)).sum() / 2.0
    assert snapshot.flux(energy, "left") == pytest.approx(expected, rel=1e-6, abs=0)
    assert abs(snapshot.flux(energy, "left")) < 0.5 * abs(0.5 * 0.2 / 2.0), "kappa alone would carry twice the heat"


def test_transient_ends_in_the_steady_state(run_text):
    steady, late = run_text(CELL).snapshots[-1], run_text(CELL, IN_TIME, "solve.transient.until=200").snapshots[-1]
    assert np.allclose(late.values, steady.values, rtol=1e-7, atol=0)
