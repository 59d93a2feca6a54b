"""Chemical potentials against closed forms of activities, and against the metric of each mixture."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.theory.thermodynamics.potentials import log_activities

import fvtransport as fv
from fvtransport.discretisation.build import build
from fvtransport.model.views import CellView

BINARY = """
title: view
mesh: {{type: Grid1D, length: 1, cells: 2}}
mixture: {{binary: {{species: [A, B], concentration: 1.0, temperature: 300}}}}
properties: {{thermodynamic_factor: {factor}}}
laws: [maxwell_stefan: {{diffusivities: {{A-B: 1e-5}}}}]
boundaries: {{left: {{x_A: {{dirichlet: 0.2}}}}, right: {{x_A: {{dirichlet: 0.1}}}}}}
solve: steady
"""
TERNARY = """
title: view
mesh: {{type: Grid1D, length: 1, cells: 2}}
mixture: {mixture}
properties: {{conductivity: 1.0{properties}}}
laws: [maxwell_stefan: {{diffusivities: {{A-B: 1e-5, A-C: 2e-5, B-C: 3e-5}}}}, conduction]
boundaries:
  left: {{T: {{dirichlet: 300}}, x_A: {{dirichlet: 0.2}}, x_B: {{dirichlet: 0.3}}{more}}}
  right: {{T: {{dirichlet: 300}}, x_A: {{dirichlet: 0.1}}, x_B: {{dirichlet: 0.3}}{more}}}
solve: steady
"""


def medium(tmp_path, text: str):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return build(fv.check(path)).system.medium


def view(own, values: dict[str, object]) -> CellView:
    """Cells with values by the names of fields."""
    rows = np.array([np.broadcast_to(values[field.name], (3,)) for field in own.fields], float)
    return CellView(own, 0.0, rows, np.zeros((4, 3)))


def test_without_a_factor_activities_are_mole_fractions(tmp_path):
    own = medium(tmp_path, BINARY.replace("properties: {{thermodynamic_factor: {factor}}}\n", "").format())
    first, second = log_activities(view(own, {"x_A": (0.2, 0.5, 1.0)}))
    assert first == pytest.approx(np.log([0.2, 0.5, 1.0])) and second == pytest.approx(np.log([0.8, 0.5, 1e-12]))


@pytest.mark.parametrize("x", (1e-9, 1e-3, 0.2, 0.7, 1.0 - 1e-6))
def test_a_regular_solution_has_the_activities_of_margules(tmp_path, x):
    own = medium(tmp_path, BINARY.format(factor="{margules: {A-B: 1.4}}"))
    first, second = log_activities(view(own, {"x_A": x}))
    assert first == pytest.approx(np.log(x) + 1.4 * (1.0 - x) ** 2, rel=1e-7)
    assert second == pytest.approx(np.log(1.0 - x) + 1.4 * x**2, rel=1e-7)


def test_a_factor_that_is_a_number_is_a_power_of_the_mole_fraction(tmp_path):
    own = medium(tmp_path, BINARY.format(factor="1.5"))
    first, second = log_activities(view(own, {"x_A": (1e-6, 0.3, 0.9)}))
    assert first == pytest.approx(1.5 * np.log([1e-6, 0.3, 0.9])) and second == pytest.approx(
        1.5 * np.log([1.0 - 1e-6, 0.7, 0.1])
    )


def test_three_species_have_those_of_margules(tmp_path):
    """G^E/(R T) = sum_{i<j} A_ij x_i x_j:  ln gamma_i = sum_j A_ij x_j - G^E/(R T)."""
    mixture = "{gas: {species: [A, B, C], pressure: 1e5, molar_heat_capacity: 20}}"
    factor = ", thermodynamic_factor: {margules: {A-B: 0.8, B-C: -0.6, A-C: 0.3}}"
    own = medium(tmp_path, TERNARY.format(mixture=mixture, properties=factor, more=""))
    x = np.array([0.2, 0.5, 0.3])
    pairs = np.array([[0.0, 0.8, 0.3], [0.8, 0.0, -0.6], [0.3, -0.6, 0.0]])
    excess = 0.5 * x @ pairs @ x
    found = log_activities(view(own, {"T": 300.0, "x_A": x[0], "x_B": x[1]}))
    assert [each[0] for each in found] == pytest.approx(np.log(x) + pairs @ x - excess, rel=1e-9)


GAS = "{gas: {species: [A, B, C], pressure: 1e5, molar_heat_capacity: {A: 20, B: 30, C: 40}}}"
PRESSED = GAS.replace("}}}", "}, bulk_flow: darcy}}")
MIXTURES = {
    "gas at one pressure": (GAS, "", ""),
    "gas with its pressure": (PRESSED, ", permeability: 1e-12, viscosity: 1e-5", ", p: {dirichlet: 1e5}"),
    "liquid": ("{liquid: {species: [A, B, C], density: 1.0, molar_masses: {A: 0.02, B: 0.03, C: 0.05}}}", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", MIXTURES)
@pytest.mark.parametrize("factor", ("", ", thermodynamic_factor: {margules: {A-B: 0.8, B-C: -0.6}}"))
def test_potentials_change_with_the_state_as_the_metric_says(tmp_path, name, factor):
    """-mu_i/T less that of the last species goes with J_i, sum_i x_i (-mu_i/T) with N; both change by -G, and by the
    enthalpies over T^2 with the temperature.
    """
    mixture, properties, more = MIXTURES[name]
    own = medium(tmp_path, TERNARY.format(mixture=mixture, properties=properties + factor, more=more))
    state, x = {"T": 350.0, "x_A": 0.2, "x_B": 0.5, "p": 1.1e5}, np.array([0.2, 0.5, 0.3])
    at = view(own, state)
    metric, fractions = own.mixture.metric(at), own.mixture.mole_fractions
    enthalpies = [np.mean(h) for h in own.mixture.molar_enthalpies(at)] if own.mixture.has_enthalpies else [0.0] * 3
    for field in own.fields:
        by_field = _derivatives(own, state, field.name)
        rises = np.array([by_field[each] for each in fractions])
        for balance in own.balances:
            share = {fractions[0]: [1.0, 0.0, -1.0], fractions[1]: [0.0, 1.0, -1.0]}.get(balance.field, x)
            is_energy = balance.field.name == "T"
            found = by_field[balance.field] if is_energy else share @ rises
            expected = -np.broadcast_to(metric.get((balance, field), 0.0), 3)[0]
            if field.name == "T" and not is_energy:
                expected = np.dot(share, enthalpies) / 350.0**2
            assert found == pytest.approx(expected, rel=1e-5, abs=1e-7), (balance.name, field.name)


def _derivatives(own, state: dict[str, float], name: str) -> dict:
    """Of the entropy variables of a mixture by one field."""
    step = 1e-5 * state[name]
    above, below = (
        own.mixture.entropy_variables(view(own, state | {name: state[name] + sign * step})) for sign in (1.0, -1.0)
    )
    return {key: (np.broadcast_to(above[key] - below[key], 3)[0]) / (2.0 * step) for key in above}
