"""Both conventions of the heat flux, from the energy flux and the molar fluxes by hand."""

import pytest
from fvtransport.plugins.observables.heat_flux import HeatFlux

from tests.tools.cases import PURE, case_text, line

CASE = case_text(
    PURE,
    units=None,
    mesh=line(0.1, 8),
    mixture="{gas: {species: [A, B], pressure: 1e5, molar_heat_capacity: {A: 20, B: 45}, bulk_flow: {flux_ratio: "
    "{A: 2, B: 1}}}}",
    properties="{conductivity: 0.03, diffusivity: 2e-5}",
    laws="[conduction, fick]",
    initial="{T: 330, x_A: 0.4}",
    boundaries="{left: {T: {dirichlet: 350}, x_A: {dirichlet: 0.6}}, "
    "right: {T: {dirichlet: 310}, x_A: {dirichlet: 0.2}}}",
    observe="""
  q: {flux: {of: energy, through: right}}
  A: {species_flux: {species: A, boundary: right}}
  B: {species_flux: {species: B, boundary: right}}
  reduced: {heat_flux: {through: right}}
  total: {heat_flux: {through: right, convention: total}}""",
)


def test_enthalpies_are_taken_off_the_energy_flux(run_text):
    """h_i = c_p,i (310 K - 298.15 K) at the right, where x_A = 0.2; N_B = -2 N_A."""
    seen = {name: reading.value for name, reading in run_text(CASE).observables.items()}
    first, second = 20.0 * 11.85, 45.0 * 11.85
    assert seen["B"] == pytest.approx(-2.0 * seen["A"], rel=1e-10) and seen["A"] > 0.0
    assert seen["reduced"] == pytest.approx(seen["q"] - first * seen["A"] - second * seen["B"], rel=1e-10)
    whole = (seen["A"] + seen["B"]) * (0.2 * first + 0.8 * second)
    assert seen["total"] == pytest.approx(seen["q"] - whole, rel=1e-10)


def test_without_enthalpies_both_are_the_flux(snapshot):
    for convention in ("reduced", "total"):
        assert HeatFlux(through="left", convention=convention).measure(snapshot) == pytest.approx(25.0, rel=1e-12)
