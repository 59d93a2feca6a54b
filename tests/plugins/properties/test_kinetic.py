"""Coefficients of kinetic theory in a case: at the local state, by whichever name, refused where they make no sense."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import (
    conductivity,
    diffusivity,
    energy,
    pressure,
    temperature,
    thermal_diffusion_coefficient,
)
from fvtransport.plugins.theory.kinetic.molecules import dilute_gas

import fvtransport
from fvtransport.verification import contract
from tests.tools.cases import PURE, case_text

CASE = case_text(
    title="a gas of disks in a sealed cell",
    mesh="{{type: Grid1D, length: 4, cells: 40}}",
    mixture="{{binary: {{species: [{names}], concentration: 0.1}}}}",
    properties="""
  diffusivity: {{kinetic_diffusivity: &gas {{{gas}}}}}
  {conductivity}: *gas}}
  {thermal}: *gas}}""",
    boundaries="""
  left: {{T: {{dirichlet: 1.2}}, x_{first}: no_flux}}
  right: {{T: {{dirichlet: 0.8}}, x_{first}: no_flux}}""",
    solve="{{steady: {{mean: {{x_{first}: {mean}}}}}}}",
    observe="{{heat: {{flux: {{of: energy, through: right}}}}}}",
    initial=None,
)
DISKS = "molar_masses: {A: 1, B: 10}, diameters: 1, stiffness: 1.0e+5, dimension: 2"
MASSES = "A: 4 g/mol, B: 40 g/mol"
SI = case_text(
    {},
    title="a gas in SI",
    mesh="{type: Grid1D, length: 0.1 m, cells: 20}",
    mixture="""
  gas: {species: [%s], pressure: 1 bar, bulk_flow: mechanical_equilibrium, molar_heat_capacity: 20.8,
    molar_masses: {%s}}""",
    properties="{%s}",
    laws="[%s]",
    initial="{T: 300 K, %s}",
    boundaries="{default: {T: {dirichlet: 300 K}, %s}}",
    solve="{transient: 1}",
)


KAPPA, THERMAL = "conductivity: {kinetic_conductivity", "thermal_diffusion_coefficient: {kinetic_thermal_diffusion"


def text(gas=DISKS, first="A", mean=0.4, names="A, B", conductivity=KAPPA, thermal=THERMAL):
    return CASE.format(gas=gas, first=first, mean=mean, names=names, conductivity=conductivity, thermal=thermal)


def heat(result) -> float:
    assert result.ending.succeeded, result.ending.message
    return result.observables["heat"].value


def test_the_coefficients_of_a_sealed_cell_are_local(run_text):
    """At rest it conducts by lambda(T, x_A), and grad x_A = -x_A x_B (D'/D) grad T, everywhere."""
    snapshot = run_text(text(), "mesh.cells=400").snapshots[-1]
    T, x = (row[snapshot.system.geometry.cells] for row in snapshot.values)
    state = dilute_gas((1.0, 10.0), (1.0, 1.0), None, (), 1e5, 1, 2).gas.at(T, (x, 1 - x), 1.0, 1.0)
    position = snapshot.system.geometry.position[0][snapshot.system.geometry.cells]
    slope = np.gradient(T, position)[5:-5]
    assert (-state.conductivity[5:-5] * slope) == pytest.approx(snapshot.flux(energy, "right"), rel=1e-4)
    soret = -(x * (1 - x) * state.thermal_diffusion_factor(0, 1) / T)[5:-5] * slope
    assert np.gradient(x, position)[5:-5] == pytest.approx(soret, rel=1e-4)


def test_all_names_of_the_coefficients_agree(run_text):
    """kappa or lambda, D' or alpha_T: the same cell; and so does the gas with its species the other way round."""
    wanted = heat(run_text(text()))
    without = text(conductivity="conductivity_without_diffusion: {kinetic_conductivity_without_diffusion")
    factor = text(thermal="thermal_diffusion_factor: {kinetic_thermal_diffusion_factor")
    swapped = text(names="B, A", first="B", mean=0.6)
    for other in (without, factor, swapped):
        assert heat(run_text(other)) == pytest.approx(wanted, rel=1e-9)
    assert heat(run_text(text().replace("stiffness: 1.0e+5", "stiffness: 1.0e+3"))) != pytest.approx(wanted, rel=1e-3)


def at(case, values: dict, handle):
    """A shared property of a checked case in a state given by handles of its mixture."""
    from fvtransport.discretisation.build import build
    from fvtransport.model.views import PointView

    system = build(case).system
    return system.medium.shared(handle, PointView(system.medium, values))


@pytest.fixture
def checked(tmp_path):
    def make(content: str, *overrides: str):
        path = tmp_path / "case.yaml"
        path.write_text(content)
        return fvtransport.check(path, list(overrides))

    return make


def test_the_paper_s_numbers_stand_beside_the_computed_ones(checked):
    case = checked(text(DISKS + ", source: paper"))
    x_A = case.mixture.mole_fractions[0]
    state = {temperature: 1.0, x_A: 0.5}
    D, D_T, kappa = (at(case, state, handle) for handle in (diffusivity, thermal_diffusion_coefficient, conductivity))
    assert pytest.approx(2.1197225439, rel=1e-9) == D
    assert pytest.approx(-0.13657, rel=1e-12) == 0.25 * D_T / D
    assert kappa - 0.1 * 0.25 * D_T**2 / D == pytest.approx(0.419877, rel=1e-12)
    swapped = checked(text(DISKS + ", source: paper", names="B, A", first="B"))
    state = {temperature: 1.0, swapped.mixture.mole_fractions[0]: 0.5}
    assert at(swapped, state, thermal_diffusion_coefficient) == pytest.approx(-D_T, rel=1e-12)


def test_si_units(checked):
    """Argon-like spheres: D = 3/8 sqrt(R T/(pi M)) / (n sigma^2), mu = 5/16 sqrt(m k T/pi)/sigma^2, m = M/N_A."""
    given = "diffusivity: {kinetic_diffusivity: &gas {molar_masses: {A: 40 g/mol, B: 40 g/mol}, diameters: 3 angstrom}}"
    laws = "conduction, fick, soret_dufour"
    given += (
        ", conductivity: {kinetic_conductivity: *gas}, thermal_diffusion_coefficient: {kinetic_thermal_diffusion: *gas}"
    )
    case = checked(SI % ("A, B", MASSES, given, laws, "x_A: 0.5", "x_A: no_flux"))
    state = {temperature: 300.0, pressure: 1e5, case.mixture.mole_fractions[0]: 0.3}
    k, N = 1.380649e-23, 6.02214076e23
    m, speed = 0.04 / N, np.sqrt(k * 300 / (np.pi * 0.04 / N))
    assert at(case, state, diffusivity) == pytest.approx(3 / 8 * speed / (1e5 / (k * 300) * 9e-20), rel=1e-9)
    assert at(case, state, conductivity) == pytest.approx(75 / 64 * k * speed / 9e-20, rel=1e-9)
    with_viscosity = case.properties[diffusivity]
    assert 5 / 16 * m * speed / 9e-20 == pytest.approx(
        float(with_viscosity.state(_view(case, state)).viscosity), rel=1e-9
    )


def _view(case, values):
    from fvtransport.discretisation.build import build
    from fvtransport.model.views import PointView

    return PointView(build(case).system.medium, values)


def test_a_substance_by_itself(checked):
    case = case_text(
        PURE,
        title="argon",
        mesh="{type: Grid1D, length: 0.1 m, cells: 10}",
        properties="""
  conductivity:
    kinetic_conductivity_without_diffusion:
      {molar_masses: {Ar: 39.95 g/mol}, diameters: 3.33 angstrom, well_depths: 136.5}""",
        boundaries="{left: {T: {dirichlet: 300}}, right: {T: {dirichlet: 310}}}",
        units=None,
    )
    found = at(checked(case), {temperature: 300.0}, conductivity)
    assert found == pytest.approx(0.01808, rel=0.01)  # argon at 300 K conducts 17.7 to 17.9 mW/m/K as measured


def test_three_species_in_maxwell_and_stefan_s_equations(checked):
    """Pairs by name; masses from the mixture; lambda belongs to J = 0."""
    gas = "diameters: 3 angstrom, well_depths: {A: 10, B: 120, C: 170}"
    pairs = ", ".join(f"{a}-{b}: {{kinetic_diffusivity: {{pair: [{a}, {b}], {gas}}}}}" for a, b in ("AB", "AC", "BC"))
    factors = ", ".join(
        f"{a}-{b}: {{kinetic_thermal_diffusion_factor: {{pair: [{a}, {b}], {gas}}}}}" for a, b in ("AB", "AC", "BC")
    )
    laws = f"conduction, maxwell_stefan: {{diffusivities: {{{pairs}}}, thermal_diffusion_factors: {{{factors}}}}}"
    given = f"conductivity_without_diffusion: {{kinetic_conductivity_without_diffusion: {{{gas}}}}}"
    case = checked(
        SI % ("A, B, C", MASSES + ", C: 84 g/mol", given, laws, "x_A: 0.2, x_B: 0.3", "x_A: no_flux, x_B: no_flux")
    )
    contract.check_laws(case)
    law = case.laws["maxwell_stefan"]
    view = _view(
        case,
        {temperature: 300.0, pressure: 1e5, case.mixture.mole_fractions[0]: 0.2, case.mixture.mole_fractions[1]: 0.3},
    )
    model = dilute_gas((4e-3, 40e-3, 84e-3), (3e-10,) * 3, (10.0, 120.0, 170.0), (), None, 1, 3).gas
    state = model.at(300.0, (0.2, 0.3, 0.5), 8.31446261815324, 1.380649e-23)
    assert law.thermal_diffusion_factors["A-C"](view) == pytest.approx(
        float(state.thermal_diffusion_factor(0, 2)), rel=1e-12
    )
    assert law.diffusivities["B-C"](view) == pytest.approx(
        float(state.diffusivity(1, 2, 1e5 / (1.380649e-23 * 300))), rel=1e-9
    )


def test_it_can_be_proved_of_second_order(checked):
    """Properties take formulas too, from which manufactured solutions are derived; hard disks in a plane."""
    hard = text(DISKS.replace("stiffness: 1.0e+5, ", ""))
    contract.check_order(checked(hard), at_least=1.9)


def test_series_in_temperature_take_formulas(checked):
    """The same numbers from a formula in T as from T."""
    import sympy

    from fvtransport.verification.symbolic import Symbolic, expression_of

    case, symbol = checked(text()), sympy.Symbol("T")
    x_A = case.mixture.mole_fractions[0]
    formula = expression_of(at(case, {temperature: Symbolic(symbol), x_A: 0.3}, diffusivity))
    wanted = at(case, {temperature: 1.3, x_A: 0.3}, diffusivity)
    assert float(formula.subs(symbol, 1.3)) == pytest.approx(float(wanted), rel=1e-10)


def test_leaving_the_integrals_has_a_name_and_a_reason(complaints):
    """Well depths of 1200 K: below 240 K nothing is tabulated."""
    given = "diffusivity: {kinetic_diffusivity: {diameters: 3 angstrom, well_depths: 1200}}, conductivity: 1"
    found = complaints(
        (SI % ("A, B", MASSES, given, "conduction, fick", "x_A: 0.5", "x_A: no_flux")).replace("T: 300 K", "T: 200 K")
    )
    assert any("T = 200 is outside of the collision integrals, which go from 240 to 6e+05" in each for each in found), (
        found
    )


@pytest.mark.parametrize(
    "gas, says",
    [
        (DISKS + ", well_depths: 1", "well_depths and stiffness are both given"),
        (DISKS + ", pair_well_depths: {A-B: 1}", "pair_well_depths are given without well_depths"),
        (DISKS + ", pair_diameters: {AB: 1}", "expected two species as in A-B"),
        (DISKS + ", pair_diameters: {A-C: 1}", "A-C is not a pair of the species A, B"),
        (DISKS.replace("B: 10", "C: 10"), "molar_masses lack B; the species are A, B"),
        (DISKS.replace("molar_masses: {A: 1, B: 10}, ", ""), "the molar masses are not known"),
        (DISKS.replace("dimension: 2", "dimension: 4"), "expected one of 2, 3"),
        (DISKS + ", order: 11", "order = 11"),
        (DISKS.replace("1.0e+5", "1.0e+4") + ", source: paper", "source: paper holds for"),
        (DISKS.replace("diameters: 1", "diameters: -1"), "diameters = -1 is out of range"),
    ],
)
def test_mistakes(complaints, gas, says):
    found = complaints(text(gas))
    assert any(says in each for each in found), found
