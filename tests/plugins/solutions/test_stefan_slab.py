"""A reaction that changes the moles in a slab, against boundary-value solutions, another quadrature and limits."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.stefan_slab import StefanSlab
from scipy.integrate import quad, solve_bvp

from tests.tools.issues import issue_texts

SLAB = {"concentration": 24.4, "diffusivity": 4e-6, "length": 2e-3, "x_mouth": 1.0}


def slab(phi: float, **changes) -> StefanSlab:
    given = {**SLAB, **changes}
    return StefanSlab(**given, rate_constant=phi**2 * given["diffusivity"] / given["length"] ** 2)


@pytest.mark.parametrize(
    ("phi", "products", "x"), [(1, 2, 1), (3, 2, 1), (10, 2, 1), (0.05, 2, 1), (3, 0.5, 0.9), (3, 4, 0.3), (2, 1, 1)]
)
def test_stefan_slab_against_boundary_values(phi, products, x):
    """x and N_A from  x' = -N (1 + m x),  N' = -phi^2 x."""
    body = slab(phi, products=products, x_mouth=x)
    s, m = np.linspace(0.0, 1.0, 400) ** 2, products - 1.0
    start = np.stack([x * np.exp(-phi * s), phi * x * np.exp(-phi * s)])
    found = solve_bvp(
        lambda z, y: np.stack([-y[1] * (1.0 + m * y[0]), -(phi**2) * y[0]]),
        lambda a, b: np.array([a[0] - x, b[1]]), s, start, tol=1e-11, max_nodes=100000,
    )  # fmt: skip
    assert found.success and issue_texts(body) == []
    exact = body.observables()
    assert exact["effectiveness"] == pytest.approx(found.y[1, 0] / (phi**2 * x), rel=1e-9)
    assert exact["N_A"] == pytest.approx(24.4 * 4e-6 / 2e-3 * found.y[1, 0], rel=1e-9)
    assert body.x_end == pytest.approx(found.y[0, -1], rel=1e-7)
    z = np.linspace(0.0, 1.0, 23)
    np.testing.assert_allclose(body.fields(z * 2e-3, 0.0)["x_A"], found.sol(z)[0], rtol=0, atol=1e-9)


@pytest.mark.parametrize("phi", [1.0, 3.0])
def test_stefan_slab_by_another_quadrature(phi):
    """The integral over u as it stands, by an adaptive rule; d = u - a, with the singularity taken out by d = s^2."""
    exact = slab(phi).observables()
    a = float(np.log1p(slab(phi).x_end))

    def rise(d):
        return np.exp(a) * np.expm1(d) - d

    def slope(s):
        return 2.0 * s / np.sqrt(2.0 * rise(s * s)) if s else np.sqrt(2.0 / np.expm1(a))

    across = quad(slope, 0.0, np.sqrt(np.log(2.0) - a), epsabs=1e-13)[0]
    assert across == pytest.approx(phi, rel=1e-10)
    assert exact["effectiveness"] == pytest.approx(np.sqrt(2.0 * rise(np.log(2.0) - a)) / phi, rel=1e-12)


def test_stefan_slab_in_the_limits():
    assert slab(0.02).observables()["effectiveness"] == pytest.approx(1.0 - (1.0 + 1.0) * 0.02**2 / 3.0, abs=1e-6)
    for phi in (20.0, 300.0):
        assert slab(phi).observables()["effectiveness"] == pytest.approx(
            np.sqrt(2.0 * (1.0 - np.log(2.0))) / phi, rel=1e-8
        )
    equal = slab(3.0, products=1.0)
    assert equal.observables()["effectiveness"] == pytest.approx(np.tanh(3.0) / 3.0, rel=1e-12)
    near = slab(3.0, products=1.0 + 1e-9)
    assert near.observables()["effectiveness"] == pytest.approx(np.tanh(3.0) / 3.0, rel=1e-8)
    dilute = slab(3.0, x_mouth=1e-7)
    assert dilute.observables()["effectiveness"] == pytest.approx(np.tanh(3.0) / 3.0, rel=1e-6)
    assert "Thiele modulus" in issue_texts(slab(1e4))[0]
