"""A boundary-value solver as a peer: the Maxwell-Stefan equations along a line, without
cells, fluxes by collocation.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_bvp

import fvtransport
from tests.tools.cases import PURE, case_text

R, P, L = 8.31446261815324, 101325.0, 0.05
NAMES = ("A", "B", "C")
CAPACITIES = np.array([20.8, 29.1, 37.1])
PAIRS = {"A-B": 7.0e-5, "A-C": 6.0e-5, "B-C": 1.6e-5}
FACTORS = {"A-B": -0.3, "A-C": -0.4, "B-C": 0.1}
ENDS = {"left": (400.0, 0.05, 0.45), "right": (300.0, 0.5, 0.2)}
LAMBDA, DATUM = 0.06, 298.15
CASE = case_text(
    PURE,
    title="three gases between two vessels at two temperatures",
    mesh="{{type: Grid1D, length: 0.05, cells: {cells}, cross_section: 1}}",
    mixture="""
  gas:
    species: [A, B, C]
    molar_masses: {{A: 2.0e-3, B: 28.0e-3, C: 44.0e-3}}
    pressure: 101325
    molar_heat_capacity: {{A: 20.8, B: 29.1, C: 37.1}}
    bulk_flow: {flow}""",
    properties="{{conductivity_without_diffusion: 0.06}}",
    laws="""
  - conduction
  - maxwell_stefan:
      diffusivities: {{A-B: 7.0e-5*(T/300)**1.75, A-C: 6.0e-5*(T/300)**1.75, B-C: 1.6e-5*(T/300)**1.75}}
      thermal_diffusion_factors: {{A-B: -0.3, A-C: -0.4, B-C: 0.1}}""",
    boundaries="""
  left:  {{T: {{dirichlet: 400}}, x_A: {{dirichlet: 0.05}}, x_B: {{dirichlet: 0.45}}}}
  right: {{T: {{dirichlet: 300}}, x_A: {{dirichlet: 0.5}}, x_B: {{dirichlet: 0.2}}}}""",
    observe="""
  e: {{flux: {{of: energy, through: right}}}}
  N_A: {{species_flux: {{species: A, boundary: right}}}}
  N_B: {{species_flux: {{species: B, boundary: right}}}}
  N_C: {{species_flux: {{species: C, boundary: right}}}}""",
    units=None,
)
WEIGHTS = {
    "equimolar": (1.0, 1.0, 1.0),
    "{stagnant: C}": (0.0, 0.0, 1.0),
    "{flux_ratio: {A: 2, C: 1}}": (2.0, 0.0, 1.0),
    "mass": (2.0, 28.0, 44.0),
}
UNITS = np.array([0.03, 0.03, 0.03, 200.0])
"""Sizes of N_A, N_B, N_C [mol/m^2/s] and of the energy flux [W/m^2]."""


def table(pairs: dict[str, float], sign: float) -> np.ndarray:
    found = np.zeros((3, 3))
    for name, value in pairs.items():
        i, j = (NAMES.index(each) for each in name.split("-"))
        found[i, j], found[j, i] = value, sign * value
    return found


def collocated(weights: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions, (T, x_A, x_B, x_C) there, and the constant fluxes (N_A, N_B, N_C, e)."""
    inverse = 1.0 / (table(PAIRS, 1.0) + np.diag(np.full(3, np.inf)))
    factors = table(FACTORS, -1.0)

    def slopes(s, state, unknown):
        T, x, fluxes = state[0], np.vstack([state[1:], 1.0 - state[1] - state[2]]), unknown * UNITS
        N, c = fluxes[:3], P / (R * T)
        J = N[:, None] - x * N.sum()
        drift = factors @ x
        heat = fluxes[3] - (CAPACITIES @ N) * (T - DATUM)
        dT = (R * T * (J * drift).sum(axis=0) - heat) / LAMBDA
        friction = (x * (inverse @ J) - J * (inverse @ x)) / (c * (T / 300.0) ** 1.75)
        return L * np.vstack([dT, (friction - x * drift * dT / T)[:2]])

    def ends(a, b, unknown):
        return np.concatenate(
            [(a - ENDS["left"]) / [100.0, 1, 1], (b - ENDS["right"]) / [100.0, 1, 1], [np.dot(weights, unknown[:3])]]
        )

    s = np.linspace(0.0, 1.0, 101)
    start = np.outer(ENDS["left"], 1.0 - s) + np.outer(ENDS["right"], s)
    found = solve_bvp(slopes, ends, s, start, p=np.array([-1.0, 0.5, 0.5, 0.6]), tol=1e-9, max_nodes=100000)
    assert found.success, found.message
    state = found.sol(s)
    return s * L, np.vstack([state, 1.0 - state[1] - state[2]]), found.p * UNITS


@pytest.fixture
def solved(tmp_path):
    def solve(flow: str, cells: int):
        path = tmp_path / "case.yaml"
        path.write_text(CASE.format(flow=flow, cells=cells))
        result = fvtransport.run(path)
        assert result.summary()["status"] == "converged", result.summary()["message"]
        end = result.snapshots[-1]
        position = end.system.geometry.position[0]
        order = np.argsort(position)
        names = {field.name: field for field in (*end.system.medium.fields, *end.system.medium.species)}
        fields = np.array(
            [np.broadcast_to(end.nodes[names[name]], position.shape)[order] for name in ("T", "x_A", "x_B", "x_C")]
        )
        fluxes = [result.observables[name].value for name in ("N_A", "N_B", "N_C", "e")]
        return position[order], fields, np.array(fluxes)

    return solve


@pytest.mark.parametrize("flow", WEIGHTS)
def test_collocation_agrees_at_second_order(solved, flow):
    z, exact, fluxes = collocated(WEIGHTS[flow])
    off, found = [], []
    for cells in (20, 40):
        position, fields, passing = solved(flow, cells)
        reference = np.array([np.interp(position, *refine(z, row)) for row in exact])
        off.append(np.abs(fields - reference).max(axis=1) / np.ptp(exact, axis=1))
        found.append(passing)
    assert off[1].max() < 5e-5 and np.all(off[0] > 3.4 * off[1]), off
    size = np.append(np.full(3, np.abs(fluxes[:3]).max()), abs(fluxes[3]))
    assert np.all(np.abs(found[1] - fluxes) < 1e-3 * size)
    np.testing.assert_allclose((4.0 * found[1] - found[0]) / 3.0 / size, fluxes / size, rtol=0.0, atol=5e-7)


def refine(z: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A cubic spline through the points, on so many that straight lines between them do."""
    from scipy.interpolate import CubicSpline

    fine = np.linspace(z[0], z[-1], 20001)
    return fine, CubicSpline(z, row)(fine)
