"""A jump in time: before, after, and where the solver must end a step."""

import pytest
from fvtransport.plugins.properties.step import Step

from fvtransport import Constant
from tests.tools.views import binary, cells, medium

JUMP = Step(before=Constant(value=1.0), after=Constant(value=4.0), at=3.0)


@pytest.mark.parametrize(("t", "value"), [(0.0, 1.0), (2.999, 1.0), (3.0, 4.0), (7.0, 4.0)])
def test_the_value_jumps_at_its_time(t, value):
    assert JUMP(cells(medium(binary()), [300.0, 0.2], t=t)) == value


def test_the_jump_lies_in_what_ends_with_it_and_not_in_what_starts_there():
    assert JUMP.jumps(0.0, 3.0) == (3.0,) and JUMP.jumps(3.0, 9.0) == () and JUMP.jumps(0.0, 2.0) == ()


def test_a_value_may_jump_itself():
    assert Step(before=JUMP, after=Constant(value=0.0), at=5.0).jumps(0.0, 9.0) == (3.0, 5.0)
