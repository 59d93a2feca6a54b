"""Cantera's multicomponent diffusion coefficients as a peer; skipped where the extra `cantera` is absent."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.cases import case_text

cantera = pytest.importorskip("cantera", reason="the extra [cantera] is absent")

NAMES = ("H2", "N2", "CO2", "CH4")
LEFT, RIGHT = np.array([0.1, 0.4, 0.3, 0.2]), np.array([0.1002, 0.3997, 0.2999, 0.2002])
TEMPERATURE, PRESSURE, SIZE = 350.0, 101325.0, 1e-3
CASE = case_text(
    {},
    title="one face between two compositions",
    mesh="{{type: Grid1D, length: {size}, cells: 1, cross_section: 1}}",
    mixture="""
  gas: {{species: [{names}], pressure: {pressure}, temperature: {temperature}, bulk_flow: {flow},
    molar_masses: {{{masses}}}}}""",
    laws="[maxwell_stefan: {{diffusivities: {{{pairs}}}}}]",
    boundaries="""
  left:  {{{left}}}
  right: {{{right}}}""",
    solve="steady",
    observe="{{{observe}}}",
)


@pytest.fixture(scope="module")
def gas():
    found = cantera.Solution("gri30.yaml")
    found.transport_model = "multicomponent"
    mean = dict(zip(NAMES, 0.5 * (LEFT + RIGHT)))
    found.TPX = TEMPERATURE, PRESSURE, {name: max(mean.get(name, 0.0), 1e-30) for name in found.species_names}
    return found


def text(gas, flow: str) -> str:
    position = [gas.species_index(name) for name in NAMES]
    binary = gas.binary_diff_coeffs[np.ix_(position, position)]
    pairs = {f"{NAMES[i]}-{NAMES[j]}": binary[i, j] for i in range(4) for j in range(i)}
    masses = dict(zip(NAMES, gas.molecular_weights[position] * 1e-3))
    ends = [", ".join(f"x_{name}: {{dirichlet: {x}}}" for name, x in zip(NAMES[:-1], end)) for end in (LEFT, RIGHT)]
    observe = ", ".join(f"N_{name}: {{species_flux: {{species: {name}, boundary: right}}}}" for name in NAMES)
    named = [", ".join(f"{name}: {value}" for name, value in each.items()) for each in (pairs, masses)]
    return CASE.format(
        size=SIZE, names=", ".join(NAMES), pressure=PRESSURE, temperature=TEMPERATURE, flow=flow, pairs=named[0],
        masses=named[1], left=ends[0], right=ends[1], observe=observe,
    )  # fmt: skip


def test_fluxes_relative_to_the_mass_are_those_of_canteras_matrix(gas, run_text):
    """j_k = rho M_k/M^2 sum_j M_j D_kj grad x_j, with Cantera's ordinary multicomponent diffusion coefficients D_kj."""
    position = [gas.species_index(name) for name in NAMES]
    masses, mean = gas.molecular_weights[position], gas.mean_molecular_weight
    matrix = gas.multi_diff_coeffs[np.ix_(position, position)]
    slopes = (RIGHT - LEFT) / SIZE
    expected = gas.density / mean**2 * (matrix @ (masses * slopes)) * 1e3
    found = run_text(text(gas, "mass")).observables
    np.testing.assert_allclose([found[f"N_{name}"].value for name in NAMES], expected, rtol=1e-6, atol=0.0)


def test_moles_and_mass_are_two_frames_of_the_same_diffusion(gas, run_text):
    """N_i differ by x_i times one velocity between closures."""
    fluxes = [run_text(text(gas, flow)).observables for flow in ("mass", "equimolar")]
    N, J = (np.array([found[f"N_{name}"].value for name in NAMES]) for found in fluxes)
    np.testing.assert_allclose(N - J, 0.5 * (LEFT + RIGHT) * N.sum(), rtol=0.0, atol=1e-6 * np.abs(N).max())
    assert abs(J.sum()) < 1e-12 * np.abs(J).max()
