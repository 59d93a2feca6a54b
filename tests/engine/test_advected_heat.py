"""Convected heat where the heat capacities of the two sides of a face differ, against formulas written here."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tools.built import built
from tests.tools.cases import COUPLED, PURE

T_REF, SPEED = 298.15, 0.7
MESH = "{type: Grid1D, length: 2, cells: 4, grading: {ratio: 3}}"
OPEN = "{left: {T: {dirichlet: 1}}, right: {T: {dirichlet: 3}}}"
RISING = "{conductivity: 0.8, heat_capacity: {expression: 1 + 2*T}}"
MIXED = "{conductivity: 0.8, diffusivity: 0.5, heat_capacity: {expression: 1 + 2*T}}"


def heat(T: np.ndarray) -> np.ndarray:
    """int c_p dT with c_p = 1 + 2 T."""
    return (T - T_REF) + (T**2 - T_REF**2)


def sides(system, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Temperatures on both sides of every face, and the distance between the nodes."""
    faces, every = system.geometry.faces, np.arange(system.geometry.nodes)
    left, right = every[faces.left], every[faces.right]
    position = system.geometry.position[0]
    row = next(i for i, field in enumerate(system.medium.fields) if field.name == "T")
    return values[row, left], values[row, right], position[right] - position[left]


def langevin(peclet: np.ndarray) -> np.ndarray:
    """coth(Pe/2) - 2/Pe."""
    return 1.0 / np.tanh(0.5 * peclet) - 2.0 / peclet


def convected(tmp_path, base, scheme: str, speed: float, **blocks):
    laws = (
        base["laws"].rstrip("]").replace(", soret_dufour", "")
        + f", advection: {{velocity: {speed}, scheme: {scheme}}}]"
    )
    problem = built(tmp_path, base, mesh=MESH, laws=laws, **blocks)
    values = problem.values.copy()
    row = next(i for i, field in enumerate(problem.system.medium.fields) if field.name == "T")
    values[row] = np.random.default_rng(5).uniform(1.0, 3.0, values.shape[1])
    flux = problem.system.fluxes.by_law(0.0, values)["advection"][row]
    return flux, *sides(problem.system, values)


@pytest.mark.parametrize("speed", [SPEED, -SPEED])
@pytest.mark.parametrize("mixture", ["pure", "binary"])
@pytest.mark.parametrize("scheme", ["central", "upwind", "fitted"])
def test_heat_is_carried_with_the_heat_capacities_of_both_sides(tmp_path, speed, mixture, scheme):
    base = PURE if mixture == "pure" else COUPLED
    mixed = "{left: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}, right: {T: {dirichlet: 3}, x_A: {dirichlet: 0.5}}}"
    flux, left, right, distance = convected(
        tmp_path, base, scheme, speed, properties=RISING if base is PURE else MIXED,
        boundaries=OPEN if base is PURE else mixed,
    )  # fmt: skip
    peclet = speed * distance * (0.5 * (1 + 2 * left) + 0.5 * (1 + 2 * right)) / 0.8
    weight = {"central": 0.0, "upwind": np.sign(speed), "fitted": langevin(peclet)}[scheme]
    expected = speed * (0.5 * (1 + weight) * heat(left) + 0.5 * (1 - weight) * heat(right))
    assert np.abs(left - right).max() > 0.5
    assert flux == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_gas_carries_the_enthalpies_of_its_species(tmp_path, swapped):
    """sum_i c_p,i N_i (T_f - T_0), T_f fitted with Pe = sum_i c_p,i N_i d/kappa, at unequal c_p,i; N_B = -2 N_A."""
    first, second = (75.0, 20.0) if not swapped else (20.0, 75.0)
    mixture = (
        "{gas: {species: [A, B], pressure: 1e5, reference_temperature: 300,"
        f" molar_heat_capacity: {{A: {first}, B: {second}}}, bulk_flow: {{flux_ratio: {{A: 2, B: 1}}}}}}}}"
    )
    problem = built(
        tmp_path, mesh="{type: Grid1D, length: 0.01, cells: 4, grading: {ratio: 3}}", units=None, mixture=mixture,
        properties="{conductivity: 0.03, diffusivity: 2e-5}", laws="[conduction, fick]", initial="{T: 300, x_A: 0.4}",
        boundaries="{left: {T: {dirichlet: 300}, x_A: {dirichlet: 0.2}}, "
        "right: {T: {dirichlet: 400}, x_A: {dirichlet: 0.6}}}",
    )  # fmt: skip
    system, values = problem.system, problem.values.copy()
    rows = {field.name: i for i, field in enumerate(system.medium.fields)}
    rng = np.random.default_rng(6)
    values[rows["T"]] = rng.uniform(300.0, 400.0, values.shape[1])
    values[rows["x_A"]] = rng.uniform(0.2, 0.6, values.shape[1])
    by_law = system.fluxes.by_law(0.0, values)
    total_A = sum(by_law.values())[rows["x_A"]]
    flow = first * total_A - second * 2.0 * total_A
    left, right, distance = sides(system, values)
    peclet = flow * distance / 0.03
    weight = langevin(peclet)
    face = 0.5 * (1 + weight) * left + 0.5 * (1 - weight) * right
    assert by_law["bulk_flow"][rows["T"]] == pytest.approx(flow * (face - 300.0), rel=1e-9)
