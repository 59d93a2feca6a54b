"""A field on a boundary: the unknown there, relative to a datum."""

import pytest
from fvtransport.plugins.handles import temperature
from fvtransport.plugins.observables.surface import Surface

from fvtransport import Context
from tests.tools.straight import COLD, POOR, RICH


def test_surface_is_the_unknown_of_the_boundary(snapshot):
    A, B = snapshot.mixture.mole_fractions
    assert Surface(of=A, boundary="left").measure(snapshot) == pytest.approx(RICH, rel=1e-14)
    assert Surface(of=B, boundary="right").measure(snapshot) == pytest.approx(1.0 - POOR, rel=1e-14)


def test_it_is_read_relative_to_a_datum(snapshot):
    own = Surface(of=temperature, boundary="right", relative_to=290.0)
    assert own.measure(snapshot) == pytest.approx(COLD - 290.0, rel=1e-13) and own.reading_unit == "K"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "neither of boundary and interface"),
        ({"boundary": "left", "interface": "a-b"}, "both of boundary and interface"),
        ({"boundary": "left", "side": "left"}, "a boundary has one side"),
    ],
)
def test_one_place_is_named(given, says):
    (issue,) = Surface(of=temperature, **given).validate(Context())
    assert says in issue.text
