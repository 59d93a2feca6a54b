"""Diffusion with reaction, against numerical boundary-value solutions of  (r^s x')' = r^s psi^2 (x - x_e)."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.thiele import Thiele
from scipy.integrate import solve_bvp

GRAIN = {"concentration": 24.4, "diffusivity": 4e-6, "rate_constant": 9.0, "radius": 2e-3, "x_surface": 0.8}


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
