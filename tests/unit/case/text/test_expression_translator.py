"""Formulas translated for numpy: constants are folded, names get aliases, what is not allowed is refused."""

import ast

import numpy as np
import pytest

from fvtransport.case.text.expression_syntax import ExpressionError, parse
from fvtransport.case.text.expression_translator import JUMPS, Translator


def translated(text: str, names=("x", "t"), constants=None):
    tree, shift = parse(text)
    translator = Translator(text, shift, names, constants or {})
    return translator.value(tree, 1), translator


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2*3 + 1", 7.0),
        ("-2**2", -4.0),
        ("sqrt(2*a)", 4.0),
        ("3 if 1 < 2 else 4", 3.0),
        ("where(not 1 < 2, 3, 4)", 4.0),
    ],
)
def test_constants_are_folded(text, value):
    node, translator = translated(text, constants={"a": 8.0})
    assert isinstance(node, ast.Constant) and node.value == value
    assert translator.constants == ({"a": 8.0} if "a)" in text else {})


def test_what_depends_on_a_name_is_kept():
    node, translator = translated("2*x + pi")
    assert isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant)
    assert {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} == {translator.aliases["x"]}


def test_conditions_become_numpy_s():
    _, translator = translated("where(x < 1 and x > 0, x, 0)")
    assert translator.functions["f_where"] is np.where and translator.functions["f_logical_and"] is np.logical_and


@pytest.mark.parametrize(
    ("text", "says", "offset"),
    [
        ("1 + where(t < 1, 2, 3)", "a comparison depends on t", 10),
        ("x.real", "is not allowed", 0),
        ("2 + sign(x)", 'unknown function "sign"', 4),
        ("sqrt(x, 2)", '"sqrt" got 2 arguments', 0),
        ("1/0", "division by zero", 0),
        ("(-8)**0.5", "this is not a real number", 0),
        ("x < 1", "a comparison is not a number", 0),
    ],
)
def test_refusals_have_a_place(text, says, offset):
    with pytest.raises(ExpressionError) as caught:
        translated(text)
    assert says in caught.value.message and caught.value.offset == offset
    assert (caught.value.expected == JUMPS) == ("on t" in says or "sign" in says)


def test_unknown_names_are_collected():
    _, translator = translated("y + z*x")
    assert [error.message for error in translator.errors] == ['unknown name "y"', 'unknown name "z"']
