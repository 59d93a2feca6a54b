"""Equimolar counterdiffusion with thermal diffusion, against boundary-value solutions and the Riccati profile."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_soret import EmcdSoret
from scipy.integrate import solve_bvp

R = 8.31446261815324
TUBE = {
    "pressure": 101325.0,
    "diffusivity": 7.8e-5,
    "conductivity": 0.08,
    "soret_coefficient": 1e-3,
    "length": 0.5,
    "T_left": 306.0,
    "T_right": 294.0,
    "x_left": 0.6,
    "x_right": 0.4,
}


@pytest.mark.parametrize(
    "changes", [{}, {"soret_coefficient": -8e-3, "T_left": 250.0, "T_right": 350.0, "x_right": 0.9}]
)
def test_soret_profiles_and_fluxes(changes):
    tube = EmcdSoret(**{**TUBE, **changes})
    p, D_T, kappa = tube.pressure, tube.soret_coefficient * tube.diffusivity, tube.conductivity

    def rates(s, y, unknown):
        T, x = y
        c = p / (R * T)
        det = kappa * c * tube.diffusivity - p * T * D_T * c * x * (1 - x) * D_T
        q, N = unknown[0], unknown[1] * 1e-3
        dT = -(c * tube.diffusivity * q - p * T * D_T * N) / det
        dx = -(kappa * N - c * x * (1 - x) * D_T * q) / det
        return np.stack([dT, dx]) * tube.length

    def boundary_equations(a, b, unknown):
        return np.array([a[0] - tube.T_left, a[1] - tube.x_left, b[0] - tube.T_right, b[1] - tube.x_right])

    s = np.linspace(0.0, 1.0, 61)
    start = np.stack([np.full(s.size, 0.5 * (tube.T_left + tube.T_right)), np.full(s.size, 0.5)])
    found = solve_bvp(rates, boundary_equations, s, start, p=[1.0, 1.0], tol=1e-9, max_nodes=50000)
    assert found.success
    exact = tube.fields(s * tube.length, 0.0)
    np.testing.assert_allclose(exact["T"], found.sol(s)[0], rtol=1e-8)
    np.testing.assert_allclose(exact["x_A"], found.sol(s)[1], rtol=1e-7)
    assert tube.observables()["q"] == pytest.approx(found.p[0], rel=1e-7)
    assert tube.observables()["N_A"] == pytest.approx(found.p[1] * 1e-3, rel=1e-7)


def test_soret_along_a_straight_temperature_is_the_riccati_profile():
    tube = EmcdSoret(**{**TUBE, "conductivity": 1e9, "soret_coefficient": 0.1, "pressure": 1.0})
    z = np.linspace(0.0, tube.length, 9)
    a = tube.soret_coefficient * (tube.T_right - tube.T_left) / tube.length
    # n = N_A/(c D) changes along z with c = p/(R T); over 1e-3 K of difference it does not
    tube = tube.model_copy(
        update={"T_left": 300.0005, "T_right": 299.9995, "soret_coefficient": a * tube.length / -0.001}
    )
    n = tube.observables()["N_A"] * R * 300.0 / (tube.pressure * tube.diffusivity)
    k = np.emath.sqrt(a * (n + a / 4.0))
    w = np.cosh(k * z) + a * (0.5 - tube.x_left) * np.sinh(k * z) / k
    dw = k * np.sinh(k * z) + a * (0.5 - tube.x_left) * np.cosh(k * z)
    riccati = np.real(0.5 - dw / (a * w))
    np.testing.assert_allclose(tube.fields(z, 0.0)["x_A"], riccati, rtol=0, atol=1e-6)
    straight = np.linspace(tube.x_left, tube.x_right, z.size)
    assert np.abs(riccati - straight).max() > 5e-4


def test_soret_without_thermal_diffusion_is_ficks_and_fouriers():
    tube = EmcdSoret(**{**TUBE, "soret_coefficient": 0.0})
    assert tube.observables()["q"] == pytest.approx(0.08 * 12.0 / 0.5, rel=1e-12)
    np.testing.assert_allclose(tube.fields(np.array([0.25]), 0.0)["T"], 300.0, rtol=1e-12)
