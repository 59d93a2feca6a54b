"""Fick's law at one face, with and without a force on the species."""

import math

import pytest
from fvtransport.plugins.handles import diffusivity, molar_forces
from fvtransport.plugins.laws.fick import Fick

from fvtransport import Context
from fvtransport.model.medium import Medium
from tests.tools.views import R, binary, face, gas, medium

MIXTURE = binary(40.0)
A = MIXTURE.mole_fractions[0]
PLAIN = medium(MIXTURE, {diffusivity: 2e-5})
STATES = ([300.0, 0.2], [320.0, 0.6], 0.5)


def test_a_species_flows_down_its_mole_fraction():
    """c D grad x_A = 40 * 2e-5 * 0.8."""
    found = Fick().flux(face(PLAIN, *STATES))
    assert list(found) == [A] and found[A][0] == pytest.approx(-6.4e-4, rel=1e-14)


def test_a_force_is_weighed_by_the_logarithmic_mean():
    """d_A = grad x_A - L (F_A - F_B)/(R T), L the logarithmic mean of 0.2 * 0.4 and 0.6 * 0.8."""
    forces = (-3000.0, 1000.0)
    pulled = Medium(MIXTURE, PLAIN._properties, PLAIN._constants, {molar_forces: lambda view: forces})
    mean = (0.48 - 0.08) / math.log(6.0)
    force = 0.8 + mean * 4000.0 / (R * 310.0)
    assert Fick().flux(face(pulled, *STATES))[A][0] == pytest.approx(-8e-4 * force, rel=1e-13)


def test_it_is_a_law_of_two_species():
    (issue,) = Fick().validate(Context(mixture=gas(species=("A", "B", "C"), temperature=300.0)))
    assert "a law of two species, and the mixture has 3" in issue.text
    assert not list(Fick().validate(Context(mixture=MIXTURE)))
