"""Contact resistance: a jump in proportion to the flux, and the entropy that it produces."""

import math

import pytest
from fvtransport.plugins import handles as q
from fvtransport.plugins.interfaces.contact_resistance import ContactResistance

from fvtransport import Constant, Context
from tests.tools.views import R, between, binary, gas, medium

CONTACT = ContactResistance(resistance=Constant(value=0.02))
MEDIUM = medium(binary())


@pytest.mark.parametrize(("flux", "left_over"), [(500.0, 0.0), (400.0, 2.0)])
def test_the_jump_is_the_resistance_times_the_flux(flux, left_over):
    """0.02 m^2 K/W: 10 K at 500 W/m^2."""
    view = between(MEDIUM, [310.0, 0.3], [300.0, 0.3], [flux, 0.0])
    assert CONTACT.residual(view)[0] == pytest.approx(left_over, abs=1e-12)


def test_heat_through_a_jump_produces_entropy():
    view = between(MEDIUM, [310.0, 0.3], [300.0, 0.3], [500.0, 0.0])
    assert CONTACT.entropy_production(view)[0] == pytest.approx(500.0 * (1 / 300 - 1 / 310), rel=1e-12)


def test_diffusion_through_a_jump_of_an_ideal_mixture_produces_entropy():
    """J R ln[(0.6/0.4)/(0.2/0.8)]."""
    view = between(MEDIUM, [300.0, 0.6], [300.0, 0.2], [0.0, 0.5], row=1)
    assert CONTACT.entropy_production(view)[0] == pytest.approx(0.5 * R * math.log(6.0), rel=1e-12)


def test_a_temperature_jump_where_enthalpy_flows_is_refused():
    hot = gas(molar_heat_capacity=29.0)
    (issue,) = CONTACT.validate(Context(mixture=hot, field=q.temperature))
    assert issue.is_mistake and "enthalpy" in issue.text
    assert not list(CONTACT.validate(Context(mixture=binary(), field=q.temperature)))
