"""The closed forms of Stefan flow against boundary-value solutions, integration in time and other quadratures."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.arnold import Arnold
from fvtransport.plugins.solutions.second_order_slab import SecondOrderSlab
from fvtransport.plugins.solutions.stagnant_film import StagnantFilm
from fvtransport.plugins.solutions.stefan_slab import StefanSlab
from fvtransport.plugins.solutions.stefan_tube import StefanTube
from scipy.integrate import quad, solve_bvp, solve_ivp
from scipy.special import ellipkinc

from tests.tools.issues import issue_texts

TUBE = {"concentration": 40.0, "diffusivity": 2e-5, "length": 0.1, "x_left": 0.9, "x_right": 0.0}
R = 8.31446261815324


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


def test_stagnant_film_of_one_vapour_is_the_tube():
    film = StagnantFilm(
        species=("A", "B"), stagnant="B", diffusivities={"A-B": 2e-5}, temperature=300.0, pressure=40.0 * R * 300.0,
        length=0.1, x_left=(0.9, 0.1), x_right=(0.0, 1.0),
    )  # fmt: skip
    z = np.linspace(0.0, 0.1, 11)
    assert film.observables() == pytest.approx(StefanTube(**TUBE).observables(), rel=1e-11)
    np.testing.assert_allclose(film.fields(z, 0.0)["x_A"], StefanTube(**TUBE).fields(z, 0.0)["x_A"], rtol=0, atol=1e-13)


ACETONE = {
    "species": ("acetone", "methanol", "air"),
    "stagnant": "air",
    "temperature": 328.5,
    "pressure": 99.4e3,
    "length": 0.238,
    "diffusivities": {"acetone-methanol": 8.48e-6, "acetone-air": 13.72e-6, "methanol-air": 19.91e-6},
    "x_left": (0.319, 0.528, 0.153),
    "x_right": (0.0, 0.0, 1.0),
}


def test_acetone_and_methanol_by_shooting():
    film = StagnantFilm(**ACETONE)
    c = 99.4e3 / (R * 328.5)
    D12, D13, D23 = film.diffusivities.values()
    N1, N2 = film.observables().values()

    def rates(z, x):
        air = 1.0 - x[0] - x[1]
        friction = (x[0] * N2 - x[1] * N1) / (c * D12)
        return [friction - air * N1 / (c * D13), -friction - air * N2 / (c * D23)]

    found = solve_ivp(rates, (0.0, 0.238), [0.319, 0.528], "DOP853", rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(found.y[:, -1], 0.0, rtol=0, atol=1e-10)
    # ln x_air rises by L sum N_j/(c D_j,air), whatever the drag between the vapours
    assert 0.238 / c * (N1 / D13 + N2 / D23) == pytest.approx(-np.log(0.153), rel=1e-12)


def test_stagnant_film_objects():
    (found,) = issue_texts(StagnantFilm(**{**ACETONE, "stagnant": "oxygen"}))
    assert "oxygen" in found
    (found,) = issue_texts(StagnantFilm(**{**ACETONE, "x_left": (0.4, 0.6, 0.0)}))
    assert "vanishes" in found


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


@pytest.mark.parametrize("x_surface", [1e-6, 0.1, 0.5, 0.9, 0.999])
def test_arnold_keeps_its_balance(x_surface):
    """x as given satisfies  x_t + v x_z = D x_zz  with  v = w sqrt(D/t),  and the wall  N_A = -c D x_z/(1 - x_0)."""
    tube = Arnold(concentration=40.0, diffusivity=2e-5, x_surface=x_surface, times=(3.0, 50.0))
    exact = tube.observables()
    t, step, z = 50.0, 1e-5, np.linspace(0.0, 0.12, 13)
    x = {(i, j): tube.fields(z + i * step, t * (1.0 + j * 1e-4))["x_A"] for i in (-2, -1, 0, 1, 2) for j in (-1, 0, 1)}
    rate = (x[0, 1] - x[0, -1]) / (2e-4 * t)
    slope = (8.0 * (x[1, 0] - x[-1, 0]) - (x[2, 0] - x[-2, 0])) / (12.0 * step)
    bend = (x[1, 0] - 2.0 * x[0, 0] + x[-1, 0]) / step**2
    v = exact["N_A"][1] / 40.0
    np.testing.assert_allclose(rate + v * slope, 2e-5 * bend, rtol=0, atol=2e-5 * np.abs(rate).max())
    assert tube.fields(np.zeros(1), t)["x_A"][0] == pytest.approx(x_surface, rel=1e-13)
    assert exact["N_A"][1] == pytest.approx(-40.0 * 2e-5 * slope[0] / (1.0 - x_surface), rel=1e-8)
    assert exact["evaporated"] == pytest.approx(
        quad(lambda t: tube.speed * 40.0 * np.sqrt(2e-5 / t), 0.0, 50.0)[0], rel=1e-9
    )


def test_arnold_against_boundary_values():
    """In the similarity variable  Z = z/sqrt(4 D t):  x'' + 2 (Z - w) x' = 0,  2 w (1 - x_0) = -x'(0)."""
    tube = Arnold(concentration=40.0, diffusivity=2e-5, x_surface=0.5)
    Z = np.linspace(0.0, 7.0, 400)
    found = solve_bvp(
        lambda Z, y, p: np.stack([y[1], -2.0 * (Z - p[0]) * y[1]]),
        lambda a, b, p: np.array([a[0] - 0.5, b[0], 2.0 * p[0] * 0.5 + a[1]]),
        Z, np.stack([0.5 * np.exp(-Z), -0.5 * np.exp(-Z)]), p=[0.3], tol=1e-10, max_nodes=50000,
    )  # fmt: skip
    assert found.success
    assert tube.speed == pytest.approx(found.p[0], rel=1e-9)
    np.testing.assert_allclose(
        tube.fields(Z * np.sqrt(4.0 * 2e-5 * 9.0), 9.0)["x_A"], found.sol(Z)[0], rtol=0, atol=1e-9
    )


def test_arnold_in_the_limits():
    dilute = Arnold(concentration=40.0, diffusivity=2e-5, x_surface=1e-7, times=(4.0,)).observables()
    assert dilute["evaporated"] == pytest.approx(2e-7 * 40.0 * np.sqrt(2e-5 * 4.0 / np.pi), rel=1e-6)
    speeds = [Arnold(concentration=1.0, diffusivity=1.0, x_surface=x).speed for x in (0.25, 0.5, 0.75, 0.9999)]
    assert np.all(np.diff(speeds) > 0.0)
