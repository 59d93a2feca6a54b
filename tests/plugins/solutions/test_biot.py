"""The series of a body with a film against Galerkin's method and matrix exponentials."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.biot import Biot
from scipy.linalg import eigh

TIMES = (0.05, 0.2, 1.0)


def galerkin(shape: str, biot: float, t: float, x: np.ndarray) -> tuple[np.ndarray, float]:
    """u at x, and its mean, by Legendre polynomials in x^2 with the weight of the volume."""
    power = {"slab": 0, "cylinder": 1, "sphere": 2}[shape]
    nodes, weights = np.polynomial.legendre.leggauss(120)
    r, w = 0.5 * (1.0 + nodes), 0.5 * weights * (0.5 * (1.0 + nodes)) ** power
    basis = [np.polynomial.Legendre.basis(n) for n in range(32)]
    values = np.array([each(2.0 * r**2 - 1.0) for each in basis])
    slopes = np.array([each.deriv()(2.0 * r**2 - 1.0) * 4.0 * r for each in basis])
    mass, stiff = values * w @ values.T, slopes * w @ slopes.T + biot  # every polynomial is 1 at the surface
    decay, modes = eigh(stiff, mass)
    start = np.eye(32)[0]
    now = modes @ (np.exp(-decay * t) * (modes.T @ mass @ start))
    mean = float(now @ values @ w / w.sum())
    return now @ np.array([each(2.0 * x**2 - 1.0) for each in basis]), mean


@pytest.mark.parametrize("biot", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("shape", ["slab", "cylinder", "sphere"])
def test_biot(shape, biot):
    body, x = Biot(shape=shape, biot=biot, times=TIMES), np.linspace(0.0, 1.0, 21)
    exact = body.observables()
    for i, t in enumerate(TIMES):
        u, mean = galerkin(shape, biot, t, x)
        np.testing.assert_allclose(body.fields(x, t)["x_A"], u, rtol=0, atol=1e-8)
        assert [exact[name][i] for name in ("centre", "surface", "mean")] == pytest.approx(
            [u[0], u[-1], mean], abs=1e-8
        )


@pytest.mark.parametrize("shape", ["slab", "cylinder", "sphere"])
def test_biot_begins_at_one_and_misses_no_root(shape):
    body = Biot(shape=shape, biot=1.0)
    np.testing.assert_allclose(body.fields(np.linspace(0.0, 0.7, 9), 2e-3)["x_A"], 1.0, rtol=0, atol=1e-6)
    assert np.all(body.fields(np.array([0.0, 1.0]), 0.0)["x_A"] == 1.0)
    assert np.all(np.abs(np.diff(body._roots) - np.pi) < 0.8)
