from __future__ import annotations

import pytest

from fvtransport.case.blocks.parameters import read_parameters
from fvtransport.case.text.problems import Diagnostics
from fvtransport.case.text.units import UnitSystem
from fvtransport.case.text.yaml_reader import parse


def read(text):
    diagnostics = Diagnostics()
    values, broken = read_parameters(parse(text, "case"), UnitSystem(), diagnostics)
    return values, broken, [problem.message for problem in diagnostics.errors]


def test_expressions_of_parameters_given_before_or_after():
    values, broken, errors = read("{c: a + b, a: 2, b: a**2, d: pi*c}")
    assert values == {"c": 6.0, "a": 2.0, "b": 4.0, "d": pytest.approx(18.849555921538759, rel=1e-15)}
    assert list(values) == ["c", "a", "b", "d"] and not broken and not errors


def test_every_circle_is_named_once_and_its_users_are_not_blamed():
    values, broken, errors = read("{k: 1, a: b, b: c + k, c: a, d: a + 1, e: f, f: e, g: g}")
    assert values == {"k": 1.0} and broken == set("abcdefg")
    circles = ("a -> b -> c -> a", "e -> f -> e", "g -> g")
    assert errors == [f"parameters run in a circle: {circle}" for circle in circles]


def test_what_uses_a_broken_parameter_is_not_blamed():
    values, broken, errors = read("{a: 3 wibble, b: 2*a, c: 1}")
    assert values == {"c": 1.0} and broken == {"a", "b"} and len(errors) == 1


def test_a_long_chain_is_resolved():
    count = 3000
    sums = ", ".join(f"p{i}: p{i + 1} + 1" for i in range(count))
    assert read(f"{{{sums}, p{count}: 0}}")[0]["p0"] == float(count)


@pytest.mark.parametrize("text", ["", "{}", "~"])
def test_no_parameters(text):
    assert read(text or "~") == ({}, set(), [])


def test_a_list_is_no_block_of_parameters():
    assert read("[1]")[2] == ["parameters are a list"]
