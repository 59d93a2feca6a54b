"""Evaporation into a long tube: its balance, boundary-value solutions and limits."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.arnold import Arnold
from scipy.integrate import quad, solve_bvp


@pytest.mark.parametrize("x_surface", [1e-6, 0.1, 0.5, 0.9, 0.999])
def test_arnold_keeps_its_balance(x_surface):
    """x as given satisfies  x_t + v x_z = D x_zz  with  v = w sqrt(D/t),  and the wall  N_A = -c D x_z/(1 - x_0)."""
    tube = Arnold(concentration=40.0, diffusivity=2e-5, x_surface=x_surface, times=(3.0, 50.0))
    exact = tube.observables()
    t, step, z = 50.0, 1e-5, np.linspace(0.0, 0.12, 13)
    x = {(i, j): tube.fields(z + i * step, t * (1.0 + j * 1e-4))["x_A"] for i in (-2, -1, 0, 1, 2) for j in (-1, 0, 1)}
    rate = (x[0, 1] - x[0, -1]) / (2e-4 * t)
    slope = (8.0 * (x[1, 0] - x[-1, 0]) - (x[2, 0] - x[-2, 0])) / (12.0 * step)
    bend = (x[1, 0] - 2.0 * x[0, 0] + x[-1, 0]) / step**2
    v = exact["N_A"][1] / 40.0
    np.testing.assert_allclose(rate + v * slope, 2e-5 * bend, rtol=0, atol=2e-5 * np.abs(rate).max())
    assert tube.fields(np.zeros(1), t)["x_A"][0] == pytest.approx(x_surface, rel=1e-13)
    assert exact["N_A"][1] == pytest.approx(-40.0 * 2e-5 * slope[0] / (1.0 - x_surface), rel=1e-8)
    assert exact["evaporated"] == pytest.approx(
        quad(lambda t: tube.speed * 40.0 * np.sqrt(2e-5 / t), 0.0, 50.0)[0], rel=1e-9
    )


def test_arnold_against_boundary_values():
    """In the similarity variable  Z = z/sqrt(4 D t):  x'' + 2 (Z - w) x' = 0,  2 w (1 - x_0) = -x'(0)."""
    tube = Arnold(concentration=40.0, diffusivity=2e-5, x_surface=0.5)
    Z = np.linspace(0.0, 7.0, 400)
    found = solve_bvp(
        lambda Z, y, p: np.stack([y[1], -2.0 * (Z - p[0]) * y[1]]),
        lambda a, b, p: np.array([a[0] - 0.5, b[0], 2.0 * p[0] * 0.5 + a[1]]),
        Z, np.stack([0.5 * np.exp(-Z), -0.5 * np.exp(-Z)]), p=[0.3], tol=1e-10, max_nodes=50000,
    )  # fmt: skip
    assert found.success
    assert tube.speed == pytest.approx(found.p[0], rel=1e-9)
    np.testing.assert_allclose(
        tube.fields(Z * np.sqrt(4.0 * 2e-5 * 9.0), 9.0)["x_A"], found.sol(Z)[0], rtol=0, atol=1e-9
    )


def test_arnold_in_the_limits():
    dilute = Arnold(concentration=40.0, diffusivity=2e-5, x_surface=1e-7, times=(4.0,)).observables()
    assert dilute["evaporated"] == pytest.approx(2e-7 * 40.0 * np.sqrt(2e-5 * 4.0 / np.pi), rel=1e-6)
    speeds = [Arnold(concentration=1.0, diffusivity=1.0, x_surface=x).speed for x in (0.25, 0.5, 0.75, 0.9999)]
    assert np.all(np.diff(speeds) > 0.0)
