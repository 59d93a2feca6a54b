"""Handles: equal only to themselves, and evaluated by the view that they are asked of."""

from types import SimpleNamespace

import pytest

from fvtransport.model.handles import COORDINATES, REGION, TIME, Field, Handle, PhysicalConstant, Shared


class Recorder:
    """A view that says what it was asked for."""

    t = 7.0
    medium = SimpleNamespace(constant=lambda handle: ("constant", handle))

    def field(self, handle):
        return "field", handle

    def shared(self, handle):
        return "shared", handle

    def coordinate(self, axis):
        return "coordinate", axis


def test_handles_of_one_name_are_not_the_same():
    """Two plugins mean one quantity only where they import one handle."""
    one, other = Field("T"), Field("T")
    assert one != other and len({one: 1, other: 2}) == 2


@pytest.mark.parametrize(
    "handle, kind", [(Field("T"), "field"), (Shared("D"), "shared"), (PhysicalConstant("R"), "constant")]
)
def test_a_view_gives_each_kind_its_value(handle, kind):
    assert handle.evaluate(Recorder()) == (kind, handle)


def test_coordinates_are_those_of_their_axes():
    assert [each.evaluate(Recorder()) for each in (*COORDINATES, REGION)] == [("coordinate", k) for k in range(4)]
    assert [each.name for each in COORDINATES] == ["x", "y", "z"] and TIME.evaluate(Recorder()) == 7.0


def test_a_plain_handle_has_no_value():
    with pytest.raises(TypeError, match="viscosity has no value"):
        Handle("viscosity").evaluate(Recorder())


def test_fields_are_unbounded_unless_said_otherwise():
    field = Field("v")
    assert field.lower < -1e300 and field.upper > 1e300 and not field.excludes_bounds
