"""No net flux of mass: sum of M_i N_i = 0."""

import math

import pytest
from fvtransport.plugins.bulk_flow.mass import Mass

from fvtransport import Context
from tests.tools.views import flux_face, gas, medium

MASSES = {"A": 0.004, "B": 0.064}
GAS = gas(temperature=300.0, molar_masses=MASSES, bulk_flow=Mass())
LEFT, RIGHT, J = 0.2, 0.6, 3.0


def test_the_total_flux_satisfies_the_ratio():
    """N = -(a_A - a_B) J_A/s with s the logarithmic mean of a_A x_A + a_B x_B over the face."""
    a, b = (0.004, 0.064)
    (N,) = Mass().total_flux(flux_face(medium(GAS), [LEFT], [RIGHT], [J]))
    s_left, s_right = (a * x + b * (1.0 - x) for x in (LEFT, RIGHT))
    mean = (s_right - s_left) / math.log(s_right / s_left)
    assert pytest.approx(-(a - b) * J / mean, rel=1e-13) == N


def test_both_fluxes_keep_the_ratio_to_round_off():
    a, b = (0.004, 0.064)
    view = flux_face(medium(GAS), [LEFT], [RIGHT], [J])
    (total,), (carried,) = Mass().total_flux(view), GAS.convective_flux(view)[GAS.mole_fractions[0]]
    first = J + carried
    assert a * first + b * (total - first) == pytest.approx(0.0, abs=1e-14 * b * abs(total))


def test_the_weights_are_those_of_the_law():
    assert Mass().weights(GAS) == pytest.approx((0.004, 0.064), rel=1e-15)


def test_it_needs_the_molar_masses():
    (issue,) = Mass().validate(Context(mixture=gas(temperature=300.0)))
    assert issue.is_mistake and issue.text == "mass needs the molar_masses of all species"
    assert not list(Mass().validate(Context(mixture=GAS)))
