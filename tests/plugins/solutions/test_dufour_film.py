"""A film at one temperature: fluxes of Fick and Dufour."""

from __future__ import annotations

import pytest
from fvtransport.plugins.solutions.dufour_film import DufourFilm

R, P, T0, D, KAPPA, ALPHA, CP, L = 8.31446261815324, 101325.0, 300.0, 7.8e-5, 0.08, -0.30, 29.1, 0.1
C = P / (R * T0)


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
