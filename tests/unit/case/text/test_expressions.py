"""Formulas: values, folding, names, and everything that must be refused."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvtransport.case.text.expression_syntax import ExpressionError
from fvtransport.case.text.expressions import compile_expression

NAMES = ["x_A", "T", "x", "t"]
CONSTANTS = {"D0": 2.0, "beta": 0.5, "L": 40.0}


def refusal(text):
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, NAMES, CONSTANTS)
    return caught.value


def test_fields_are_broadcast_and_constants_folded():
    formula = compile_expression("D0/(1 + beta*x_A)", NAMES, CONSTANTS)
    x_a = np.linspace(0.0, 1.0, 6).reshape(2, 3)
    np.testing.assert_allclose(formula({"x_A": x_a, "T": 1.0}), 2.0 / (1.0 + 0.5 * x_a), rtol=1e-15, atol=0.0)
    assert (formula.names, formula.arguments, formula.is_constant) == (frozenset({"x_A"}), ("x_A",), False)
    np.testing.assert_array_equal(formula.function(x_a), formula({"x_A": x_a}))
    assert pickle.loads(pickle.dumps(formula))({"x_A": 1.0}) == formula({"x_A": 1.0})
    with pytest.raises(ValueError, match="depends on x_A"):
        formula.constant


@pytest.mark.parametrize(
    "text, value",
    [
        ("2*L", 80.0),
        ("-2**2", -4.0),
        ("2**3**2", 512.0),
        ("7/2", 3.5),
        ("sin(pi/2)", 1.0),
        ("erfc(0)", 1.0),
        ("maximum(1, L)", 40.0),
        ("1 if L > 3 else x", 1.0),
        ("where(1 < L <= 40 and not L == 3, 5, 6)", 5.0),
        ("  1e-3\n + 1", 1.001),
        ("log10(100)", 2.0),
        ("+3", 3.0),
    ],
)
def test_constants(text, value):
    formula = compile_expression(text, NAMES, CONSTANTS)
    assert formula.is_constant and formula.constant == pytest.approx(value, rel=1e-15, abs=0.0)


def test_conditions_choose_point_by_point():
    x = np.array([-1.0, 0.2, 0.7, 3.0])
    formula = compile_expression("where(0 < x < 0.5 or x > 1, x, erf(x))", NAMES)
    expected = [math.erf(-1.0), 0.2, math.erf(0.7), 3.0]
    np.testing.assert_allclose(formula({"x": x}), expected, rtol=1e-14, atol=0.0)


def test_complex_steps_pass_through():
    formula = compile_expression("exp(x)*x**2 + erf(x)", NAMES)
    step, x = 1e-30, 0.7
    slope = formula.function(np.array([x + 1j * step]))[0].imag / step
    exact = math.exp(x) * (x**2 + 2 * x) + 2 / math.sqrt(math.pi) * math.exp(-(x**2))
    assert slope == pytest.approx(exact, rel=1e-13, abs=0.0)


def test_floats_follow_numpy_at_run_time():
    with np.errstate(all="ignore"):
        assert compile_expression("1/x", NAMES)({"x": 0}) == math.inf
        assert math.isnan(compile_expression("x**0.5", NAMES)({"x": -1.0}))


@pytest.mark.parametrize(
    "text, offset, words",
    [
        ("__import__('os').system('ls')", 11, "quote"),
        ("__import__(x)", 0, "unknown function"),
        ("x.real", 0, "dot"),
        ("x[0]", 0, "square bracket"),
        ("2*(lambda: x)", 3, "lambda"),
        ("[x for x in y]", 0, "comprehension"),
        ("f(x:=1)", 0, "unknown function"),
        ("sqrt(x, y=2)", 0, "keyword"),
        ("sqrt(*x)", 0, "starred"),
        ("__name__", 0, "unknown name"),
        ("9**9**9**9", 3, "overflows"),
        ("1e999", 0, "overflows"),
        ("2 + 1/0", 4, "zero"),
        ("(-8)**(1/3)", 0, "real"),
        ("log(-1)", 0, "real"),
        ("log(0)", 0, "overflows"),
        ("x^2", 1, r"\*\*"),
        ("where(t > 1, 1, 2)", 6, "data in time declare their jumps"),
        ("step(t)", 0, "unknown function"),
        ("x < 1", 0, "where"),
        ("where(x, 1, 2)", 6, "comparison such as"),
        ("sin", 0, "function"),
        ("sqrt(x, x)", 0, "2 arguments"),
        ("lambda*2", 0, "reserved"),
        ("2 x", 2, r'product needs "\*"'),
        ("(x", 0, "closed"),
        ("0,5", 0, "comma"),
        ("", 0, "empty"),
        ("True", 0, "real"),
        ("2j", 0, "real"),
        ("x % 2", 0, "operator"),
        ("x # y", 2, "#"),
        ("(" * 300 + "x", 200, "nested"),
        ("x" + "+x" * 60, 0, "deeper than 50"),
        ("-" * 900 + "x", 50, "deeper"),
        ("x" * 1001, 0, "1001 characters"),
        ("  é + nope", 2, "unknown name"),
    ],
)
def test_refused_at_its_place(text, offset, words):
    error = refusal(text)
    assert error.offset == offset
    with pytest.raises(ExpressionError, match=words):
        raise error


def test_unknown_names_are_all_reported_fields_first():
    error = refusal("T*0 + xA + bta")
    assert [(e.offset, e.length, e.nearest) for e in error.all] == [(6, 2, "x_A"), (11, 3, "beta")]
    assert error.expected == "one of x_A, T, x, t, D0, beta, L, pi"


@given(st.text() | st.text(alphabet="xTt0129.+-*/()<>,=:[]_ \neE", max_size=40))
@settings(max_examples=300, deadline=None)
def test_nothing_but_expression_errors(text):
    try:
        formula = compile_expression(text, NAMES, CONSTANTS)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)
    else:
        assert not formula.is_constant or math.isfinite(formula.constant)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive(number):
    assert compile_expression(repr(number), []).constant == number
