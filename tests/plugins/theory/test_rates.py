"""Mass action by hand, and units of rate constants."""

import numpy as np
import pytest
from fvtransport.plugins.theory.rates import mass_action, net_coefficients, rate_constant_unit

from tests.tools.views import binary, cells, medium

AT = cells(medium(binary(50.0)), [300.0, 0.4])


@pytest.mark.parametrize(
    ("side", "rate"),
    [({"A": 1.0}, 3.0 * 20.0), ({"A": 2.0}, 3.0 * 400.0), ({"A": 1.0, "B": 0.5}, 3.0 * 20.0 * 30.0**0.5), ({}, 3.0)],
)
def test_the_rate_is_a_product_of_powers(side, rate):
    """c_A = 20 and c_B = 30 mol/m^3."""
    assert np.ravel(mass_action(AT, 3.0, side)) == pytest.approx([rate], rel=1e-14)


def test_net_coefficients():
    assert net_coefficients({"A": 2.0, "C": 1.0}, {"B": 1.0, "C": 1.0}) == {"A": -2.0, "C": 0.0, "B": 1.0}


@pytest.mark.parametrize(
    ("rate", "order", "unit"),
    [
        ("mol/m^3/s", 1.0, "1/s"),
        ("mol/m^2/s", 2.0, "m^4/mol/s"),
        ("mol/m^2/s", 0.0, "mol/m^2/s"),
        ("mol/m^3/s", 1.5, "mol/m^3/s (m^3/mol)^1.5"),
    ],
)
def test_units_follow_from_the_order(rate, order, unit):
    assert rate_constant_unit(rate, order) == unit
