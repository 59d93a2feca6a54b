"""Equimolar closed forms beyond the plain slab, against boundary-value solutions of the flux laws themselves."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_composite import EmcdComposite
from fvtransport.plugins.solutions.emcd_mean import EmcdMean
from fvtransport.plugins.solutions.emcd_shell import EmcdShell
from fvtransport.plugins.solutions.emcd_soret import EmcdSoret
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

C, D, L = 40.87, 1.65e-5, 0.1
UNIT = C * D / L
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


@pytest.mark.parametrize("given", [0.3, -0.5])
def test_mean_has_the_flux_and_the_mean_asked_for(given):
    solution = EmcdMean(concentration=C, diffusivity=D, length=L, flux=given * UNIT, x_mean=0.45)
    assert issue_texts(solution) == []
    nodes, weights = np.polynomial.legendre.leggauss(5)
    z = 0.5 * L * (1.0 + nodes)
    x = solution.fields(z, 0.0)["x_A"]
    assert 0.5 * weights @ x == pytest.approx(0.45, rel=1e-14)
    assert -C * D * np.polyfit(z, x, 1)[0] == pytest.approx(given * UNIT, rel=1e-12)
    exact = solution.observables()
    ends = solution.fields(np.array([0.0, L]), 0.0)["x_A"]
    assert [exact["x_left"], exact["x_right"]] == pytest.approx(list(ends), rel=1e-14)


@pytest.mark.parametrize(
    ("flux", "mean", "words"),
    [
        (1.001, 0.5, "exceeds c D/L"),
        (-1.001, 0.5, "exceeds c D/L"),
        (0.9, 0.6, "x_left = 1.05"),
        (-0.9, 0.4, "x_left = -0.05"),
    ],
)
def test_mean_objects(flux, mean, words):
    (found, *_) = issue_texts(EmcdMean(concentration=C, diffusivity=D, length=L, flux=flux * UNIT, x_mean=mean))
    assert words in found


def test_mean_carries_the_largest_flux_at_half():
    assert issue_texts(EmcdMean(concentration=C, diffusivity=D, length=L, flux=UNIT, x_mean=0.5)) == []


@pytest.mark.parametrize(("shape", "power"), [("cylinder", 1), ("sphere", 2)])
def test_shell_profile_and_flow(shape, power):
    shell = EmcdShell(
        shape=shape,
        concentration=C,
        diffusivity=D,
        inner_radius=0.5,
        outer_radius=2.0,
        height=0.3,
        x_inner=0.2,
        x_outer=0.9,
    )
    r = np.linspace(0.5, 2.0, 41)
    found = solve_bvp(
        lambda r, y: np.stack([y[1], -power / r * y[1]]),
        lambda a, b: np.array([a[0] - 0.2, b[0] - 0.9]),
        r,
        np.stack([np.full(r.size, 0.5), np.zeros(r.size)]),
        tol=1e-10,
        max_nodes=20000,
    )
    np.testing.assert_allclose(shell.fields(r, 0.0)["x_A"], found.sol(r)[0], rtol=0, atol=1e-9)
    area = 2.0 * np.pi * 0.3 * 2.0 if shape == "cylinder" else 4.0 * np.pi * 4.0
    assert shell.observables()["W_A"] == pytest.approx(-area * C * D * found.y[1, -1], rel=1e-8)
    inner = -C * D * found.y[1, 0]
    assert shell.observables()["N_A_inner"] == pytest.approx(inner, rel=1e-8)


def test_thin_shell_is_a_slab():
    given = {"concentration": C, "diffusivity": D, "inner_radius": 1.0, "outer_radius": 1.0 + 1e-5}
    given |= {"x_inner": 0.7, "x_outer": 0.2}
    for shape in ("cylinder", "sphere"):
        flux = EmcdShell(shape=shape, **given).observables()["N_A_inner"]
        assert flux == pytest.approx(C * D * 0.5 / 1e-5, rel=3e-5)


def test_shell_inside_out_is_refused():
    (found,) = issue_texts(
        EmcdShell(
            shape="sphere", concentration=C, diffusivity=D, inner_radius=1.0, outer_radius=1.0, x_inner=0.5, x_outer=0.1
        )
    )
    assert "outer_radius" in found


def test_composite_flux_is_the_same_in_every_layer():
    layers, diffusivities = (0.02, 0.005, 0.1), (1e-5, 2e-7, 3e-6)
    solution = EmcdComposite(concentration=C, thicknesses=layers, diffusivities=diffusivities, x_left=0.9, x_right=0.1)
    flux, faces = solution.observables()["N_A"], np.concatenate([[0.0], np.cumsum(layers)])
    for left, right, diffusivity in zip(faces, faces[1:], diffusivities):
        z = np.linspace(left, right, 5)
        slopes = np.diff(solution.fields(z, 0.0)["x_A"]) / np.diff(z)
        np.testing.assert_allclose(-C * diffusivity * slopes, flux, rtol=1e-11)
    np.testing.assert_allclose(solution.fields(faces[[0, -1]], 0.0)["x_A"], [0.9, 0.1], rtol=1e-14)
    assert issue_texts(solution) == []


def test_composite_of_unequal_lists_is_refused():
    (found,) = issue_texts(
        EmcdComposite(concentration=C, thicknesses=(1.0, 2.0), diffusivities=(1.0,), x_left=0.9, x_right=0.1)
    )
    assert "2 thicknesses for 1" in found


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
