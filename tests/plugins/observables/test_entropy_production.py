"""Entropy production of straight profiles, face by face and against its integral."""

import numpy as np
import pytest
from fvtransport.plugins.observables.entropy_production import EntropyProduction

from tests.tools.straight import AREA, COLD, CONCENTRATION, DIFFUSIVITY, HOT, KAPPA, LENGTH, POOR, RICH
from tests.tools.views import R


def test_it_is_flux_times_force_on_every_face(snapshot):
    """kappa (grad T/T)^2 + c D R (grad x)^2/(x (1 - x)), with T and x halfway between the nodes."""
    x = np.sort(snapshot.system.geometry.position[0])
    middle, width = 0.5 * (x[1:] + x[:-1]) / LENGTH, np.diff(x)
    T, fraction = HOT + (COLD - HOT) * middle, RICH + (POOR - RICH) * middle
    heat = KAPPA * ((COLD - HOT) / LENGTH / T) ** 2
    mixing = CONCENTRATION * DIFFUSIVITY * R * ((POOR - RICH) / LENGTH) ** 2 / (fraction * (1.0 - fraction))
    found = EntropyProduction().measure(snapshot)
    assert found == pytest.approx(AREA * float((heat + mixing) @ width), rel=1e-12)


def test_it_is_near_the_integral(snapshot):
    """q (1/T_cold - 1/T_hot) + J R ln of the ratios of x/(1 - x), per area."""
    q, J = KAPPA * (HOT - COLD) / LENGTH, CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH
    exact = q * (1.0 / COLD - 1.0 / HOT) + J * R * np.log(RICH / (1.0 - RICH) * (1.0 - POOR) / POOR)
    assert EntropyProduction().measure(snapshot) == pytest.approx(AREA * exact, rel=0.02)
    assert EntropyProduction().reading_unit == "W/K"
