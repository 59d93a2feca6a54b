"""Equimolar counterdiffusion: nothing flows as a whole, and every mole counts alike."""

from fvtransport.plugins.bulk_flow.equimolar import Equimolar
from fvtransport.plugins.handles import diffusivity

from tests.tools.views import flux_face, gas, medium

GAS = gas(temperature=300.0, species=("A", "B", "C"))
VIEW = flux_face(medium(GAS, {diffusivity: 1e-5}), [0.2, 0.3], [0.6, 0.1], [2.0, -1.0])


def test_the_total_flux_is_zero_whatever_diffuses():
    assert Equimolar().total_flux(VIEW) == 0.0 and Equimolar().upwind_flux(VIEW, 0.0) == 0.0
    assert not any(GAS.convective_flux(VIEW).values())


def test_all_species_have_the_same_weight_and_moles_are_kept():
    assert Equimolar().weights(GAS) == (1.0, 1.0, 1.0) == GAS.flux_weights
    assert Equimolar.keeps_moles and not Equimolar.solves_pressure
