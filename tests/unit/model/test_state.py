"""A state that a case gives: one value for each field, in a view and as a column to broadcast."""

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.mixtures.binary import Binary

from fvtransport.model.elementary import Constant
from fvtransport.model.medium import Medium
from fvtransport.model.state import State

MIXTURE = Binary(species=("A", "B"), concentration=Constant(value=2.0))
x_A, x_B = MIXTURE.mole_fractions
MEDIUM = Medium(MIXTURE, {}, {})
STATE = State(((x_A, 0.25), (temperature, 300.0)))


def test_a_column_has_the_solved_fields_in_their_order():
    given = dict(STATE.values)
    np.testing.assert_array_equal(STATE.column(MEDIUM), [[given[field]] for field in MEDIUM.fields])


def test_a_column_needs_every_field():
    with pytest.raises(KeyError):
        State(((temperature, 300.0),)).column(MEDIUM)


def test_a_view_knows_what_follows_from_the_fields():
    view = STATE.view(MEDIUM)
    assert view[temperature] == 300.0 and view[x_A] == 0.25 and view[x_B] == 0.75
