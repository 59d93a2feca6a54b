"""The mean flux through a boundary, along +x at both ends of a line."""

import pytest
from fvtransport.plugins.handles import energy
from fvtransport.plugins.observables.flux import Flux

from tests.tools.straight import COLD, CONCENTRATION, DIFFUSIVITY, HOT, KAPPA, LENGTH, POOR, RICH


@pytest.mark.parametrize("boundary", ["left", "right"])
def test_flux_points_along_x_at_both_ends(snapshot, species, boundary):
    q, J = KAPPA * (HOT - COLD) / LENGTH, CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH
    assert Flux(of=energy, through=boundary).measure(snapshot) == pytest.approx(q, rel=1e-12)
    assert Flux(of=species, through=boundary).measure(snapshot) == pytest.approx(J, rel=1e-12)


def test_its_unit_is_that_of_the_flux(species):
    assert Flux(of=energy, through="left").reading_unit == "W/m^2"
    assert Flux(of=species, through="left").reading_unit == "mol/m^2/s" and not Flux.needs_time
