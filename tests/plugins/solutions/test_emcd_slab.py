"""The equimolar closed forms against numerical boundary-value solutions of  x' = -N/(c D(x)),  N' = 0."""

from collections.abc import Callable

import numpy as np
import pytest
import sympy
from fvtransport.plugins.solutions.emcd_robin import EmcdRobin
from fvtransport.plugins.solutions.emcd_slab import EmcdSlab
from fvtransport.plugins.solutions.emcd_variable_diffusivity import EmcdVariableDiffusivity
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

C, D, L = 40.87, 1.65e-5, 0.1
UNIT = C * D / L
Z = np.linspace(0.0, L, 41)


def shoot(diffusivity: Callable, boundary_equations: Callable) -> tuple[np.ndarray, float]:
    """Profile on Z and flux in units of c D/L; conditions(x left, N left, x right, N right) must vanish."""

    def rates(s: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.stack([-y[1] * D / diffusivity(y[0]), np.zeros_like(s)])

    start = np.stack([np.full(Z.size, 0.5), np.full(Z.size, 0.5)])
    found = solve_bvp(
        rates, lambda a, b: boundary_equations(a[0], a[1], b[0], b[1]), Z / L, start, tol=1e-11, max_nodes=20000
    )
    assert found.success
    x, flux = found.sol(Z / L)
    assert np.ptp(flux) < 1e-10
    return x, flux[0]


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
