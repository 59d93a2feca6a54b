"""Equation (44) times the cycle, from the equations (30), (31) integrated over time and solved numerically."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.heat_pump_mixing import HeatPumpMixing
from scipy.integrate import solve_bvp


def heat_from_the_equations(n, L, L_y, E, k_T, q, T0, mean, D, conductivity) -> float:
    """Heat drawn at x = L, from Theta = integral of (T - T0) dt and X = integral of (x_A - mean) dt over all time.

    (30), (31) become  0 = l11 Theta'' + l12 X'' ,  n (mean - x_A(0)) = l21 Theta'' + l22 X'' ;  c_p drops out.
    """
    metric = mean * (1.0 - mean)
    D_T = k_T * D / (T0 * metric)
    l11, l12, l21, l22 = conductivity, n * T0**2 * D_T, n * metric * D_T, n * D
    conduct = np.array([[l11, l12], [l21, l22]])

    def rates(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        departure = 2.0 * metric * E * q * (L / 2.0 - x) / T0
        bent = np.linalg.solve(conduct, np.stack([np.zeros_like(x), -n * departure]))
        return np.stack([y[2], y[3], *bent])

    def boundary_equations(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        # The moles are kept, so one closed wall implies the other; the mean of X is free and pinned on the left.
        return np.array([a[0], b[0], a[1], l21 * a[2] + l22 * a[3]])

    x = np.linspace(0.0, L, 101)
    found = solve_bvp(rates, boundary_equations, x, np.zeros((4, x.size)), tol=1e-11, max_nodes=50000)
    assert found.success
    slope = found.y[2:, -1]
    assert abs(l21 * slope[0] + l22 * slope[1]) < 1e-8 * abs(l21 * slope[0])
    return float(L_y * (l11 * slope[0] + l12 * slope[1]))


@pytest.mark.parametrize(
    ("T0", "mean", "D", "conductivity", "k_T"),
    [(1.0, 0.5, 2.11972252, 0.435691287, -0.13657), (1.7, 0.3, 0.9, 0.6, -0.1), (0.8, 0.6, 3.0, 0.5, 0.2)],
)
def test_heat_of_one_mixing_phase(T0, mean, D, conductivity, k_T):
    given = {"n": 0.1, "L": 40.0, "L_y": 25.0, "E": 0.035, "q": 1.3, "k_T": k_T}
    expected = heat_from_the_equations(**given, T0=T0, mean=mean, D=D, conductivity=conductivity)
    assert HeatPumpMixing(**given).observables()["Qc_total"] == pytest.approx(expected, rel=1e-9)


def test_lighter_species_first_draws_heat():
    given = {"n": 0.1, "L": 40.0, "L_y": 25.0, "E": 0.035}
    assert HeatPumpMixing(**given, k_T=-0.13657).observables()["Qc_total"] > 0.0
