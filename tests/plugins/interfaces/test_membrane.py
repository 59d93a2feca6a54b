"""Flows through a membrane by Kedem and Katchalsky, by hand."""

import math

import pytest
from fvtransport.plugins.interfaces.membrane import Membrane

from fvtransport import Constant, Context
from tests.tools.views import R, between, binary, medium

T, LP, SIGMA, OMEGA, PRESSURE = 300.0, 2e-12, 0.8, 3e-10, 4e5
MIXTURE = binary(1000.0, temperature=T)
VIEW = between(medium(MIXTURE), [0.2], [0.1], [0.0])
C_LEFT, C_RIGHT = 200.0, 100.0
OSMOTIC = R * T * (C_LEFT - C_RIGHT)
GIVEN = {
    "hydraulic_conductivity": LP, "reflection_coefficient": SIGMA, "solute_permeability": OMEGA,
    "pressure_difference": PRESSURE,
}  # fmt: skip


def membrane(*names: str, **changes: float) -> Membrane:
    return Membrane(**{name: Constant(value=value) for name, value in {**GIVEN, **changes}.items() if name in names})


def test_solute_flux():
    """omega R T dc + (1 - sigma) c_m L_p (dp - sigma R T dc),  c_m = 100/ln 2 mol/m^3."""
    volume = LP * (PRESSURE - SIGMA * OSMOTIC)
    expected = OMEGA * OSMOTIC + (1.0 - SIGMA) * 100.0 / math.log(2.0) * volume
    assert membrane(*GIVEN).flux(VIEW)[0] == pytest.approx(expected, rel=1e-12)


def test_without_flow_of_volume_the_solute_diffuses():
    assert membrane("solute_permeability").flux(VIEW)[0] == pytest.approx(OMEGA * OSMOTIC, rel=1e-13)


def test_osmotic_equilibrium_stops_the_flow_of_an_ideal_membrane():
    """van 't Hoff: dp = R T dc at sigma = 1."""
    ideal = membrane(*GIVEN, reflection_coefficient=1.0, pressure_difference=OSMOTIC, solute_permeability=0.0)
    assert ideal.flux(VIEW)[0] == pytest.approx(0.0, abs=1e-20)


def test_flow_of_volume_under_pressure_produces_entropy():
    """With the flux J_s that the view states: [J_v (dp - R T dc) + J_s R T dc/c_m]/T."""
    volume, solute = LP * (PRESSURE - SIGMA * OSMOTIC), 2e-4
    view = between(medium(MIXTURE), [0.2], [0.1], [solute])
    expected = (volume * (PRESSURE - OSMOTIC) + solute * OSMOTIC * math.log(2.0) / 100.0) / T
    assert membrane(*GIVEN).entropy_production(view)[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("names", "says"),
    [((), "it lets nothing through"), (("reflection_coefficient", "solute_permeability"), "nothing flows to be")],
)
def test_what_is_missing_is_named(names, says):
    (issue,) = membrane(*names).validate(Context(mixture=MIXTURE))
    assert says in issue.text
