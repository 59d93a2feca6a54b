"""Tables, read through steady conduction: q L = the integral of kappa dT."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.outcome import Outcome
from tests.tools.conduction import CASE, integral

TABLE = "{table: {of: T, at: [20 degC, 350 K, 400 K], values: [1.0, 3 W/m/K, 2]%s}}"


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
