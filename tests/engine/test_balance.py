"""Every run's books: storage, what left through each wall, what was made; and fluxes that are the residual's own."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import CubicSpline

from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="everything at once",
    mesh="{type: Grid1D, length: 2.0, cells: 25, cross_section: 3.0, grading: {ratio: 4, towards: right}}",
    mixture="{binary: {species: [A, B], concentration: 1.2}}",
    properties="""
  diffusivity: {inverse_linear: {at_infinite_dilution: 0.5, beta: 0.7}}
  conductivity: 1.0 + 0.1*T
  thermal_diffusion_coefficient: 0.2
  heat_capacity: 1.5""",
    laws="""
  - conduction
  - fick
  - soret_dufour
  - source: {balance: energy, rate: 0.3*x_A*exp(-t)}
  - source: {balance: A, rate: 0.1*(0.5 - x_A)*T}""",
    initial="{T: 1.0 + 0.1*x, x_A: 0.3 + 0.2*cos(x)}",
    boundaries="""
  left: {T: {neumann: -0.2*cos(t)}, x_A: {robin: {coefficient: 0.4, reference: 0.2}}}
  right: {T: {robin: {coefficient: 2.0, reference: 0.9}}, x_A: {neumann: 0.02}}""",
    solve="{transient: {until: 3.0, rtol: 1.0e-6}}",
)
STEADY = ("solve=steady", "laws.3.source.rate=0.3*x_A", "boundaries.left.T.neumann=-0.2")


def books(result):
    """By balance: storage change, outflows and production since the start, from totals that the solver carried."""
    first, last = result.snapshots[0], result.snapshots[-1]
    for balance in last.system.balances:
        left = [last.cumulative_outflow(balance, boundary) for boundary in ("left", "right")]
        yield last.amount(balance) - first.amount(balance), left, last.cumulative_production(balance)


@pytest.mark.parametrize("rtol", [1e-3, 1e-6, 1e-9])
def test_totals_close_to_round_off(run_text, rtol):
    result = run_text(CASE, f"solve.transient.rtol={rtol}")
    for stored, left, produced in books(result):
        assert min(abs(stored), *map(abs, left), abs(produced)) > 1e-3, "every entry of the books must be at work"
        assert stored + sum(left) - produced == pytest.approx(0, abs=1e-13 * abs(produced) * 30)


@pytest.mark.parametrize("rtol", [1e-3, 1e-7])
def test_storage_that_is_not_linear_closes_to_round_off(run_text, rtol):
    result = run_text(CASE, "properties.heat_capacity=1.5 + 0.3*T", f"solve.transient.rtol={rtol}")
    for stored, left, produced in books(result):
        assert stored + sum(left) - produced == pytest.approx(0, abs=1e-13 * abs(produced) * 30)


def test_produced_is_the_time_integral_of_the_source(run_text):
    result = run_text(CASE, "solve.transient.rtol=1e-9", "solve.transient.samples=150")
    times = np.array([snapshot.t for snapshot in result.snapshots])
    rates = [snapshot.evaluation.source[0] @ snapshot.system.geometry.volume for snapshot in result.snapshots]
    integral = CubicSpline(times, rates).integrate(times[0], times[-1])
    balance = result.snapshots[-1].system.balances[0]
    assert result.snapshots[-1].cumulative_production(balance) == pytest.approx(integral, rel=1e-6, abs=0)


def test_steady_books_close(run_text):
    snapshot = run_text(CASE, *STEADY).snapshots[-1]
    for row, balance in enumerate(snapshot.system.balances):
        left = [snapshot.outflow(balance, boundary) for boundary in ("left", "right")]
        produced = snapshot.evaluation.source[row] @ snapshot.system.geometry.volume
        assert abs(sum(left) - produced) <= 1e-10 * max(*map(abs, left), abs(produced))


@pytest.mark.parametrize("overrides", [(), STEADY])
def test_reported_fluxes_are_those_of_the_residual(run_text, overrides):
    snapshot = run_text(CASE, *overrides).snapshots[-1]
    parts = snapshot.system.fluxes.by_law(snapshot.t, snapshot.values)
    assert set(parts) == {"conduction", "fick", "soret_dufour"}
    total, scale = sum(parts.values()), sum(np.abs(part) for part in parts.values()).max()
    assert np.allclose(total[:, 1:-1], snapshot.evaluation.flux[:, 1:-1], rtol=1e-13, atol=0)
    assert np.allclose(total, snapshot.evaluation.flux, rtol=0, atol=1e-12 * scale), "on the walls too"


def test_the_report_says_so(run_text):
    summary = run_text(CASE).summary()
    assert set(summary["balance"]) == {"energy", "A"}
    assert all(abs(line["relative_error"]) < 1e-12 for line in summary["balance"].values())


def test_stored_heat_is_the_integral_of_the_heat_capacity(run_text):
    """A slab that takes up heat at an imposed rate: what came in is int (2 + 3 T) dT, not (2 + 3 T) T."""
    text = case_text(
        PURE,
        title="warming up",
        mesh="{type: Grid1D, length: 1.0, cells: 10}",
        mixture="{pure: {reference_temperature: 0.5}}",
        properties="{conductivity: 1.0, heat_capacity: 2.0 + 3.0*T}",
        initial="{T: 1.0}",
        boundaries="{left: {T: {neumann: -1.0}}, right: {T: {neumann: -1.0}}}",
        solve="{transient: {until: 5.0, rtol: 1.0e-9}}",
    )
    last = run_text(text).snapshots[-1]
    T, volume = last.values[0, 1:-1], last.system.geometry.volume
    stored = ((2.0 * (T - 1.0) + 1.5 * (T**2 - 1.0)) * volume).sum()
    assert stored == pytest.approx(10.0, rel=1e-8, abs=0)


def test_a_cell_receives_the_very_number_that_its_wall_imposes(run_text):
    """Whatever the state of the wall: with the face's own flux a sealed cell would keep its
    moles to the tolerance only.
    """
    system = run_text(CASE, "solve.transient.until=0.1").system
    rng = np.random.default_rng(2)
    values = np.stack([rng.uniform(0.9, 1.1, system.geometry.nodes), rng.uniform(0.2, 0.6, system.geometry.nodes)])
    rates = system.evaluate(1.0, values)
    left, right = system.geometry.boundaries["left"], system.geometry.boundaries["right"]
    assert rates.flux[0, left.faces] == pytest.approx(0.2 * np.cos(1.0), rel=1e-14, abs=0)
    assert rates.flux[1, right.faces] == pytest.approx(0.02, rel=1e-14, abs=0)
    parts = sum(system.fluxes.by_law(1.0, values).values())
    assert np.all(np.abs(parts - rates.flux)[:, [0, -1]] > 1e-3), "the wall equations are far from satisfied here"
