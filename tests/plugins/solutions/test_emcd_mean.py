"""Equimolar counterdiffusion of imposed fluxes: its flux, its mean and what it refuses."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.emcd_mean import EmcdMean

from tests.tools.issues import issue_texts

C, D, L = 40.87, 1.65e-5, 0.1
UNIT = C * D / L


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
