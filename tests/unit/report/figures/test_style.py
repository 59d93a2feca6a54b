"""Units, symbols and limits of figures."""

import numpy as np
import pytest

from fvtransport.report.figures.style import bracket, limits, panels, symbol


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("", ""),
        ("K", "[K]"),
        ("mol/m^2/s", "[mol m$^{-2}$ s$^{-1}$]"),
        ("1/K", "[K$^{-1}$]"),
        ("m^2", "[m$^{2}$]"),
        ("reduced", "(reduced units)"),
    ],
)
def test_units_as_printed(unit, text):
    assert bracket(unit) == text


@pytest.mark.parametrize(
    ("name", "text"), [("T", "$T$"), ("x_A", r"$x_\mathrm{A}$"), ("x_N_2", "x_N_2"), ("cost$", r"cost\$")]
)
def test_symbols(name, text):
    assert symbol(name) == text


def test_round_off_is_not_blown_up_to_a_mountain_range():
    _, (axes,) = panels(1)
    limits(axes, [1.0 + 1e-15 * np.arange(5)])
    low, high = axes.get_ylim()
    assert high - low > 0.1
