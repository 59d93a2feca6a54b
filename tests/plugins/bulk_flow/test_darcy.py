"""Darcy's law: N = -(c B/mu) grad p, and where it is used beyond the continuum."""

import math

import pytest
from fvtransport.plugins.bulk_flow.darcy import Darcy
from fvtransport.plugins.handles import diffusivity, permeability, viscosity

from fvtransport import Context
from tests.tools.views import R, cells, flux_face, gas, medium

GIVEN = {permeability: 3e-14, viscosity: 2e-5, diffusivity: 1e-5}
GAS = gas(temperature=300.0, molar_masses={"A": 0.004, "B": 0.004}, bulk_flow=Darcy())
VIEW = flux_face(medium(GAS, GIVEN), [0.2, 1.2e5], [0.6, 1.0e5], [0.0, 0.0], distance=0.5)


def test_the_flux_is_down_the_pressure():
    """c = 1.1e5/(R 300) mol/m^3 in the middle; grad p = -4e4 Pa/m; B/mu = 1.5e-9 m^2/Pa/s."""
    assert Darcy().total_flux(VIEW)[0] == pytest.approx(1.1e5 / (R * 300.0) * 1.5e-9 * 4e4, rel=1e-13)


def test_what_it_convects_is_fitted_to_the_peclet_number():
    """Upwind weight coth(Pe/2) - 2/Pe at Pe = N dx/(c D)."""
    total = 1e-3
    peclet = total * 0.5 / (1.1e5 / (R * 300.0) * 1e-5)
    weight = 1.0 / math.tanh(0.5 * peclet) - 2.0 / peclet
    assert Darcy().upwind_flux(VIEW, total)[0] == pytest.approx(total * weight, rel=1e-12)


@pytest.mark.parametrize(("width", "warns"), [(1e-3, False), (1e-7, True)])
def test_fine_pores_are_warned_about(width, warns):
    """l = (mu/p) sqrt(pi R T/(2 M)) = 2e-7 m: Kn is 2e-4 or 2."""
    context = Context(mixture=GAS, state=cells(medium(GAS, GIVEN), [0.2, 1e5]))
    found = list(Darcy(pore_diameter=width).validate(context))
    assert bool(found) == warns and not any(issue.is_mistake for issue in found)
    if warns:
        path = 2e-5 / 1e5 * math.sqrt(math.pi * R * 300.0 / (2.0 * 0.004))
        assert f"Knudsen number {path / width:.2g}" in found[0].text
