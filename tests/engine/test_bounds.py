"""States out of their physical range are seen wherever they occur, and states on a bound are not mistaken for them."""

from __future__ import annotations

import pytest

from fvtransport.outcome import Outcome
from tests.tools.cases import COUPLED, ISOTHERMAL, case_text

CASE = case_text(
    ISOTHERMAL,
    title="something that can leave its range",
    properties="{diffusivity: 1.0}",
    laws="[fick%s]",
    initial="{x_A: 0.5}",
    boundaries="{left: {x_A: {%s}}, right: {x_A: {dirichlet: 0.5}}}",
    solve="{%s}",
)
IN_TIME = "transient: {until: 10, rtol: 1e-6}"


def test_out_of_range(run_text):
    result = run_text(CASE % ("", "neumann: -2.0", IN_TIME))
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and "x_A" in result.ending.message
    assert result.snapshots[-1].values.max() <= 1.0


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
    text = CASE % (swinging, "dirichlet: 0.5", f"transient: {{until: 2.0, rtol: 1e-6, samples: {samples}}}")
    closed = text.replace("left: {x_A: {dirichlet: 0.5}}, right: {x_A: {dirichlet: 0.5}}", "default: {x_A: no_flux}")
    assert closed != text
    result = run_text(closed)
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and "x_A = 1." in result.ending.message


@pytest.mark.parametrize("solve", ["steady: {}", "transient: {until: 1e-3, rtol: 1e-6}"])
def test_a_boundary_alone_out_of_range_is_seen(run_text, solve):
    """The flux lifts the boundary above 1 long before its cell, or in steady state one cell further than that."""
    left = "neumann: -30" if "transient" in solve else "neumann: -0.51"
    result = run_text(CASE % ("", left, solve))
    snapshot = result.snapshots[-1]
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and "x_A = 1." in result.ending.message
    if "steady" in solve:
        assert snapshot.cells(snapshot.system.medium.fields[0]).max() < 1.0 < snapshot.values.max()
