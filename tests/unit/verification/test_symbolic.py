"""Formulas that behave like NumPy scalars: every function gives what NumPy gives, what cannot be a formula says so."""

import numpy as np
import pytest
import sympy
from scipy import special

from fvtransport.verification.symbolic import NotSymbolic, Symbolic, expression_of, number_functions

X = sympy.Symbol("x", real=True)
PLACES = np.array([np.linspace(0.15, 0.9, 11)])
FUNCTIONS = [
    lambda x: 2.0 * x**3 - 1.0 / x + (-x) / 4 + 3**x,
    lambda x: np.exp(x) * np.log(x) + np.sqrt(x) - np.square(x) + np.reciprocal(x),
    lambda x: np.sin(x) + np.cos(x) * np.tan(x) + np.sinh(x) - np.cosh(x) * np.tanh(x),
    lambda x: np.arcsin(x) + np.arccos(x) * np.arctan(x) + np.arctan2(x, 2.0) + np.arcsinh(x),
    lambda x: np.expm1(x) + np.log1p(x) + np.log10(x) + np.log2(x) + np.exp2(x) + np.cbrt(x) + np.hypot(x, 3.0),
    lambda x: np.maximum(x, 0.5) * np.minimum(0.6, x) + np.clip(x, 0.3, 0.7) + np.abs(x - 0.5) + np.sign(x - 0.5),
    lambda x: np.where(x < 0.5, x, 1.0 - x) + np.where((x > 0.3) & (x <= 0.8), 2.0, np.zeros_like(x)),
    lambda x: np.where(np.logical_or(x < 0.2, np.logical_not(x < 0.6)), x**2, np.float64(3.0) * x),
    lambda x: special.erf(x) + special.expit(x) + special.j0(x),
    lambda x: np.array([1.0, 2.0])[1] * x + sum(w * x**k for k, w in enumerate(np.array([0.5, 0.25]))),
    lambda x: (np.array([1.0, 3.0]) * x).sum() if isinstance(x, Symbolic) else 4.0 * x,
]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_formula_has_the_values_that_numpy_gives(function):
    made = number_functions([expression_of(function(Symbolic(X)))], [X])
    np.testing.assert_allclose(made(PLACES)[0], function(PLACES[0]), rtol=1e-13)


def test_a_constant_fills_its_shape():
    assert number_functions([sympy.Integer(3), X], [X])(PLACES).shape == (2, 11)


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (lambda x: 1.0 if x < 0.5 else 2.0, "np.where"),
        (float, "element-wise"),
        (lambda x: np.interp(x, [0.0, 1.0], [1.0, 3.0]), "np.interp has kinks"),
        (lambda x: np.nextafter(x, 1.0), "np.nextafter has no symbolic form"),
        (lambda x: np.multiply(x, x, out=(np.zeros(1),)), "np.multiply.__call__ with .'out'. has no symbolic form"),
    ],
)
def test_what_is_no_formula_is_refused_in_words(use, says):
    with pytest.raises(NotSymbolic, match=says):
        use(Symbolic(X))
