"""Properties: those inside of a plugin, their jumps, and what is not said."""

from collections.abc import Mapping

import pytest
from fvtransport.plugins.properties.step import Step

from fvtransport.model.elementary import Constant
from fvtransport.model.parameters import Declared, parameter
from fvtransport.model.property import Property, properties_in
from fvtransport.model.validation import Context, Issue

ONE, TWO = Constant(value=1.0), Constant(value=2.0)


class Doubtful(Property):
    """No value."""

    def validate(self, context):
        yield Issue("it has no value")


class Inner(Declared):
    """A block."""

    own: Property = parameter(meaning="a property")


class Outer(Property):
    """Made of others."""

    plain: Property = parameter(ONE, meaning="a property")
    many: tuple[Property, ...] = parameter((), meaning="properties")
    named: Mapping[str, Property] = parameter({}, meaning="by name")
    block: Inner | None = parameter(None, meaning="a block")
    number: float = parameter(3.0, meaning="no property")


def test_properties_are_found_in_lists_mappings_and_blocks():
    step = Step(before=ONE, after=TWO, at=3.0)
    own = Outer(many=(TWO, step), named={"a": ONE}, block=Inner(own=TWO))
    assert list(properties_in(own)) == [ONE, TWO, step, ONE, TWO]


def test_jumps_are_those_of_its_parts():
    steps = tuple(Step(before=ONE, after=TWO, at=at) for at in (3.0, 1.0, 3.0, 9.0))
    assert Outer(many=steps).jumps(1.0, 5.0) == (3.0,) and Outer(many=steps).jumps(0.0, 9.0) == (1.0, 3.0, 9.0)


def test_what_is_wrong_is_what_is_wrong_with_its_parts():
    assert [issue.text for issue in Outer(plain=Doubtful()).validate(Context())] == ["it has no value"]


def test_what_is_not_said():
    bare = Property()
    assert bare.constant is None and bare.tensor(None) is None and bare.tensor_dimension is None
    assert not Property.needs_time
    with pytest.raises(NotImplementedError):
        bare(None)
