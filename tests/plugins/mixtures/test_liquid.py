"""A liquid of constant mass density: its mass fractions diffuse by the plain heat
equation, its centre of mass rests.
"""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import concentration

D, L, RHO, M = 1e-9, 0.01, 950.0, {"A": 0.04607, "B": 0.018015, "C": 0.06}
CASE = f"""
title: two liquids in a closed cell
parameters: {{MA: {M["A"]}, MB: {M["B"]}, Y: 0, k: {np.pi / L}}}
mesh: {{type: Grid1D, length: {L}, cells: 50}}
mixture: {{liquid: {{species: [A, B], density: {RHO}, temperature: 300, molar_masses: {{A: MA, B: MB}}}}}}
properties: {{diffusivity: {D}}}
laws: [fick]
initial: {{x_A: "(0.5 + 0.4*cos(k*x))/MA/((0.5 + 0.4*cos(k*x))/MA + (0.5 - 0.4*cos(k*x))/MB)"}}
boundaries: {{default: {{x_A: no_flux}}}}
solve: {{transient: {{until: 5000, rtol: 1.0e-10}}}}
observe: {{m: {{mass_flux: left}}, n: {{amount: A}}}}
"""
TERNARY = (
    (
        f"mixture={{liquid: {{species: [A, B, C], density: {RHO}, temperature: 300, molar_masses: {{A: MA, B: "
        f"MB, C: {M['C']}}}}}}}"
    ),
    f"laws=[{{maxwell_stefan: {{diffusivities: {{A-B: {D}, A-C: {D}, B-C: {D}}}}}}}]",
    "boundaries.default.x_B=no_flux",
)


def mass_fraction(snapshot, name: str) -> np.ndarray:
    species = {field.name.removeprefix("x_"): snapshot.cells(field) for field in snapshot.system.medium.species}
    return species[name] * M[name] / sum(x * M[each] for each, x in species.items())


def test_a_cosine_of_mass_fraction_stays_one_at_second_order(run_text):
    errors = []
    for cells in (50, 100):
        last = run_text(CASE, f"mesh.cells={cells}").snapshots[-1]
        z = last.system.geometry.position[0][last.system.geometry.cells]
        exact = 0.5 + 0.4 * np.cos(np.pi * z / L) * np.exp(-D * (np.pi / L) ** 2 * 5000)
        errors.append(np.abs(mass_fraction(last, "A") - exact).max())
    assert errors[1] < 1e-4 and np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.1)


def test_no_mass_flows_and_the_density_stays(run_text):
    result = run_text(CASE)
    last = result.snapshots[-1]
    face = last.flux_view
    from fvtransport.plugins.theory.fluxes import molar_fluxes

    N_A, N_B = molar_fluxes(face)
    assert np.abs(N_A).max() > 1e-7
    assert np.abs(M["A"] * N_A + M["B"] * N_B).max() < 1e-14 * np.abs(N_A).max()
    x = last.cells(last.system.medium.species[0])
    c = last.nodes[concentration][last.system.geometry.cells]
    np.testing.assert_allclose(c * (x * M["A"] + (1 - x) * M["B"]), RHO, rtol=1e-13)
    first = result.snapshots[0]
    assert last.amount(last.system.balances[0]) == pytest.approx(first.amount(first.system.balances[0]), rel=1e-12)


def test_three_species_with_one_diffusivity_go_their_own_ways(run_text):
    """Mass fractions of all three decay alike from cosines of their own."""
    total = "((0.3 + 0.2*cos(k*x))/MA + (0.4 - 0.3*cos(k*x))/MB + (0.3 + 0.1*cos(k*x))/0.06)"
    start = (f"initial={{x_A: '(0.3 + 0.2*cos(k*x))/MA/{total}', x_B: '(0.4 - 0.3*cos(k*x))/MB/{total}'}}",)
    last = run_text(CASE, *TERNARY, *start, "mesh.cells=100").snapshots[-1]
    z = last.system.geometry.position[0][last.system.geometry.cells]
    wave = np.cos(np.pi * z / L) * np.exp(-D * (np.pi / L) ** 2 * 5000)
    for name, exact in (("A", 0.3 + 0.2 * wave), ("B", 0.4 - 0.3 * wave), ("C", 0.3 + 0.1 * wave)):
        np.testing.assert_allclose(mass_fraction(last, name), exact, rtol=0, atol=1.5e-4)


def test_a_reaction_must_keep_the_mass(complaints):
    law = "laws=[fick, {reaction: {reactants: {A: 1}, products: {B: 1}, rate_constant: 1e-5}}]"
    (text,) = complaints(CASE, law)
    assert "sum a_i nu_i = 0" in text


def test_masses_are_those_of_the_species(complaints):
    (text,) = complaints(CASE, "mixture.liquid.molar_masses={A: 1, C: 2}")
    assert "molar_masses has A, C; expected one number for each of A, B" in text


def test_reciprocity_holds_in_three_liquids(run_text):
    """Maxwell and Stefan's equations are symmetric with the forces of the mixture, and with no others."""
    unlike = (
        TERNARY[0],
        f"laws=[{{maxwell_stefan: {{diffusivities: {{A-B: {D}, A-C: {3 * D}, B-C: {0.2 * D}}}}}}}]",
        TERNARY[2],
    )
    audit = run_text(CASE, *unlike, "initial={x_A: 0.3 + 0.1*cos(k*x), x_B: 0.3}", "solve.transient.until=10").audit
    assert audit.symmetric and audit.asymmetry < 1e-9 and audit.positive


def test_a_matrix_of_a_liquid_is_ficks_law(run_text):
    plain = run_text(CASE).snapshots[-1].values
    matrix = f"laws=[{{phenomenological: {{L_ij: {{A-A: '{RHO}/(x_A*MA + x_B*MB)*x_A*x_B*{D}/8.31446261815324'}}}}}}]"
    np.testing.assert_allclose(run_text(CASE, matrix, "properties={}").snapshots[-1].values, plain, rtol=1e-9)
