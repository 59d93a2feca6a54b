"""Equimolar counterdiffusion between films against a numerical boundary-value solution."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_robin import EmcdRobin

from tests.tools.equimolar import UNIT, C, D, L, Z, shoot


def test_robin_profile_and_flux():
    k_left, k_right = 0.02, 0.005
    solution = EmcdRobin(
        concentration=C, diffusivity=D, length=L, k_left=k_left, k_right=k_right, x_left=0.95, x_right=0.1
    )
    x, flux = shoot(
        lambda x: D,
        lambda a, n_a, b, n_b: np.array([n_a - k_left / UNIT * (0.95 - a), n_b - k_right / UNIT * (b - 0.1)]),
    )
    np.testing.assert_allclose(solution.fields(Z, 0.0)["x_A"], x, rtol=0, atol=1e-10)
    assert solution.observables()["N_A"] == pytest.approx(flux * UNIT, rel=1e-9)
