"""The amount in the domain, weighed by volume."""

import pytest
from fvtransport.plugins.handles import energy
from fvtransport.plugins.observables.amount import Amount

from tests.tools.straight import AREA, CAPACITY, CONCENTRATION, LENGTH


def test_moles_and_heat_in_the_domain(snapshot, species):
    moles, heat = 0.5 * CONCENTRATION * AREA * LENGTH, 350.0 * CAPACITY * AREA * LENGTH
    assert Amount(of=species).measure(snapshot) == pytest.approx(moles, rel=1e-12)
    assert Amount(of=energy).measure(snapshot) == pytest.approx(heat, rel=1e-12)


def test_its_unit_is_that_of_the_balance(species):
    assert (Amount(of=energy).reading_unit, Amount(of=species).reading_unit) == ("J", "mol")
    assert not Amount.needs_time
