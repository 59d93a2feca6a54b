"""The sealed cell against a boundary-value solution of the two flux laws themselves."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.soret_sealed_cell import SoretSealedCell
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

R = 8.31446261815324
CELL = {
    "pressure": 101325.0,
    "diffusivity": 7e-5,
    "conductivity": 0.05,
    "soret_coefficient": 1.3e-3,
    "length": 0.01,
    "T_left": 400.0,
    "T_right": 300.0,
    "x_mean": 0.5,
}


def shoot(cell: SoretSealedCell, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """T, x and q from  q = -kappa T' - c R T^2 D' x' ,  0 = -c D x' - c x (1 - x) D' T' ,  and the moles of A."""
    p, D, kappa, S, L = cell.pressure, cell.diffusivity, cell.conductivity, cell.soret_coefficient, cell.length
    D_T = S * D

    def rates(s: np.ndarray, y: np.ndarray, unknown: np.ndarray) -> np.ndarray:
        T, x = y[0], y[1]
        c = p / (R * T)
        laws = np.array([[np.full_like(T, kappa), c * R * T**2 * D_T], [c * x * (1 - x) * D_T, c * D]])
        given = np.stack([np.full_like(T, -unknown[0]), np.zeros_like(T)])
        slopes = np.linalg.solve(np.moveaxis(laws, -1, 0), given.T[..., None])[..., 0].T
        return np.stack([slopes[0] * L, slopes[1] * L, 1000.0 / T, 1000.0 * x / T])

    def boundary_equations(a: np.ndarray, b: np.ndarray, unknown: np.ndarray) -> np.ndarray:
        return np.array([a[0] - cell.T_left, b[0] - cell.T_right, a[2], a[3], b[3] - cell.x_mean * b[2]])

    s = np.linspace(0.0, 1.0, 81)
    T = cell.T_left + (cell.T_right - cell.T_left) * s
    start = np.stack([T, np.full_like(s, cell.x_mean), s, s])
    guess = [kappa * (cell.T_left - cell.T_right) / L]
    found = solve_bvp(rates, boundary_equations, s, start, p=guess, tol=1e-10, max_nodes=50000)
    assert found.success
    profile = found.sol(z / L)
    return profile[0], profile[1], float(found.p[0])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"soret_coefficient": -4e-3, "x_mean": 0.8},
        {"T_left": 250.0, "T_right": 450.0, "soret_coefficient": 6e-3, "conductivity": 0.5, "x_mean": 0.03},
    ],
)
def test_profiles_and_heat_flux(changes):
    cell = SoretSealedCell(**{**CELL, **changes})
    z = np.linspace(0.0, cell.length, 33)
    T, x, q = shoot(cell, z)
    exact = cell.fields(z, 0.0)
    np.testing.assert_allclose(exact["T"], T, rtol=1e-9, atol=0)
    np.testing.assert_allclose(exact["x_A"], x, rtol=1e-8, atol=0)
    assert cell.observables()["q"] == pytest.approx(q, rel=1e-9)
    assert issue_texts(cell) == []


def test_moles_are_kept_not_the_mean_of_x():
    cell = SoretSealedCell(**CELL)
    z, weights = np.polynomial.legendre.leggauss(60)
    exact = cell.fields(0.5 * cell.length * (1.0 + z), 0.0)
    x, T = exact["x_A"], exact["T"]
    assert (x / T) @ weights / ((1.0 / T) @ weights) == pytest.approx(cell.x_mean, rel=1e-13)
    assert abs(x @ weights / 2.0 - cell.x_mean) > 1e-4


def test_heat_is_conducted_by_lambda_not_kappa():
    cell = SoretSealedCell(**CELL)
    by_kappa = cell.conductivity * (cell.T_left - cell.T_right) / cell.length
    reduction = cell.pressure * 350.0 * 0.25 * cell.diffusivity * cell.soret_coefficient**2
    assert cell.observables()["q"] / by_kappa == pytest.approx(1.0 - reduction / cell.conductivity, rel=1e-4)
    assert cell.observables()["q"] < 0.98 * by_kappa


def test_without_thermal_diffusion_it_is_plain_conduction():
    cell = SoretSealedCell(**{**CELL, "soret_coefficient": 0.0})
    exact = cell.fields(np.array([0.0, 0.0025, 0.01]), 0.0)
    np.testing.assert_allclose(exact["T"], [400.0, 375.0, 300.0], rtol=1e-14)
    np.testing.assert_allclose(exact["x_A"], 0.5, rtol=1e-14)


def test_between_walls_of_one_temperature_nothing_happens():
    cell = SoretSealedCell(**{**CELL, "T_right": 400.0, "x_mean": 0.3})
    exact = cell.fields(np.linspace(0.0, 0.01, 5), 0.0)
    np.testing.assert_allclose(exact["T"], 400.0, rtol=1e-15)
    np.testing.assert_allclose(exact["x_A"], 0.3, rtol=1e-14)
    assert cell.observables()["q"] == 0.0


def test_coefficients_against_the_second_law_are_refused():
    (found,) = issue_texts(SoretSealedCell(**{**CELL, "soret_coefficient": 0.02}))
    assert "second law" in found
    (found,) = issue_texts(SoretSealedCell(**{**CELL, "x_mean": 1.0}))
    assert "below 1" in found
