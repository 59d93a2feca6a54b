"""Gauss rules on their polynomials, normed Laguerre polynomials, Chebyshev series."""

import math

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.quadrature import (
    ChebyshevSeries,
    chebyshev_nodes,
    gauss_laguerre,
    gauss_legendre,
    laguerre_values,
)


@pytest.mark.parametrize("degree", [0, 3, 9])
def test_gauss_legendre_is_exact_for_polynomials(degree):
    x, w = gauss_legendre(5, 1.0, 3.0)
    assert w @ x**degree == pytest.approx((3.0 ** (degree + 1) - 1.0) / (degree + 1), rel=1e-13)


@pytest.mark.parametrize("degree", [0, 4, 9])
@pytest.mark.parametrize("power", [0.0, 0.5, 2.0])
def test_gauss_laguerre_is_exact_for_polynomials(power, degree):
    x, w = gauss_laguerre(5, power)
    assert w @ x**degree == pytest.approx(math.gamma(power + degree + 1.0), rel=1e-11)


def test_laguerre_polynomials_are_orthonormal():
    x, w = gauss_laguerre(12, 1.5)
    values = laguerre_values(6, 1.5, x)
    assert (values * w) @ values.T == pytest.approx(np.eye(6), abs=1e-11)
    assert laguerre_values(2, 0.0, np.array([0.3]))[1, 0] == pytest.approx(0.7, rel=1e-14)


def test_a_series_goes_through_its_nodes():
    nodes = chebyshev_nodes(30, 1.0, 5.0)
    series = ChebyshevSeries.through(np.stack([np.exp(nodes), nodes**2]), 1.0, 5.0, 1e-15)
    assert series(np.array([1.3, 4.4])) == pytest.approx(np.array([np.exp([1.3, 4.4]), [1.69, 19.36]]), rel=1e-11)


def test_terms_below_the_tolerance_are_dropped():
    nodes = chebyshev_nodes(30, 1.0, 5.0)
    series = ChebyshevSeries.through(nodes[None] ** 2, 1.0, 5.0, 1e-10)
    assert series.coefficients.shape == (1, 3)


def test_a_formula_is_evaluated_as_a_sum_of_powers():
    """Of what is neither a number nor an array, here a complex number in its place."""
    nodes = chebyshev_nodes(8, 1.0, 5.0)
    (found,) = ChebyshevSeries.through(nodes[None] ** 2, 1.0, 5.0, 1e-12)(3.0 + 0j)
    assert found == pytest.approx(9.0, rel=1e-12)
