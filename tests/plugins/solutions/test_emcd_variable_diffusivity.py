"""Equimolar counterdiffusion with D(x) against numerical boundary-value solutions, and symbolically."""

import numpy as np
import pytest
import sympy
from fvtransport.plugins.solutions.emcd_variable_diffusivity import EmcdVariableDiffusivity

from tests.tools.equimolar import UNIT, C, D, L, Z, shoot


@pytest.mark.parametrize("beta", [-0.7, 0.0, 1e-9, 2.0, 30.0])
def test_variable_diffusivity_profile_and_flux(beta):
    solution = EmcdVariableDiffusivity(concentration=C, D_0=D, beta=beta, length=L, x_left=0.9, x_right=0.1)
    x, flux = shoot(lambda x: D / (1.0 + beta * x), lambda a, _, b, __: np.array([a - 0.9, b - 0.1]))
    np.testing.assert_allclose(solution.fields(Z, 0.0)["x_A"], x, rtol=0, atol=1e-8)
    assert solution.observables()["N_A"] == pytest.approx(flux * UNIT, rel=1e-8)


def test_variable_diffusivity_solves_its_equation_symbolically():
    z, length, beta, left, right = sympy.symbols("z L beta x_l x_r", positive=True)
    x = ((1 + beta * left) ** (1 - z / length) * (1 + beta * right) ** (z / length) - 1) / beta
    flux = -sympy.diff(x, z) / (1 + beta * x)
    expected = sympy.log((1 + beta * left) / (1 + beta * right)) / (beta * length)
    assert sympy.simplify(sympy.expand_log(flux - expected, force=True)) == 0
