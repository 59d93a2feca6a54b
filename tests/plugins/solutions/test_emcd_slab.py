"""The equimolar closed forms against numerical boundary-value solutions of  x' = -N/(c D(x)),  N' = 0."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_slab import EmcdSlab

from tests.tools.equimolar import UNIT, C, D, L, Z, shoot
from tests.tools.issues import issue_texts


def test_slab_profile_and_flux():
    solution = EmcdSlab(concentration=C, diffusivity=D, length=L, x_left=0.9, x_right=0.2)
    x, flux = shoot(lambda x: D, lambda a, _, b, __: np.array([a - 0.9, b - 0.2]))
    np.testing.assert_allclose(solution.fields(Z, 0.0)["x_A"], x, rtol=0, atol=1e-10)
    assert solution.observables()["N_A"] == pytest.approx(flux * UNIT, rel=1e-10)
    assert issue_texts(solution) == []


def test_slab_with_a_flux_on_the_right():
    given = 0.3 * UNIT
    solution = EmcdSlab(concentration=C, diffusivity=D, length=L, x_left=0.9, flux=given)
    x, _flux = shoot(lambda x: D, lambda a, _, __, n: np.array([a - 0.9, n - 0.3]))
    np.testing.assert_allclose(solution.fields(Z, 0.0)["x_A"], x, rtol=0, atol=1e-10)
    assert solution.observables()["N_A"] == pytest.approx(given, rel=1e-13)


def test_slab_carries_the_largest_flux_from_pure_to_pure():
    solution = EmcdSlab(concentration=C, diffusivity=D, length=L, x_left=1.0, x_right=0.0)
    assert solution.observables()["N_A"] == pytest.approx(C * D / L, rel=1e-14)
    assert issue_texts(solution) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"x_left": 1.0, "flux": 1.01 * UNIT}, "exceeds c D/L"),
        ({"x_left": 0.5, "flux": 0.6 * UNIT}, "x_right = -0.1"),
        ({"x_left": 0.5, "flux": -0.6 * UNIT}, "x_right = 1.1"),
        ({"x_left": 1.2, "x_right": 0.5}, "x_left = 1.2"),
        ({"x_left": 0.5}, "one of the two"),
        ({"x_left": 0.5, "x_right": 0.1, "flux": 0.4 * UNIT}, "one of the two"),
    ],
)
def test_slab_objects(given, words):
    (found, *_) = issue_texts(EmcdSlab(concentration=C, diffusivity=D, length=L, **given))
    assert words in found
