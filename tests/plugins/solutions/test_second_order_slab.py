"""A second-order reaction in a slab, against boundary-value solutions and an elliptic integral."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.second_order_slab import SecondOrderSlab
from scipy.integrate import solve_bvp
from scipy.special import ellipkinc

SLAB = {"concentration": 24.4, "diffusivity": 4e-6, "length": 2e-3, "x_mouth": 1.0}


@pytest.mark.parametrize("phi", [0.1, 1.0, 6.0, 30.0])
def test_second_order_slab(phi):
    body = SecondOrderSlab(**{**SLAB, "x_mouth": 0.8}, rate_constant=phi**2 * 4e-6 / (2.0 * 24.4 * 0.8 * 2e-3**2))
    assert body.modulus == pytest.approx(phi, rel=1e-14)
    s = np.linspace(0.0, 1.0, 400) ** 2
    start = np.stack([np.ones_like(s), np.zeros_like(s)])
    found = solve_bvp(
        lambda z, y: np.stack([y[1], phi**2 * y[0] ** 2]), lambda a, b: np.array([a[0] - 1.0, b[1]]), s, start,
        tol=1e-11, max_nodes=100000,
    )  # fmt: skip
    assert found.success
    exact = body.observables()
    assert exact["effectiveness"] == pytest.approx(-found.y[1, 0] / phi**2, rel=1e-9)
    assert exact["x_end"] == pytest.approx(0.8 * found.y[0, -1], rel=1e-9)
    assert exact["N_A"] == pytest.approx(-24.4 * 0.8 * 4e-6 / 2e-3 * found.y[1, 0], rel=1e-9)
    z = np.linspace(0.0, 1.0, 23)
    np.testing.assert_allclose(body.fields(z * 2e-3, 0.0)["x_A"], 0.8 * found.sol(z)[0], rtol=0, atol=1e-9)


def test_second_order_slab_by_an_elliptic_integral():
    """The integral of dy/sqrt(y^3 - a^3) from a to 1, by Legendre's form:  cos(theta) = (1 +
    sqrt(3) - Y)/(Y - 1 + sqrt(3)).
    """
    body = SecondOrderSlab(**{**SLAB, "x_mouth": 0.8}, rate_constant=1.0)
    top, a = np.sqrt(3.0), body.observables()["x_end"] / 0.8
    theta = np.arccos((1.0 + top - 1.0 / a) / (1.0 / a - 1.0 + top))
    integral = ellipkinc(theta, (2.0 - top) / 4.0) / (3.0**0.25 * np.sqrt(a))
    assert np.sqrt(1.5) * integral == pytest.approx(body.modulus, rel=1e-10)
