"""sympy's counterparts of NumPy's functions: the same values, and the cure where sympy is not installed."""

import sys

import numpy as np
import pytest
from scipy import special

from fvtransport.verification.symbolic_functions import NotSymbolic, functions, import_sympy

ONE = [
    "exp",
    "log",
    "sqrt",
    "tanh",
    "arctan",
    "square",
    "reciprocal",
    "negative",
    "absolute",
    "expm1",
    "log1p",
    "log10",
    "cbrt",
    "exp2",
]
TWO = ["add", "subtract", "multiply", "divide", "power", "maximum", "minimum", "hypot", "arctan2"]


def number(expression) -> float:
    return float(import_sympy().N(expression))


@pytest.mark.parametrize("name", ONE)
def test_functions_of_one_number(name):
    own = functions()["arctan" if name == "arctan" else name]
    assert number(own(import_sympy().Float(0.7, 20))) == pytest.approx(float(getattr(np, name)(0.7)), rel=1e-14)


@pytest.mark.parametrize("name", [each for each in TWO if each != "arctan2"])
def test_functions_of_two_numbers(name):
    a, b = (import_sympy().Float(each, 20) for each in (0.7, 1.9))
    assert number(functions()[name](a, b)) == pytest.approx(float(getattr(np, name)(0.7, 1.9)), rel=1e-14)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("erf", (0.4,)), ("expit", (0.4,)), ("xlogy", (0.4, 2.0)), ("j1", (0.4,)), ("gammaln", (2.4,))],
)
def test_special_functions(name, arguments):
    own = functions()[name](*(import_sympy().Float(each, 20) for each in arguments))
    assert number(own) == pytest.approx(float(getattr(special, name)(*arguments)), rel=1e-13)


def test_choices_are_made_point_by_point():
    sympy = import_sympy()
    x = sympy.Symbol("x")
    found = functions()["where"](functions()["less"](x, 1), x, 2)
    assert [found.subs(x, each) for each in (0, 3)] == [0, 2]
    assert functions()["clip"](sympy.Integer(5), 0, 3) == 3


def test_without_sympy_the_cure_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sympy", None)
    with pytest.raises(NotSymbolic, match=r"pip install 'fvtransport\[symbolic\]'"):
        import_sympy()
