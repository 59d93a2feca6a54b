"""The gas mixture: what it stores and carries, what it refuses, and that the first law closes."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import energy, moles, pressure, temperature
from fvtransport.plugins.theory.frames import molar_flux

import fvtransport
from tests.tools.cases import ISOTHERMAL, PURE, case_text
from tests.tools.issues import issue_texts

R = 8.31446261815324
P = 101325.0
HEATED = case_text(
    PURE,
    title="heated tube",
    mesh="{type: Grid1D, length: 0.1, cells: %d, grading: {ratio: 3}}",
    mixture="{gas: {species: [A, B], pressure: 101325, molar_heat_capacity: {A: 60.0, B: 25.0}, bulk_flow: %s}}",
    properties="{diffusivity: 2e-5*T/300, conductivity: 0.03}",
    laws="[conduction, fick]",
    initial="{T: 320, x_A: 0.4}",
    boundaries="""
  left: {T: {dirichlet: 350}, x_A: {dirichlet: 0.8}}
  right: {T: {dirichlet: 300}, x_A: {dirichlet: 0.1}}""",
    units=None,
)


@pytest.mark.parametrize("cells", [2, 20])
@pytest.mark.parametrize("flow, ratio", [("equimolar", -1.0), ("{stagnant: B}", 0.0)])
def test_species_carry_their_enthalpies(run_text, cells, flow, ratio):
    """-kappa T' + C T = const,  C = sum_i c_p,i N_i: T is exponential, at every node of any mesh
    (c D uniform for D ~ T).
    """
    snapshot = run_text(HEATED % (cells, flow)).snapshots[-1]
    first, second = molar_flux(snapshot, "left")
    diffusion = P / (R * 300.0) * 2e-5 / 0.1
    assert first == pytest.approx(diffusion * (0.7 if ratio else np.log(0.9 / 0.2)), rel=1e-10)
    assert second == pytest.approx(ratio * first, abs=1e-12 * first)
    convective_flux = 60.0 * first + 25.0 * second
    number = convective_flux * 0.1 / 0.03
    z = snapshot.system.geometry.position[0] / 0.1
    assert snapshot.nodes[temperature] == pytest.approx(
        350.0 - 50.0 * np.expm1(number * z) / np.expm1(number), rel=1e-10
    )
    inflow = convective_flux * (350.0 - 298.15) + convective_flux * 50.0 / np.expm1(number)
    assert snapshot.flux(energy, "left") == pytest.approx(inflow, rel=1e-9)


SEALED = case_text(
    {},
    title="sealed",
    mesh="{type: Grid1D, length: 0.1, cells: 30}",
    mixture="""
  gas: {species: [A, B], pressure: 101325, molar_heat_capacity: {A: 21.0, B: 30.0}, bulk_flow: mechanical_equilibrium}
