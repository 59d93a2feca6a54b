"""A source: a given rate in one balance, which may depend on the state and the place."""

import numpy as np
import pytest
from fvtransport.plugins.handles import energy, temperature
from fvtransport.plugins.laws.source import Source

from fvtransport import Constant, Property
from fvtransport.model.handles import COORDINATES
from tests.tools.views import binary, cells, medium

MIXTURE = binary()


class Losing(Property):
    """rate = x T/100"""

    def __call__(self, at):
        return at[COORDINATES[0]] * at[temperature] / 100.0


@pytest.mark.parametrize(("rate", "made"), [(Constant(value=-7.0), -7.0), (Losing(), 6.0)])
def test_the_rate_goes_to_its_balance(rate, made):
    found = Source(balance=energy, rate=rate).source(cells(medium(MIXTURE), [300.0, 0.2], x=2.0))
    assert list(found) == [energy] and np.ravel(found[energy]) == pytest.approx([made], rel=1e-15)


def test_it_has_no_flux_and_no_storage():
    view = cells(medium(MIXTURE), [300.0, 0.2])
    law = Source(balance=MIXTURE.balances[1], rate=Constant(value=1.0))
    assert list(law.source(view)) == [MIXTURE.balances[1]] and law.storage(view) == {}
