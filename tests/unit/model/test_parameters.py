"""Declarations: ranges in words and in checks, readers, and what a plugin declares."""

import math

import pytest
from pydantic import ValidationError

from fvtransport.model.parameters import Declaration, Declared, parameter, parameters_of


class Sample(Declared):
    """A sample."""

    shorthand = "size"
    size: float = parameter(unit="m", above=0.0, maximum=2.0, meaning="a size")
    part: float = parameter(0.5, minimum=0.0, maximum=1.0, meaning="a part")
    open: float = parameter(0.5, above=0.0, below=1.0, meaning="between")
    name: str = parameter("", meaning="a name")


SIZE, PART, OPEN, NAME = Sample.declarations()


def test_a_declaration_is_read_from_its_field():
    assert (SIZE.name, SIZE.unit, SIZE.meaning, SIZE.required, SIZE.default) == ("size", "m", "a size", True, None)
    assert (PART.required, PART.default, NAME.annotation) == (False, 0.5, str)


@pytest.mark.parametrize(
    ("declared", "words"),
    [(SIZE, "above 0 and at most 2"), (PART, "in [0, 1]"), (OPEN, "above 0 and below 1"), (NAME, "")],
)
def test_ranges_in_words(declared: Declaration, words):
    assert declared.range_text() == words


@pytest.mark.parametrize(
    ("declared", "value", "right"),
    [
        (SIZE, 0.0, False),
        (SIZE, 2.0, True),
        (PART, 0.0, True),
        (PART, 1.1, False),
        (OPEN, 1.0, False),
        (NAME, -9.0, True),
    ],
)
def test_bounds_are_allowed_or_not(declared, value, right):
    assert (declared.range_message(value) == "") == right


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_finite_is_out_of_any_range(value):
    assert NAME.range_message(value) == f"name = {value} is not a finite number"


def test_a_reader_converts_what_is_given():
    class Doubling:
        def read(self, value, declaration):
            return 2.0 * value if declaration.unit == "m" else value

    assert Sample.model_validate({"size": 1.0, "name": "a"}, context=Doubling()).size == 2.0


def test_parameters_with_their_values():
    assert [(declared.name, value) for declared, value in parameters_of(Sample(size=1.0))] == [
        ("size", 1.0), ("part", 0.5), ("open", 0.5), ("name", ""),
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        Sample(size=1.0, other=3)


def test_a_plugin_finds_nothing_wrong_unless_it_says_so():
    own = Sample(size=1.0)
    assert not list(own.validate(None)) and not own.sources() and not Sample.place_units({})
