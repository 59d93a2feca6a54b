"""Closed forms of the Dufour effect and of the ternary cell, each by another route."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.solutions.dufour_cosine import DufourCosine
from scipy.integrate import dblquad
from scipy.linalg import expm
from scipy.optimize import minimize_scalar

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
