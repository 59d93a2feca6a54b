"""The logarithmic mean: between the other means, smooth, and without loss of digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvtransport import log_mean

positive = st.floats(1e-200, 1e12)


@given(positive, positive)
def test_it_lies_between_the_geometric_and_the_arithmetic_mean(a, b):
    mean = log_mean(a, b)
    assert np.sqrt(a) * np.sqrt(b) * (1 - 1e-14) <= mean <= 0.5 * (a + b) * (1 + 1e-14)
    assert np.isclose(mean, log_mean(b, a), rtol=1e-13, atol=0)


@pytest.mark.parametrize("apart", [0.0, 1e-16, 1e-12, 1e-7, 1e-3])
def test_close_arguments_lose_no_digits(apart):
    """(b - a)/ln(b/a) = (a + b)/2 (1 - z^2/3 - ...), z = (b - a)/(a + b)."""
    a, b = 0.3, 0.3 * (1 + apart)
    z = (b - a) / (a + b)
    assert log_mean(a, b) == pytest.approx(0.5 * (a + b) * (1 - z**2 / 3 - 4 * z**4 / 45), rel=4e-16, abs=0)


def test_vanishing_and_negative_arguments_are_finite_and_small():
    with np.errstate(all="raise"):
        means = log_mean(np.array([0.0, 0.0, -1e-9, 1.0]), np.array([0.0, 1.0, 1.0, -3.0]))
    assert np.isfinite(means).all() and means[0] < 1e-200 and np.all((means[1:] > 0) & (means[1:] < 2e-3))


@pytest.mark.parametrize("b", [0.3, 0.3000001, 0.7, 1e-8])
def test_it_is_smooth_where_the_arguments_meet(b):
    steps = np.array([-2.0, -1.0, 0.0, 1.0, 2.0]) * 1e-3 * b
    second = np.diff(log_mean(b + steps, b), 2) / 1e-6 / b
    assert np.allclose(second, -1 / 6, rtol=1e-2, atol=0)
