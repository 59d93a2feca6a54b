"""The Stefan tube against boundary-value solutions and its limits."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.stefan_tube import StefanTube
from scipy.integrate import solve_bvp

from tests.tools.issues import issue_texts

TUBE = {"concentration": 40.0, "diffusivity": 2e-5, "length": 0.1, "x_left": 0.9, "x_right": 0.0}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"flux_ratio": -2.0},
        {"flux_ratio": -1.0},
        {"flux_ratio": -0.3, "x_left": 0.1, "x_right": 0.8},
        {"x_left": 0.99},
    ],
)
def test_tube_against_boundary_values(changes):
    tube = StefanTube(**{**TUBE, **changes})
    convective_flux, s = 1.0 + tube.flux_ratio, np.linspace(0.0, 1.0, 101)

    def rates(z, y):
        return np.stack([-y[1] * (1.0 - convective_flux * y[0]), np.zeros_like(z)])

    start = np.stack([tube.x_left + (tube.x_right - tube.x_left) * s, np.full(s.size, tube.x_left - tube.x_right)])

    def ends(a, b):
        return np.array([a[0] - tube.x_left, b[0] - tube.x_right])

    found = solve_bvp(rates, ends, s, start, tol=1e-11, max_nodes=50000)
    assert found.success and issue_texts(tube) == []
    assert tube.observables()["N_A"] == pytest.approx(found.y[1, 0] * 40.0 * 2e-5 / 0.1, rel=1e-9)
    np.testing.assert_allclose(tube.fields(s * 0.1, 0.0)["x_A"], found.sol(s)[0], rtol=0, atol=1e-9)


def test_tube_in_the_limits():
    dilute = {"x_left": 1e-7, "x_right": 0.0}
    straight = 40.0 * 2e-5 / 0.1 * 1e-7
    assert StefanTube(**{**TUBE, **dilute}).observables()["N_A"] == pytest.approx(straight, rel=1e-6)
    assert StefanTube(**{**TUBE, "flux_ratio": -1.0 + 1e-9}).observables()["N_A"] == pytest.approx(7.2e-3, rel=1e-8)
    assert StefanTube(**{**TUBE, "x_left": 0.999999}).observables()["N_A"] == pytest.approx(
        8e-3 * 6.0 * np.log(10.0), rel=1e-10
    )
    (found,) = issue_texts(StefanTube(**{**TUBE, "x_left": 1.0}))
    assert "no bound" in found
    assert issue_texts(StefanTube(**{**TUBE, "x_left": 1.0, "flux_ratio": -2.0})) == []
