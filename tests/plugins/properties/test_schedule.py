"""Values in turn: each from its time on, with a jump at every change."""

import pytest
from fvtransport.plugins.properties.schedule import Schedule
from fvtransport.plugins.properties.step import Step

from fvtransport import Constant, Context
from tests.tools.views import binary, cells, medium

ONE, TWO, FIVE = (Constant(value=value) for value in (1.0, 2.0, 5.0))
GIVEN = Schedule(at=(0.0, 10.0, 15.0), values=(ONE, TWO, FIVE))


@pytest.mark.parametrize(("t", "value"), [(-1.0, 1.0), (0.0, 1.0), (9.99, 1.0), (10.0, 2.0), (15.0, 5.0), (1e9, 5.0)])
def test_each_value_holds_from_its_time_on(t, value):
    assert GIVEN(cells(medium(binary()), [300.0, 0.2], t=t)) == value


def test_it_jumps_at_every_change_but_not_at_its_start():
    assert GIVEN.jumps(-1.0, 100.0) == (10.0, 15.0)
    assert GIVEN.jumps(10.0, 14.0) == () and GIVEN.jumps(0.0, 10.0) == (10.0,)


def test_values_may_jump_themselves():
    inner = Schedule(at=(0.0, 10.0), values=(Step(before=ONE, after=TWO, at=4.0), FIVE))
    assert inner.jumps(0.0, 20.0) == (4.0, 10.0)


@pytest.mark.parametrize(("at", "says"), [((0.0,), "1 times and 2 values"), ((3.0, 3.0), "do not rise")])
def test_mistakes(at, says):
    (issue,) = Schedule(at=at, values=(ONE, TWO)).validate(Context())
    assert says in issue.text
