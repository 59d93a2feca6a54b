"""The Dufour effect at one face: q' = -c R T^2 D'' grad x_A."""

import pytest
from fvtransport.plugins.handles import dufour_coefficient, energy
from fvtransport.plugins.laws.dufour import Dufour

from fvtransport import Context
from tests.tools.views import R, binary, face, gas, medium


@pytest.mark.parametrize("coefficient", [2e-8, -2e-8])
def test_heat_flows_down_the_mole_fraction(coefficient):
    """c = 40 mol/m^3, T = 310 K in the middle, grad x_A = 0.8/m."""
    view = face(medium(binary(40.0), {dufour_coefficient: coefficient}), [300.0, 0.2], [320.0, 0.6], 0.5)
    found = Dufour().flux(view)
    assert list(found) == [energy]
    assert found[energy][0] == pytest.approx(-40.0 * R * 310.0**2 * coefficient * 0.8, rel=1e-13)


def test_it_is_a_law_of_two_species_with_a_temperature():
    (issue,) = Dufour().validate(Context(mixture=gas(species=("A", "B", "C"), molar_heat_capacity=29.0)))
    assert issue.is_mistake and "the mixture has 3" in issue.text
    (issue,) = Dufour().validate(Context(mixture=binary(temperature=300.0)))
    assert not issue.is_mistake and "no effect" in issue.text
