"""The mean free path by hand: l = (mu/p) sqrt(pi R T/(2 M)), the largest of all cells."""

import math

import pytest
from fvtransport.plugins.observables.mean_free_path import MeanFreePath

from fvtransport import Constant
from tests.tools.straight import gas_cells
from tests.tools.views import R

MU = Constant(value=2e-5)
CELLS = gas_cells([1e5, 2e5, 5e3, 1e5], A=0.004, B=0.028)


def path(pressure: float) -> float:
    """x_A = 0.5: M = 0.016 kg/mol."""
    return 2e-5 / pressure * math.sqrt(math.pi * R * 300.0 / (2.0 * 0.016))


def test_it_is_that_of_the_thinnest_gas():
    assert MeanFreePath(viscosity=MU).measure(CELLS) == pytest.approx(path(5e3), rel=1e-13)


def test_a_region_has_its_own():
    assert MeanFreePath(viscosity=MU, region="fine").measure(CELLS) == pytest.approx(path(1e5), rel=1e-13)


def test_air_at_room_conditions():
    """About 67 nm at 1 atm and 296 K, with a viscosity of 18.3 micropascal seconds."""
    air = gas_cells([101325.0, 101325.0], 296.0, A=0.02897, B=0.02897)
    assert MeanFreePath(viscosity=Constant(value=18.3e-6)).measure(air) == pytest.approx(66.5e-9, rel=0.02)
