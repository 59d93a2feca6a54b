"""Fluxes and velocities in the frames of moles and mass, and how rarefied a gas is."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.theory.frames import boundary_concentration, mass_density, mass_flux, masses_of, molar_flux

from tests.tools.straight import straight
from tests.tools.views import binary

R = 8.31446261815324
P = 40.0 * R * 300.0
CASE = """
title: frames
mesh: {type: Grid1D, length: 0.1, cells: 10, regions: {lower: "x < 0.05", upper: "x >= 0.05"}}
mixture: %s
properties: {diffusivity: 2e-5}
laws: [fick]
boundaries: {left: {x_A: {dirichlet: 0.9}}, right: {x_A: {dirichlet: 0.1}}}
solve: steady
observe:
  N_A: {species_flux: {species: A, boundary: left}}
  N_B: {species_flux: {species: B, boundary: right}}
  N: {total_molar_flux: left}
  mass: {mass_flux: {boundary: left%s}}
  v_star: {molar_velocity: left}
  v: {mass_velocity: {boundary: left%s}}
%s
"""
SCALE = 40.0 * 2e-5 / 0.1
LIGHT, HEAVY = 2e-3, 28e-3


def readings(run_text, mixture: str, masses: str = "", more: str = "") -> dict[str, float]:
    return {name: each.value for name, each in run_text(CASE % (mixture, masses, masses, more)).observables.items()}


def gas(flow: str) -> str:
    return (
        f"{{gas: {{species: [A, B], pressure: {P!r}, temperature: 300, molar_masses: {{A: 2e-3, B: 28e-3}}, "
        f"bulk_flow: {flow}}}}}"
    )


@pytest.mark.parametrize(
    "mixture, masses",
    [
        (gas("equimolar"), ""),
        ("{binary: {species: [A, B], concentration: 40, temperature: 300}}", ", molar_masses: {A: 2e-3, B: 28e-3}"),
    ],
)
def test_equimolar_counterdiffusion_moves_mass(run_text, mixture, masses):
    """rho v = (M_A - M_B) N_A though no moles pass."""
    found = readings(run_text, mixture, masses)
    flux = 0.8 * SCALE
    assert (found["N_A"], found["N_B"]) == pytest.approx((flux, -flux), rel=1e-10)
    assert (found["N"], found["v_star"]) == pytest.approx((0.0, 0.0), abs=1e-15)
    assert found["mass"] == pytest.approx((LIGHT - HEAVY) * flux, rel=1e-10)
    assert found["v"] == pytest.approx((LIGHT - HEAVY) * flux / (40.0 * (0.9 * LIGHT + 0.1 * HEAVY)), rel=1e-10)


def test_no_mass_flux_means_a_flux_of_moles(run_text):
    found = readings(run_text, gas("mass"))
    assert found["mass"] == pytest.approx(0.0, abs=1e-15) and found["v"] == pytest.approx(0.0, abs=1e-12)
    assert found["v_star"] == pytest.approx(found["N"] / 40.0, rel=1e-12) and found["N"] > 0.1 * SCALE


def test_a_stagnant_gas_is_stagnant(run_text):
    found = readings(run_text, gas("{stagnant: B}"))
    assert found["N_B"] == pytest.approx(0.0, abs=1e-15)
    assert found["mass"] == pytest.approx(LIGHT * SCALE * np.log(9.0), rel=1e-10)


def test_rarefied_by_region(run_text):
    """The light gas, at the left, has the longer free path."""
    more = "".join(
        f"  {name}: {{mean_free_path: {{viscosity: 2e-5{extra}}}}}\n"
        for name, extra in {"all": "", "low": ", region: lower", "up": ", region: upper"}.items()
    )
    found = readings(run_text, gas("equimolar"), "", more + "  Kn: {knudsen_number: {length: 1e-6, viscosity: 2e-5}}")
    mass = LIGHT + (HEAVY - LIGHT) * (0.1 + 0.8 * 0.05)
    assert (
        found["all"] == found["low"] == pytest.approx(2e-5 / P * np.sqrt(np.pi * R * 300.0 / (2.0 * mass)), rel=1e-10)
    )
    assert found["up"] < 0.8 * found["low"]
    assert found["Kn"] == pytest.approx(found["all"] / 1e-6, rel=1e-12)


def test_masses_must_be_known(run_text):
    with pytest.raises(ValueError, match="give molar_masses"):
        readings(run_text, "{binary: {species: [A, B], concentration: 40, temperature: 300}}")


def test_readings_of_straight_profiles():
    """N_A = -N_B = 40 * 0.25 * 0.6/2; x_A = 0.8 on the left."""
    state, masses = straight(), {"A": 0.004, "B": 0.040}
    assert molar_flux(state, "left") == pytest.approx([3.0, -3.0], rel=1e-12)
    assert mass_flux(state, "left", masses) == pytest.approx(3.0 * (0.004 - 0.040), rel=1e-12)
    assert boundary_concentration(state, "left") == pytest.approx(40.0)
    assert mass_density(state, "left", masses) == pytest.approx(40.0 * (0.8 * 0.004 + 0.2 * 0.040), rel=1e-12)


def test_masses_that_are_given_come_before_those_of_the_mixture():
    own = binary(molar_masses={"A": 0.1, "B": 0.2})
    assert masses_of(own, None).tolist() == [0.1, 0.2] and masses_of(own, {"A": 0.3}).tolist() == [0.3, 0.2]
    with pytest.raises(ValueError, match="the molar mass of A, B is not known"):
        masses_of(binary(), None)
