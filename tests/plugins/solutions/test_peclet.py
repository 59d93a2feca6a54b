"""Convection and diffusion along a line, at any speed."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.peclet import Peclet
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

TUBE = {"concentration": 40.0, "diffusivity": 2e-5, "length": 0.1, "x_left": 0.2, "x_right": 0.8}


@pytest.mark.parametrize("Pe", [-30.0, -1.0, 1e-3, 2.0, 20.0])
def test_peclet(Pe):
    tube = Peclet(**TUBE, velocity=Pe * 2e-5 / 0.1)
    s = np.linspace(0.0, 1.0, 201)
    found = solve_bvp(
        lambda s, y: np.stack([y[1], Pe * y[1]]),
        lambda a, b: np.array([a[0] - 0.2, b[0] - 0.8]),
        s,
        np.stack([0.2 + 0.6 * s, np.full(s.size, 0.6)]),
        tol=1e-10,
        max_nodes=50000,
    )
    np.testing.assert_allclose(tube.fields(0.1 * s, 0.0)["x_A"], found.sol(s)[0], rtol=0, atol=1e-9)
    flux = 40.0 * 2e-5 / 0.1 * (Pe * found.y[0, 0] - found.y[1, 0])
    assert tube.observables()["N_A"] == pytest.approx(flux, rel=1e-7, abs=1e-12)


def test_peclet_at_any_speed():
    for Pe in (-5000.0, 5000.0):
        tube = Peclet(**TUBE, velocity=Pe * 2e-5 / 0.1)
        x = tube.fields(np.linspace(0.0, 0.1, 11), 0.0)["x_A"]
        assert np.all((x >= 0.2) & (x <= 0.8)) and x[0] == 0.2 and x[-1] == 0.8
        upstream = 0.2 if Pe > 0 else 0.8
        assert tube.observables()["N_A"] == pytest.approx(40.0 * Pe * 2e-4 * upstream, rel=1e-12)
    assert issue_texts(Peclet(**TUBE, velocity=0.0))
