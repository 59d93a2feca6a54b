"""The rate at which a balance leaves, over the whole area of a boundary."""

import pytest
from fvtransport.plugins.handles import energy
from fvtransport.plugins.observables.outflow import Outflow

from tests.tools.straight import AREA, COLD, HOT, KAPPA, LENGTH


@pytest.mark.parametrize(("boundary", "sign"), [("left", -1.0), ("right", 1.0)])
def test_outflow_is_outward_over_the_whole_area(snapshot, boundary, sign):
    expected = sign * AREA * KAPPA * (HOT - COLD) / LENGTH
    assert Outflow(of=energy, through=boundary).measure(snapshot) == pytest.approx(expected, rel=1e-12)


def test_its_unit_is_an_amount_per_second(species):
    assert Outflow(of=species, through="left").reading_unit == "mol/s"
