"""The Soret-Dufour pair at one face: both fluxes by hand, Onsager's reciprocity, and the linearised form."""

import pytest
from fvtransport.plugins.handles import energy, temperature, thermal_diffusion_coefficient
from fvtransport.plugins.laws.soret_dufour import SoretDufour

from fvtransport import State
from tests.tools.views import R, binary, face, medium

MIXTURE = binary(40.0)
A = MIXTURE.mole_fractions[0]
VIEW = face(medium(MIXTURE, {thermal_diffusion_coefficient: 3e-8}), [300.0, 0.2], [320.0, 0.6], 0.5)


def test_both_fluxes():
    """T = 310 K, x_A x_B = 0.24, grad T = 40 K/m, grad x_A = 0.8/m."""
    found = SoretDufour().flux(VIEW)
    assert found[A][0] == pytest.approx(-40.0 * 0.24 * 3e-8 * 40.0, rel=1e-13)
    assert found[energy][0] == pytest.approx(-40.0 * R * 310.0**2 * 3e-8 * 0.8, rel=1e-13)


def test_reciprocity():
    """J_A/X_q = q'/X_A with X_q = -grad T/T^2 and X_A = -R grad x_A/(x_A x_B)."""
    found = SoretDufour().flux(VIEW)
    heat_force, force = -40.0 / 310.0**2, -R * 0.8 / 0.24
    assert found[A][0] / heat_force == pytest.approx(found[energy][0] / force, rel=1e-13)


def test_a_linearised_pair_has_the_coefficients_of_its_state():
    found = SoretDufour(linearised_at=State(((temperature, 200.0), (A, 0.5)))).flux(VIEW)
    assert found[A][0] == pytest.approx(-40.0 * 0.25 * 3e-8 * 40.0, rel=1e-13)
    assert found[energy][0] == pytest.approx(-40.0 * R * 200.0**2 * 3e-8 * 0.8, rel=1e-13)
