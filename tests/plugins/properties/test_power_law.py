"""Power laws, Arrhenius' law and tables, read through steady conduction: q L = the integral of kappa dT."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

from fvtransport.outcome import Outcome
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="a slab",
    units=None,
    mesh="{type: Grid1D, length: 0.5 m, cells: 200}",
    properties="{conductivity: %s, heat_capacity: 1.0}",
    initial="{T: 350 K}",
    boundaries="{left: {T: {dirichlet: 400 K}}, right: {T: {dirichlet: 300 K}}}",
)
TABLE = "{table: {of: T, at: [20 degC, 350 K, 400 K], values: [1.0, 3 W/m/K, 2]%s}}"


def integral(result) -> float:
    assert result.ending.succeeded
    return 0.5 * result.snapshots[-1].flux(energy, "left")


def test_power_law(run_text):
    law = "{power_law: {value: 0.03, reference_temperature: 300 K, temperature_exponent: 1.75}}"
    exact = 0.03 / 300**1.75 * (400**2.75 - 300**2.75) / 2.75
    assert integral(run_text(CASE % law)) == pytest.approx(exact, rel=1e-5, abs=0)


def test_power_law_in_pressure(run_text):
    law = (
        "{power_law: {value: 2.0, reference_temperature: 300 K, pressure: 2 bar, reference_pressure: 1 bar, "
        "pressure_exponent: -1}}"
    )
    assert integral(run_text(CASE % law)) == pytest.approx(100.0, rel=1e-12, abs=0)


def test_arrhenius(run_text):
    law = "{arrhenius: {pre_exponential_factor: 5.0, activation_energy: 6 kJ/mol}}"
    T = np.linspace(300, 400, 200_001)
    exact = np.trapezoid(5 * np.exp(-6e3 / (8.31446261815324 * T)), T)
    assert integral(run_text(CASE % law)) == pytest.approx(exact, rel=1e-6, abs=0)


def test_linear_table(run_text):
    """Trapezia between the entries; at 300 K the first line is 6.85 K up from its start."""
    start = 1 + 2 * (300 - 293.15) / (350 - 293.15)
    exact = 50 * (start + 3) / 2 + 50 * 2.5
    assert integral(run_text(CASE % (TABLE % ""))) == pytest.approx(exact, rel=2e-5, abs=0)


def test_smooth_table(run_text):
    from scipy.interpolate import PchipInterpolator

    exact = PchipInterpolator([293.15, 350, 400], [1, 3, 2]).integrate(300, 400)
    assert integral(run_text(CASE % (TABLE % ", interpolation: pchip"))) == pytest.approx(exact, rel=2e-5, abs=0)


@pytest.mark.parametrize("shape", ["", ", interpolation: pchip"])
@pytest.mark.parametrize("solve", ["steady", "{transient: {until: 10}}"])
def test_leaving_a_table_has_a_name_and_a_reason(run_text, shape, solve):
    result = run_text(CASE % (TABLE % shape), "boundaries.left.T.dirichlet=450", f"solve={solve}")
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and result.exit_code == 3
    assert "outside the table, which goes from 293.15 to 400" in result.ending.message, result.ending.message
    assert np.isfinite(result.snapshots[-1].values).all()


def test_a_start_outside_of_a_table_is_refused(complaints):
    (text,) = complaints((CASE % (TABLE % "")).replace("350 K}\nb", "250 K}\nb"))
    assert "T = 250 is outside the table, which goes from 293.15 to 400" in text and "case.yaml:4:" in text


@pytest.mark.parametrize(
    "table, says",
    [
        ("{of: T, at: [300, 400], values: [1, 2, 3]}", "2 entries of at and 3 values"),
        ("{of: T, at: [400, 300], values: [1, 2]}", "do not rise"),
        ("{of: X, at: [300, 400], values: [1, 2]}", 'unknown variable "X"'),
        ("{of: T, at: [3 m, 4 m], values: [1, 2]}", "expected a quantity in K"),
        ("{of: t, at: [0, 1], values: [1, 2]}", "a steady case has no time"),
        ("{of: T, at: [300, 400], values: [1, 2], interpolation: cubic}", 'unknown interpolation "cubic"'),
    ],
)
def test_mistakes(complaints, table, says):
    assert any(says in each for each in complaints(CASE % f"{{table: {table}}}"))
