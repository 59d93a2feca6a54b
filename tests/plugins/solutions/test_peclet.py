"""Closed forms with advection, a degenerate diffusivity or two dimensions, put into their own equations."""

import numpy as np
import pytest
import sympy
from fvtransport.plugins.solutions.annulus import Annulus
from fvtransport.plugins.solutions.peclet import Peclet
from fvtransport.plugins.solutions.porous_medium import PorousMedium
from fvtransport.plugins.solutions.standing_waves import StandingWaves
from scipy.integrate import quad, solve_bvp

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


def test_porous_medium_solves_its_equation():
    x, t, mass = sympy.symbols("x t M", positive=True)
    u = t ** sympy.Rational(-1, 3) * ((9 * mass) ** sympy.Rational(2, 3) / 12 - x**2 / (12 * t ** sympy.Rational(2, 3)))
    assert sympy.simplify(sympy.diff(u, t) - sympy.diff(u**2, x, 2)) == 0
    numeric = sympy.lambdify((x, t, mass), u)
    solution = PorousMedium(mass=0.7, middle=2.0)
    for time in (0.1, 1.0):
        r = np.linspace(0.0, 0.999 * solution.front(time), 11)
        np.testing.assert_allclose(solution.fields(2.0 + r, time)["x_A"], numeric(r, time, 0.7), rtol=1e-12)
        np.testing.assert_allclose(solution.fields(2.0 - r, time)["x_A"], numeric(r, time, 0.7), rtol=1e-12)


@pytest.mark.parametrize("time", [0.1, 1.0, 7.0])
def test_porous_medium_keeps_its_mass_inside_its_front(time):
    solution = PorousMedium(mass=1.3, middle=5.0, times=(time,))
    (front,), (centre,) = solution.observables()["front"], solution.observables()["centre"]
    held = quad(lambda x: float(solution.fields(np.array(x), time)["x_A"]), 5.0 - front, 5.0 + front)[0]
    assert held == pytest.approx(1.3, rel=1e-10)
    inside, outside = solution.fields(5.0 + front * np.array([0.9999, 1.0001]), time)["x_A"]
    assert inside > 0.0 and outside == 0.0
    assert solution.fields(np.array([5.0]), time)["x_A"][0] == pytest.approx(centre, rel=1e-14)


def test_porous_medium_of_unit_mass():
    exact = PorousMedium(times=(1.0,)).observables()
    assert exact["front"] == [pytest.approx(9.0 ** (1.0 / 3.0), rel=1e-15)]
    assert exact["centre"] == [pytest.approx((3.0 / (4.0 * 12.0**0.5)) ** (2.0 / 3.0), rel=1e-14)]


def test_standing_waves_need_the_stated_sources_and_fluxes():
    names = "x y W H T_0 x_0 a b c D kappa D_T"
    x, y, W, H, T_0, x_0, a, b, c, D, kappa, D_T = sympy.symbols(names, positive=True)
    k, l = sympy.pi / W, sympy.pi / H
    T, X = T_0 + a * sympy.sin(k * x) * sympy.sin(l * y), x_0 + b * sympy.cos(k * x) * sympy.cos(l * y)
    both_sin, both_cos = sympy.sin(k * x) * sympy.sin(l * y), sympy.cos(k * x) * sympy.cos(l * y)
    dufour, soret = c * T_0**2 * D_T, c * x_0 * (1 - x_0) * D_T

    def heat(axis):
        return -kappa * sympy.diff(T, axis) - dufour * sympy.diff(X, axis)

    def moles(axis):
        return -c * D * sympy.diff(X, axis) - soret * sympy.diff(T, axis)

    sources = [kappa * a * both_sin + dufour * b * both_cos, c * D * b * both_cos + soret * a * both_sin]
    for flux, source in zip((heat, moles), sources):
        assert sympy.simplify(sympy.diff(flux(x), x) + sympy.diff(flux(y), y) - (k**2 + l**2) * source) == 0
    assert sympy.simplify(moles(y).subs(y, H) - soret * a * l * sympy.sin(k * x)) == 0
    assert sympy.simplify(-moles(y).subs(y, 0) - soret * a * l * sympy.sin(k * x)) == 0
    values = {W: 2.0, H: 1.0, T_0: 1.5, x_0: 0.4, a: 0.2, b: 0.3, c: 1.5, D: 0.7, kappa: 1.2, D_T: 0.5}
    given = {"concentration": 1.5, "conductivity": 1.2, "thermal_diffusion_coefficient": 0.5}
    waves = StandingWaves(width=2.0, height=1.0, T_0=1.5, x_0=0.4, a=0.2, b=0.3, **given)
    exact = waves.observables()
    top, left = heat(y).subs(y, H).subs(values), -moles(x).subs(x, 0).subs(values)
    assert exact["heat_top"] == pytest.approx(float(sympy.integrate(top, (x, 0, 2.0))), rel=1e-12)
    assert exact["A_left"] == pytest.approx(float(sympy.integrate(left, (y, 0, 1.0))), rel=1e-12)
    position = np.array([[0.3, 1.7], [0.2, 0.9], [0.0, 0.0]])
    for i, field in enumerate((T, X)):
        wanted = [float(field.subs(values).subs({x: px, y: py})) for px, py, _ in position.T]
        np.testing.assert_allclose(waves.fields(position, 0.0)[("T", "x_A")[i]], wanted, rtol=1e-14)


def test_annulus():
    ring = Annulus(inner_radius=1.0, outer_radius=3.0, T_inner=2.0, T_outer=1.0, conductivity=0.7, angle=np.pi / 2)
    x, y = sympy.symbols("x y", positive=True)
    T = 2 - sympy.log(sympy.sqrt(x**2 + y**2)) / sympy.log(3)
    assert sympy.simplify(sympy.diff(T, x, 2) + sympy.diff(T, y, 2)) == 0
    position = np.array([[1.0, 0.0, 1.2], [0.0, 3.0, 1.6], [0.0, 0.0, 0.0]])
    found = ring.fields(position, 0.0)["T"]
    np.testing.assert_allclose(found, [2.0, 1.0, float(T.subs({x: 1.2, y: 1.6}))], rtol=1e-14)
    slope = float(sympy.diff(T, x).subs({x: 2.0, y: 0}))
    assert ring.observables()["Q"] == pytest.approx(-0.7 * slope * 2.0 * np.pi / 2, rel=1e-12)
    assert issue_texts(Annulus(inner_radius=3.0, outer_radius=3.0, T_inner=2.0, T_outer=1.0, conductivity=0.7))
