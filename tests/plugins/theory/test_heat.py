"""Stored heat: c_p T of a number, the integral of a function."""

import numpy as np
import pytest
from fvtransport.plugins.handles import heat_capacity, temperature
from fvtransport.plugins.mixtures.pure import Pure
from fvtransport.plugins.theory.heat import sensible_heat

from fvtransport import Property
from tests.tools.views import cells, medium


class Power(Property):
    """c_p = 16 T^15, the highest power that the rule integrates exactly."""

    def __call__(self, at):
        return 16.0 * at[temperature] ** 15


class Inverse(Property):
    """c_p = 1/T"""

    def __call__(self, at):
        return 1.0 / at[temperature]


def stored(capacity, T: float, reference: float) -> float:
    return sensible_heat(cells(medium(Pure(), {heat_capacity: capacity}), [T]), reference)[0]


def test_a_number_has_no_reference():
    assert stored(3.0, 2.0, 100.0) == 6.0


def test_polynomials_are_exact():
    assert stored(Power(), 2.0, 1.0) == pytest.approx(2.0**16 - 1.0, rel=1e-13)
    assert stored(Power(), 1.0, 2.0) == pytest.approx(1.0 - 2.0**16, rel=1e-13)


def test_other_functions_nearly():
    assert stored(Inverse(), 450.0, 300.0) == pytest.approx(np.log(1.5), rel=1e-12)
