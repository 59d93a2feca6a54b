"""Mass flux in equimolar counterdiffusion: (M_A - M_B) N_A."""

import pytest
from fvtransport.plugins.observables.mass_flux import MassFlux

from tests.tools.films import N, stefan
from tests.tools.straight import CONCENTRATION, DIFFUSIVITY, LENGTH, POOR, RICH

J = CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH


@pytest.mark.parametrize("boundary", ["left", "right"])
def test_the_heavy_species_transports_mass(snapshot, boundary):
    own = MassFlux(boundary=boundary, molar_masses={"A": 0.004, "B": 0.040})
    assert own.measure(snapshot) == pytest.approx((0.004 - 0.040) * J, rel=1e-12)


def test_through_a_gas_at_rest_it_is_that_of_the_vapour(run_text):
    seen = stefan(run_text, "{m: {mass_flux: right}}")
    assert seen["m"] == pytest.approx(0.018 * N, rel=1e-8)


def test_unknown_masses_are_named(snapshot):
    with pytest.raises(ValueError, match="the molar mass of B is not known"):
        MassFlux(boundary="left", molar_masses={"A": 0.004}).measure(snapshot)
