"""Gases that mix from a step, against the linear equations and the method of lines."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.solutions.dufour_step import DufourStep
from scipy.integrate import solve_ivp
from scipy.special import erf

R, P, T0, D, KAPPA, ALPHA, CP, L = 8.31446261815324, 101325.0, 300.0, 7.8e-5, 0.08, -0.30, 29.1, 0.1
C = P / (R * T0)


def cosine_matrix() -> np.ndarray:
    soret = ALPHA * D / T0
    return np.array([[KAPPA / (C * CP), C * R * T0**2 * soret / (C * CP)], [0.25 * soret, D]])


STEP = dict(
    pressure=P,
    T0=T0,
    x_left=1.0,
    x_right=0.0,
    middle=0.06,
    diffusivity=D,
    temperature_exponent=1.75,
    thermal_diffusion_factor=ALPHA,
    k_A=0.182,
    k_B=0.026,
    phi_AB=1.91,
    phi_BA=0.275,
    molar_heat_capacity=CP,
)


def test_small_step_is_that_of_the_linear_equations():
    rise = 1e-4
    given = {
        **STEP,
        "x_left": 0.5 + rise,
        "x_right": 0.5 - rise,
        "k_A": KAPPA,
        "k_B": KAPPA,
        "phi_AB": 1.0,
        "phi_BA": 1.0,
    }
    found = DufourStep(**given)
    (a, b), (e, d) = cosine_matrix()
    d1, d2 = np.sort(np.linalg.eigvals(np.array([[a, b], [e, d]])))[::-1]
    z, t = 0.06 + np.linspace(-0.03, 0.03, 13), 0.4
    s = (z - 0.06) / np.sqrt(t)
    slow, fast = erf(s / np.sqrt(4 * d2)), erf(s / np.sqrt(4 * d1))
    fields = found.fields(z, t)
    np.testing.assert_allclose(fields["T"] - T0, b * rise * (slow - fast) / (d1 - d2), rtol=0, atol=2e-8)
    np.testing.assert_allclose(
        fields["x_A"] - 0.5, -rise * ((d1 - d) * slow + (d - d2) * fast) / (d1 - d2), rtol=0, atol=3e-9
    )


def lines(cells: int, t: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions, T and x_A from finite volumes in space and an implicit method in time,
    q' + c_p T N = 0 on every face.
    """
    width = 0.12
    h = width / cells
    z = h * (np.arange(cells) + 0.5)

    def rates(_: float, y: np.ndarray) -> np.ndarray:
        T, x = y[::2], y[1::2]
        at_T, at_x = 0.5 * (T[1:] + T[:-1]), 0.5 * (x[1:] + x[:-1])
        dT, dx = np.diff(T) / h, np.diff(x) / h
        c, diffusivity = P / (R * at_T), D * (at_T / T0) ** 1.75
        soret = ALPHA * diffusivity / at_T
        kappa = at_x * 0.182 / (at_x + 1.91 * (1 - at_x)) + (1 - at_x) * 0.026 / (1 - at_x + 0.275 * at_x)
        N = (kappa * dT + c * R * at_T**2 * soret * dx) / (CP * at_T)
        A = -c * diffusivity * dx - c * at_x * (1 - at_x) * soret * dT + at_x * N
        spread = lambda flux: -np.diff(np.concatenate([[0.0], flux, [0.0]])) / h
        moles, of_A, own = spread(N), spread(A), P / (R * T)
        return np.stack([-moles * T / own, (of_A - x * moles) / own], axis=1).ravel()

    start = np.stack([np.full(cells, T0), np.where(z < 0.06, 1.0, 0.0)], axis=1).ravel()
    found = solve_ivp(rates, (0.0, t), start, "LSODA", rtol=1e-9, atol=1e-9, lband=3, uband=3)
    return z, found.y[::2, -1], found.y[1::2, -1]


def test_step_is_what_the_method_of_lines_tends_to():
    exact = DufourStep(**STEP)
    z, T, x = lines(240, 0.3)
    finer_z, finer_T, finer_x = lines(720, 0.3)
    fields = exact.fields(z, 0.3)
    for coarse, fine, name in ((T, finer_T[1::3], "T"), (x, finer_x[1::3], "x_A")):
        np.testing.assert_allclose(z, finer_z[1::3], rtol=1e-12)
        extrapolated = (9.0 * fine - coarse) / 8.0
        spread = np.ptp(fields[name])
        np.testing.assert_allclose(extrapolated, fields[name], rtol=0, atol=1e-4 * spread)


def test_step_observables_are_those_of_the_fields():
    exact = DufourStep(**STEP)
    z = np.linspace(0.0, 0.12, 40001)
    T = exact.fields(z, 0.2)["T"] - T0
    seen = exact.observables()
    assert seen["T_hottest"] == pytest.approx(T.max(), abs=1e-6)
    assert seen["T_coldest"] == pytest.approx(T.min(), abs=1e-6)
    assert seen["x_middle"] == pytest.approx(exact.fields(np.array([0.06]), 1.7)["x_A"][0], abs=1e-12)
