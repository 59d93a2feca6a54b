"""A reversible reaction in a slab against a boundary-value solution, and at equilibrium."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.isomerisation import Isomerisation
from scipy.integrate import solve_bvp

TUBE = {
    "concentration": 24.4,
    "diffusivity": 2e-5,
    "k_forward": 0.15,
    "k_backward": 0.05,
    "length": 0.02,
    "x_left": 0.9,
    "x_right": 0.1,
}


@pytest.mark.parametrize("changes", [{}, {"k_backward": 0.0}, {"k_forward": 2.0, "x_left": 0.1, "x_right": 0.7}])
def test_isomerisation(changes):
    tube = Isomerisation(**{**TUBE, **changes})
    L, psi, x_e = tube.length, tube.modulus, tube.equilibrium
    s = np.linspace(0.0, 1.0, 101)
    found = solve_bvp(
        lambda s, y: np.stack(
            [y[1], L**2 / tube.diffusivity * (tube.k_forward * y[0] - tube.k_backward * (1.0 - y[0]))]
        ),
        lambda a, b: np.array([a[0] - tube.x_left, b[0] - tube.x_right]),
        s,
        np.full((2, s.size), 0.5),
        tol=1e-9,
        max_nodes=50000,
    )
    assert found.success and psi > 0.0 and 0.0 <= x_e < 1.0
    np.testing.assert_allclose(tube.fields(s * L, 0.0)["x_A"], found.sol(s)[0], rtol=0, atol=1e-8)
    unit = -tube.concentration * tube.diffusivity / L
    exact = tube.observables()
    assert exact["N_A_left"] == pytest.approx(unit * found.y[1, 0], rel=1e-7)
    assert exact["N_A_right"] == pytest.approx(unit * found.y[1, -1], rel=1e-7)


def test_at_equilibrium_nothing_flows():
    exact = Isomerisation(**{**TUBE, "x_left": 0.25, "x_right": 0.25}).observables()
    assert exact == {"N_A_left": pytest.approx(0.0, abs=1e-17), "N_A_right": pytest.approx(0.0, abs=1e-17)}
