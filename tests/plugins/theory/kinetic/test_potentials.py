"""Cross sections of soft and hard molecules against trajectories and limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fvtransport.plugins.theory.kinetic.potentials import HardCore, Hertzian

from tests.tools.trajectories import flown


def hertzian_force(r: float) -> float:
    return 2.5 * (1 - r) ** 1.5 if r < 1 else 0.0


@pytest.mark.parametrize("E", [1e-5, 0.01, 0.5])
def test_hertzian_angle_is_that_of_the_trajectory(E):
    angle, impact, _ = Hertzian().deflection(np.array([E]))
    for k in (3, 15, 30, 40):
        assert flown(hertzian_force, E, impact[0, k], 1.2, 0.003) == pytest.approx(angle[0, k], rel=0, abs=2e-6)


def test_hard_cross_sections_are_the_limit_of_stiff_ones():
    """Q_l of hard disks and spheres, and how soft ones come near to them: like (k T/Y)^(2/5)."""
    for dimension in (2, 3):
        hard = HardCore().constant(4, dimension)
        gap = [1 - Hertzian().spectrum(4, dimension).cross_sections[:, k] / hard for k in (10, 20)]
        assert gap[1][0] / gap[0][0] == pytest.approx(math.exp(10 * 0.15 * 0.4), rel=0.02)
        assert np.abs(gap[0]).max() < 1e-5
