"""The velocity of the centre of mass: mass flux over mass density."""

import pytest
from fvtransport.plugins.observables.mass_velocity import MassVelocity

from tests.tools.straight import CONCENTRATION, DIFFUSIVITY, LENGTH, POOR, RICH

J = CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH


@pytest.mark.parametrize(("boundary", "x"), [("left", RICH), ("right", POOR)])
def test_it_is_the_mass_flux_over_the_density_there(snapshot, boundary, x):
    own = MassVelocity(boundary=boundary, molar_masses={"A": 0.004, "B": 0.040})
    density = CONCENTRATION * (x * 0.004 + (1.0 - x) * 0.040)
    assert own.measure(snapshot) == pytest.approx((0.004 - 0.040) * J / density, rel=1e-12)


def test_species_of_one_mass_move_none(snapshot):
    own = MassVelocity(boundary="left", molar_masses={"A": 0.02, "B": 0.02})
    assert own.measure(snapshot) == pytest.approx(0.0, abs=1e-16)
