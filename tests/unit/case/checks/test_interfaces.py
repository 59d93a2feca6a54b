"""Conditions between regions at the trial points: whether they suit, what they need, whether they can be evaluated."""

import pytest
from fvtransport.plugins.handles import concentration

from fvtransport.case.checks.interfaces import check_interfaces
from tests.tools.cases import line
from tests.tools.reading import messages, trial_of, whole

MESH = line(2, 4, regions='{a: "x < 1", b: "x >= 1"}')
CLOSED = "{default: {T: no_flux, x_A: no_flux}}"


def checked(interfaces: str):
    builder = whole(mesh=MESH, boundaries=CLOSED, interfaces=interfaces, solve="{transient: 1}")
    return check_interfaces(builder, trial_of(builder)), messages(builder)


def test_what_a_condition_reads_is_used():
    used, wrong = checked("{a-b: {x_A: {partition: {ratio: 2}}}}")
    assert used == {concentration} and not wrong


@pytest.mark.parametrize(
    ("interfaces", "says"),
    [
        ("{a-b: {T: {partition: {ratio: 2}}}}", "T is not the mole fraction of a species"),
        ("{a-b: {T: {sorption: 0.1}}}", "T is not the mole fraction of a species"),
    ],
)
def test_a_condition_that_does_not_suit(interfaces, says):
    used, wrong = checked(interfaces)
    assert wrong == [says] and not used
