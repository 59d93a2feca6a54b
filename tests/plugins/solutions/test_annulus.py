"""Conduction through a ring: its equation, its boundaries and its flow."""

import numpy as np
import pytest
import sympy
from fvtransport.plugins.solutions.annulus import Annulus

from tests.tools.issues import issue_texts


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
