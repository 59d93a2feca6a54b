"""Diffusion with reaction, against numerical boundary-value solutions of  (r^s x')' = r^s psi^2 (x - x_e)."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.isomerisation import Isomerisation
from fvtransport.plugins.solutions.thiele import Thiele
from scipy.integrate import solve_bvp

GRAIN = {"concentration": 24.4, "diffusivity": 4e-6, "rate_constant": 9.0, "radius": 2e-3, "x_surface": 0.8}
TUBE = {
    "concentration": 24.4,
    "diffusivity": 2e-5,
    "k_forward": 0.15,
    "k_backward": 0.05,
    "length": 0.02,
    "x_left": 0.9,
    "x_right": 0.1,
}


@pytest.mark.parametrize("rate", [0.02, 9.0, 100.0])
@pytest.mark.parametrize(("shape", "sides"), [("slab", 1), ("cylinder", 2), ("sphere", 3)])
def test_thiele(shape, sides, rate):
    body = Thiele(shape=shape, **{**GRAIN, "rate_constant": rate})
    phi = body.modulus
    assert phi == pytest.approx(2e-3 * np.sqrt(rate / 4e-6))
    # the flow w = r^s x' starts at zero on the axis, where x' = phi^2 x r/(s + 1)
    s = np.linspace(1e-6, 1.0, 101)
    found = solve_bvp(
        lambda r, y: np.stack([y[1] / r ** (sides - 1), phi**2 * r ** (sides - 1) * y[0]]),
        lambda a, b: np.array([a[1] - phi**2 * a[0] * s[0] ** sides / sides, b[0] - 0.8]),
        s,
        np.stack([np.full(s.size, 0.5), s**sides]),
        tol=1e-9,
        max_nodes=100000,
    )
    assert found.success
    np.testing.assert_allclose(body.fields(s * 2e-3, 0.0)["x_A"], found.sol(s)[0], rtol=0, atol=2e-8)
    exact = body.observables()
    assert exact["centre"] == pytest.approx(found.y[0, 0], rel=1e-6)
    assert exact["N_A"] == pytest.approx(-24.4 * 4e-6 / 2e-3 * found.y[1, -1], rel=1e-6)
    assert exact["effectiveness"] == pytest.approx(sides * found.y[1, -1] / (phi**2 * 0.8), rel=1e-6)


def test_slow_reaction_uses_all_of_the_body_and_a_fast_one_its_skin():
    for shape, sides in (("slab", 1.0), ("cylinder", 2.0), ("sphere", 3.0)):
        slow, fast = (Thiele(shape=shape, **{**GRAIN, "rate_constant": rate}) for rate in (1e-6, 1e6))
        assert slow.effectiveness == pytest.approx(1.0, abs=1e-6)
        assert fast.effectiveness * fast.modulus == pytest.approx(sides, rel=2e-3)
        assert np.all(np.isfinite(fast.fields(np.linspace(0.0, 2e-3, 11), 0.0)["x_A"]))


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
