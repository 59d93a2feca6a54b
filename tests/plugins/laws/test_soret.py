"""Thermal diffusion at one face: J_A = -c x_A x_B D' grad T."""

import pytest
from fvtransport.plugins.handles import thermal_diffusion_coefficient
from fvtransport.plugins.laws.soret import Soret

from fvtransport import Context
from tests.tools.views import binary, face, medium

MIXTURE = binary(40.0)
A = MIXTURE.mole_fractions[0]


@pytest.mark.parametrize("coefficient", [3e-8, -3e-8])
def test_a_positive_coefficient_drives_the_first_species_to_the_cold_side(coefficient):
    """x_A x_B = 0.4 * 0.6 in the middle, grad T = 40 K/m."""
    view = face(medium(MIXTURE, {thermal_diffusion_coefficient: coefficient}), [300.0, 0.2], [320.0, 0.6], 0.5)
    found = Soret().flux(view)
    assert list(found) == [A] and found[A][0] == pytest.approx(-40.0 * 0.24 * coefficient * 40.0, rel=1e-13)


@pytest.mark.parametrize("x", [0.0, 1.0])
def test_a_pure_substance_does_not_separate(x):
    view = face(medium(MIXTURE, {thermal_diffusion_coefficient: 3e-8}), [300.0, x], [320.0, x])
    assert Soret().flux(view)[A][0] == 0.0


def test_without_a_temperature_gradient_it_has_no_effect():
    (issue,) = Soret().validate(Context(mixture=binary(temperature=300.0)))
    assert not issue.is_mistake and "no effect" in issue.text
