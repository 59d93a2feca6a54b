"""Standing waves against the sources and fluxes that the laws need for them."""

import numpy as np
import pytest
import sympy
from fvtransport.plugins.solutions.standing_waves import StandingWaves


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
