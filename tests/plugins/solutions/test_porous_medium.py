"""Barenblatt's profile solves its equation and keeps its mass."""

import numpy as np
import pytest
import sympy
from fvtransport.plugins.solutions.porous_medium import PorousMedium
from scipy.integrate import quad


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
