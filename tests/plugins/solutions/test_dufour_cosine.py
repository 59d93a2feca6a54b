"""Closed forms of the Dufour effect and of the ternary cell, each by another route."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.solutions.dufour_cosine import DufourCosine
from fvtransport.plugins.solutions.dufour_film import DufourFilm
from fvtransport.plugins.solutions.dufour_step import DufourStep
from fvtransport.plugins.solutions.ternary_soret_cell import TernarySoretCell
from scipy.integrate import dblquad, solve_ivp
from scipy.linalg import expm
from scipy.optimize import minimize_scalar
from scipy.special import erf

from tests.tools.issues import issue_texts

R, P, T0, D, KAPPA, ALPHA, CP, L = 8.31446261815324, 101325.0, 300.0, 7.8e-5, 0.08, -0.30, 29.1, 0.1
C = P / (R * T0)
WAVE = np.pi / L
COSINE = dict(
    pressure=P, T0=T0, amplitude=0.4, diffusivity=D, conductivity=KAPPA, thermal_diffusion_factor=ALPHA,
    molar_heat_capacity=CP, length=L, until=200.0,
)  # fmt: skip


def cosine_matrix() -> np.ndarray:
    soret = ALPHA * D / T0
    return np.array([[KAPPA / (C * CP), C * R * T0**2 * soret / (C * CP)], [0.25 * soret, D]])


def test_cosine_is_the_exponential_of_its_matrix():
    times = (1.0, 10.0, 50.0)
    found = DufourCosine(**COSINE, times=times)
    amplitudes = np.array([expm(-(WAVE**2) * cosine_matrix() * t) @ [0.0, 0.4] for t in times])
    np.testing.assert_allclose(found.observables()["T_end_minus_T0"], amplitudes[:, 0], rtol=1e-11)
    z = np.linspace(0.0, L, 7)
    for t, (theta, xi) in zip(times, amplitudes):
        fields = found.fields(z, t)
        np.testing.assert_allclose(fields["T"], T0 + theta * np.cos(WAVE * z), rtol=1e-14)
        np.testing.assert_allclose(fields["x_A"], 0.5 + xi * np.cos(WAVE * z), rtol=1e-12)


def test_cosine_peak_is_the_largest_of_all_times():
    seen = DufourCosine(**COSINE).observables()
    best = minimize_scalar(
        lambda t: -DufourCosine(**COSINE, times=(t,)).observables()["T_end_minus_T0"][0],
        bounds=(5.0, 40.0),
        options={"xatol": 1e-10},
    )
    assert seen["T_peak"] == pytest.approx(-best.fun, rel=1e-13)
    assert seen["t_peak"] == pytest.approx(best.x, rel=1e-6)


def test_cosine_entropy_is_the_integral_of_sigma():
    soret, until = ALPHA * D / T0, 40.0
    own = DufourCosine(**{**COSINE, "until": until}).observables()["entropy_produced"]

    def sigma(z: float, t: float) -> float:
        theta, xi = expm(-(WAVE**2) * cosine_matrix() * t) @ [0.0, 0.4]
        dT, dx = -WAVE * np.sin(WAVE * z) * np.array([theta, xi])
        q = -KAPPA * dT - C * R * T0**2 * soret * dx
        J = -C * D * dx - C * 0.25 * soret * dT
        return -q * dT / T0**2 - R * J * dx / 0.25

    summed = dblquad(sigma, 0.0, until, 0.0, L, epsabs=0.0, epsrel=1e-8)[0]
    assert own == pytest.approx(summed, rel=1e-8)
    mixed = DufourCosine(**{**COSINE, "until": 1e6}).observables()["entropy_produced"]
    assert mixed == pytest.approx(0.25 * L * C * R * 0.4**2 / 0.25, rel=1e-13)


def test_cosine_objects_to_coefficients_that_break_the_second_law():
    (text,) = issue_texts(DufourCosine(**{**COSINE, "thermal_diffusion_factor": 4.0}))
    assert "break the second law" in text


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


def test_film():
    seen = DufourFilm(
        concentration=C,
        diffusivity=D,
        soret_coefficient=-1e-3,
        conductivity=KAPPA,
        T0=T0,
        x_left=0.6,
        x_right=0.4,
        length=1e-3,
    ).observables()
    assert seen["B"] == pytest.approx(P * ALPHA * D, rel=1e-13)
    assert seen["q"] == pytest.approx(P * ALPHA * D * 200.0, rel=1e-13)
    assert seen["equivalent"] == pytest.approx(P * ALPHA * D * 0.2 / KAPPA, rel=1e-13)
    assert seen["share"] == pytest.approx(P * ALPHA**2 * D * 0.25 / (KAPPA * T0), rel=1e-13)


CELL = dict(
    L_qq=7350.0, L_qA=-0.06765, L_qB=0.02825, L_AA=9.406e-5, L_AB=-4.858e-5, L_BB=4.419e-5,
    length=0.01, T_left=400.0, T_right=300.0, A_mean=0.4, B_mean=0.3,
)  # fmt: skip


def test_ternary_cell_passes_heat_alone_and_keeps_its_moles():
    cell = TernarySoretCell(**CELL)
    z, h = np.linspace(0.002, 0.008, 5), 1e-6
    fields, ahead, behind = (cell.fields(z + step, 0.0) for step in (0.0, h, -h))
    forces = [(1.0 / ahead["T"] - 1.0 / behind["T"]) / (2 * h)]
    for name in ("x_A", "x_B"):
        forces.append(-R * (np.log(ahead[name] / ahead["x_C"]) - np.log(behind[name] / behind["x_C"])) / (2 * h))
    L = np.array([[7350.0, -0.06765, 0.02825], [-0.06765, 9.406e-5, -4.858e-5], [0.02825, -4.858e-5, 4.419e-5]])
    q, J_A, J_B = L @ np.array(forces)
    np.testing.assert_allclose(q, cell.observables()["q"], rtol=1e-7)
    np.testing.assert_allclose([J_A, J_B], 0.0, atol=1e-7 * abs(L[1, 0] * forces[0][0]))
    assert sum(fields[f"x_{name}"] for name in "ABC") == pytest.approx(1.0, rel=1e-14)
    everywhere = np.linspace(0.0, 0.01, 20001)
    whole = cell.fields(everywhere, 0.0)
    for name, mean in (("x_A", 0.4), ("x_B", 0.3)):
        moles = np.trapezoid((whole[name] - mean) / whole["T"], everywhere)
        assert abs(moles) < 1e-10 * np.trapezoid(mean / whole["T"], everywhere)


def test_ternary_cell_objects():
    assert "leaves nothing of C" in issue_texts(TernarySoretCell(**{**CELL, "A_mean": 0.8}))[0]
    assert "breaks the second law" in issue_texts(TernarySoretCell(**{**CELL, "L_qA": 1.0}))[0]