""",
    properties="{diffusivity: 2e-5*(T/300)**1.75*101325/p, conductivity: 0.05, thermal_diffusion_factor: 0.3}",
    laws="[conduction, fick, soret_dufour%s]",
    initial="{T: 300 + 40*sin(40*x), x_A: 0.5 + 0.3*tanh((x - 0.05)/0.01)}",
    boundaries="{default: {T: no_flux, x_A: no_flux}}",
    solve="{transient: {until: %s, rtol: 1e-7}}",
)


def test_a_sealed_vessel_keeps_energy_and_moles(run_text):
    result = run_text(SEALED % ("", 3000))
    first, last = result.snapshots[0], result.snapshots[-1]
    for balance in first.system.balances:
        assert last.amount(balance) == pytest.approx(first.amount(balance), rel=1e-12)
    assert all(line.relative_error < 1e-12 for line in result.balance)
    c = first.amount(moles) / 0.1
    x = first.amount(first.system.balances[1]) / first.amount(moles)
    heat = first.amount(energy) / 0.1 / c
    capacity = 21.0 * x + 30.0 * (1.0 - x)
    end = (heat + capacity * 298.15) / (capacity - R)
    assert last.values[0] == pytest.approx(end, rel=1e-5)
    assert last.on_boundary(pressure, "left")[0] == pytest.approx(c * R * end, rel=1e-5)


def test_entropy_only_grows(run_text):
    result = run_text(SEALED % ("", 500))
    rates = [
        sum(density @ snapshot.system.geometry.faces.volume for density in result.entropy_production(snapshot).values())
        for snapshot in result.snapshots
    ]
    assert min(rates) > -1e-12 * max(rates) and rates[-1] < 1e-3 * max(rates)
    assert result.audit.symmetric and result.audit.positive


def test_the_heat_of_a_reaction_that_makes_moles(run_text):
    """Adiabatic, at constant volume: U = sum n_i (h_i - R T) with formation enthalpies stays the same."""
    text = SEALED % (
        ", reaction: {reactants: {A: 1}, products: {B: 2}, rate_constant: 1.0, heat_of_reaction: -8000}",
        200,
    )
    text = text.replace("300 + 40*sin(40*x)", "300").replace("0.5 + 0.3*tanh((x - 0.05)/0.01)", "0.5")
    last = run_text(text).snapshots[-1]
    start = 0.5 * (21.0 + 30.0) * (300.0 - 298.15) - R * 300.0
    end = (start + 0.5 * 8000.0 + 1.5 * 30.0 * 298.15) / (1.5 * (30.0 - R))
    assert last.values[0] == pytest.approx(end, rel=1e-6)
    assert last.values[2] == pytest.approx(P * 1.5 * end / 300.0, rel=1e-6)


COLUMN = case_text(
    {},
    title="column",
    mesh="{type: Grid1D, length: 100, cells: %d, grading: {ratio: 2}}",
    mixture="""
  gas: {species: [He, Ar, Xe], pressure: 101325, temperature: 300, molar_masses: {He: 4e-3, Ar: 40e-3, Xe: 131e-3},
    bulk_flow: mechanical_equilibrium}""",
    laws="""
  - maxwell_stefan: {diffusivities: {He-Ar: 7e-5*101325/p, He-Xe: 5e-5*101325/p, Ar-Xe: 1e-5*101325/p}}
  - body_force: {gravity: -9.80665}""",
    initial="{x_He: 0.3, x_Ar: 0.4}",
    boundaries="""
  left: {x_He: {dirichlet: 0.3}, x_Ar: {dirichlet: 0.4}, p: {dirichlet: 101325}}
  right: {x_He: no_flux, x_Ar: no_flux}""",
    solve="steady",
)


@pytest.mark.parametrize("cells", [3, 30])
def test_every_gas_settles_as_if_alone(run_text, cells):
    """p_i = p_i(0) exp(-M_i g z/(R T)) to round-off at every node, of any mesh."""
    snapshot = run_text(COLUMN % cells).snapshots[-1]
    z, at = snapshot.system.geometry.position[0], snapshot.nodes
    for field, share, mass in zip(at.species, (0.3, 0.4, 0.3), (4e-3, 40e-3, 131e-3)):
        assert at[field] * at[pressure] == pytest.approx(
            share * P * np.exp(-mass * 9.80665 * z / (R * 300.0)), rel=1e-10
        )
    assert snapshot.domain_integral(
        fvtransport.plugins.observables.entropy_production.EntropyProduction()
    ) == pytest.approx(0.0, abs=1e-15)


REFUSED = {
    "one species": ("species: [A]", "two species or more"),
    "twice the same": ("species: [A, A]", "two species or more"),
    "masses of others": ("species: [A, B], molar_masses: {A: 1, C: 2}", "one number for each of A, B"),
    "no heat capacity": ("species: [A, B], temperature: null", "molar_heat_capacity is needed"),
    "bound in time": ("species: [A, B], temperature: 300, bulk_flow: {stagnant: B}", "does not solve for p"),
    "expands in time": (
        "species: [A, B], molar_heat_capacity: 30",
        "concentration depends on T and would change in time",
    ),
}


@pytest.mark.parametrize("given, says", REFUSED.values(), ids=REFUSED)
def test_mistakes(complaints, given, says):
    thermal = "temperature: 300" not in given
    text = f"""
title: refused
mesh: {{type: Grid1D, length: 0.1, cells: 5}}
mixture: {{gas: {{{given}, pressure: 1e5}}}}
properties: {{diffusivity: 1e-5{", conductivity: 0.1" if thermal else ""}}}
laws: [fick{", conduction" if thermal else ""}]
initial: {{x_A: 0.5{", T: 300" if thermal else ""}}}
boundaries: {{default: {{x_A: no_flux{", T: no_flux" if thermal else ""}}}}}
solve: {{transient: 1}}
"""
    found = complaints(text)
    assert any(says in each for each in found), found


def test_a_rarefied_gas_is_cautioned(tmp_path):
    text = case_text(
        ISOTHERMAL,
        title="narrow",
        mesh="{type: Grid1D, length: 0.01, cells: 5}",
        mixture="""
  gas: {species: [He, Ar], pressure: %s, temperature: 300, molar_masses: {He: 4e-3, Ar: 40e-3},
    bulk_flow: {darcy: {pore_diameter: 1e-6}}}""",
        properties="{diffusivity: 7e-5*101325/p, viscosity: 2.2e-5, permeability: 1e-14}",
        initial="{x_He: 0.5}",
        boundaries="{left: {x_He: {dirichlet: 0.5}, p: {dirichlet: 1e5}}, right: {x_He: {dirichlet: 0.4}}}",
        units=None,
    )
    path = tmp_path / "case.yaml"
    for given, is_thin in (("1e4", True), ("1e7", False)):
        path.write_text(text % given)
        problem = fvtransport.discretisation.build.build(fvtransport.check(path))
        at = fvtransport.PointView(problem.system.medium, dict(zip(problem.system.medium.fields, (0.5, float(given)))))
        mixture = problem.system.medium.mixture
        found = issue_texts(mixture, mixture=mixture, state=at)
        assert bool(found) == is_thin and all("Knudsen number" in each for each in found)
