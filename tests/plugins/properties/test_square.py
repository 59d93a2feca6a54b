"""A square wave: its value at and beside every edge, and the edges that it tells the solver."""

import pytest
from fvtransport.plugins.properties.square import Square

from fvtransport import Constant
from tests.tools.views import binary, cells, medium


def wave(**given: float) -> Square:
    return Square(low=Constant(value=1.0), high=Constant(value=4.0), **{"period": 10.0, **given})


def value(wave: Square, t: float) -> float:
    return wave(cells(medium(binary()), [300.0, 0.2], t=t))


@pytest.mark.parametrize(
    ("t", "wanted"), [(-1.0, 1.0), (0.0, 4.0), (2.499, 4.0), (2.5, 1.0), (9.999, 1.0), (10.0, 4.0), (12.5, 1.0)]
)
def test_it_is_high_in_the_first_part_of_each_period(t, wanted):
    assert value(wave(duty=0.25), t) == wanted


def test_it_begins_at_its_start():
    later = wave(start=3.0)
    assert value(later, 2.9) == 1.0 and value(later, 3.0) == 4.0 and value(later, 8.0) == 1.0


def test_every_edge_is_told():
    assert wave(duty=0.25).jumps(0.0, 12.5) == (2.5, 10.0, 12.5)
    assert wave(duty=1.0, start=3.0).jumps(0.0, 40.0) == (3.0,) and wave(duty=0.0).jumps(0.0, 40.0) == ()


def test_no_rounding_puts_an_edge_on_the_wrong_side_of_itself():
    thirds = wave(period=0.1, duty=1.0 / 3.0)
    edges = thirds.jumps(0.0, 5.0)
    assert len(edges) == 100
    assert [value(thirds, edge) for edge in edges] == [1.0, 4.0] * 50
