"""Fourier's law at one face, with a number, a function and a tensor."""

import numpy as np
import pytest
from fvtransport.plugins.handles import conductivity, energy, temperature
from fvtransport.plugins.laws.conduction import Conduction

from fvtransport import Property
from tests.tools.views import binary, face, medium

STATES = ([300.0, 0.2], [320.0, 0.6], 0.5)


class Rising(Property):
    """kappa = T/100"""

    def __call__(self, at):
        return at[temperature] / 100.0


@pytest.mark.parametrize(("kappa", "flux"), [(0.5, -0.5 * 40.0), (Rising(), -3.1 * 40.0)])
def test_heat_flows_down_the_gradient(kappa, flux):
    """grad T = 40 K/m, T = 310 K in the middle."""
    found = Conduction().flux(face(medium(binary(), {conductivity: kappa}), *STATES))
    assert list(found) == [energy] and found[energy][0] == pytest.approx(flux, rel=1e-14)


def test_nothing_flows_at_one_temperature_whatever_the_composition():
    view = face(medium(binary(), {conductivity: 0.5}), [300.0, 0.1], [300.0, 0.9])
    assert not np.any(Conduction().flux(view)[energy])
