"""Diffusion through a stagnant species: N_B = 0."""

import math

import numpy as np
import pytest
from fvtransport.plugins.bulk_flow.stagnant import Stagnant

from fvtransport import Context
from tests.tools.views import flux_face, gas, medium

FLOW = Stagnant(species="B")
GAS = gas(temperature=300.0, bulk_flow=FLOW)
LEFT, RIGHT, J = 0.2, 0.6, 3.0
VIEW = flux_face(medium(GAS), [LEFT], [RIGHT], [J])


def test_the_total_flux_is_that_of_stefan():
    """N = J_A/x_B with the logarithmic mean of x_B = 0.8 and 0.4, which is 0.4/ln 2."""
    assert FLOW.total_flux(VIEW)[0] == pytest.approx(J * math.log(2.0) / 0.4, rel=1e-13)


def test_the_stagnant_species_does_not_move():
    total = FLOW.total_flux(VIEW)[0]
    first = J + GAS.convective_flux(VIEW)[GAS.mole_fractions[0]][0]
    assert first == pytest.approx(total, rel=1e-14)


def test_without_the_stagnant_species_there_is_no_flux():
    with np.errstate(divide="ignore"):
        (total,) = FLOW.total_flux(flux_face(medium(GAS), [1.0], [RIGHT], [J]))
    assert math.isnan(total)


def test_it_must_be_a_species():
    (issue,) = Stagnant(species="C").validate(Context(mixture=GAS))
    assert "no species C" in issue.text
    assert FLOW.weights(GAS) == (0.0, 1.0)
