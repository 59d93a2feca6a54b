"""A boundary with an imposed flux and a storage of its own: what passes feeds both, on lines and on many faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

PLUGINS = Path(__file__).with_name("solute.py")
MESHES = {
    "line": "{type: Grid1D, length: 1.0e-3, cells: 10, cross_section: 2.0}",
    "plane": "{type: Grid2D, length: [1.0e-3, 2.0], cells: [10, 3]}",
}
CASE = f"""
plugins: [{PLUGINS}]
units: reduced
mesh: MESH
mixture: solute
laws: [solute_diffusion: {{D: 1.0}}]
initial: {{c: 0.8}}
boundaries: {{default: {{c: no_flux}}, right: {{c: {{langmuir: SURFACE}}}}}}
solve: {{transient: {{until: 0.5, rtol: 1.0e-9}}}}
observe: {{gone: {{amount_through: {{of: solute, through: right}}}}}}
"""
LENGTH, AREA, CAPACITY, AFFINITY = 1e-3, 2.0, 4e-3, 2.5


def text(mesh: str = "line", surface: str = "{capacity: 4.0e-3, affinity: 2.5, rate: 3.0e-3}") -> str:
    return CASE.replace("MESH", MESHES[mesh]).replace("SURFACE", surface)


def stored(c, affinity: float = AFFINITY):
    return CAPACITY * (affinity or 1.0) * c / (1.0 + affinity * c)


@pytest.mark.parametrize("rate", [0.0, 3e-3])
@pytest.mark.parametrize("mesh", MESHES)
def test_a_thin_layer_empties_like_a_stirred_one(run_text, mesh, rate):
    """Diffusion takes L^2/D = 1e-6 s, so that (L + d Gamma/dc) dc/dt = -k c to about 1e-5."""
    result = run_text(text(mesh, f"{{capacity: {CAPACITY}, affinity: {AFFINITY}, rate: {rate}}}"), "initial.c=0.8")
    slope = lambda c: CAPACITY * AFFINITY / (1.0 + AFFINITY * c) ** 2
    exact = solve_ivp(lambda t, c: -rate * c / (LENGTH + slope(c)), (0.0, 0.5), [0.8], rtol=1e-11, atol=1e-14).y[0, -1]
    last = result.snapshots[-1]
    np.testing.assert_allclose(last.cells(result.system.balances[0].field), exact, rtol=2e-5)
    assert result.observables["gone"].value == pytest.approx(AREA * LENGTH * (0.8 - exact), rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("mesh", MESHES)
def test_an_empty_surface_fills_from_the_layer(run_text, mesh):
    """c = 0 on the surface and 0.8 inside at the start; at rest, L c + Gamma(c) = L 0.8 with c from the isotherm."""
    surface = f"{{capacity: {CAPACITY}, affinity: {AFFINITY}}}"
    result = run_text(text(mesh, surface).replace("c: 0.8", "c: 'where(x < 0.99999e-3, 0.8, 0.0)'"))
    field, last = result.system.balances[0].field, result.snapshots[-1]
    a, b, d = LENGTH * AFFINITY, LENGTH * (1.0 - 0.8 * AFFINITY) + CAPACITY * AFFINITY, -0.8 * LENGTH
    rest = (-b + np.sqrt(b * b - 4 * a * d)) / (2 * a)
    np.testing.assert_allclose(last.cells(field), rest, rtol=1e-7)
    np.testing.assert_allclose(last.on_boundary(field, "right"), rest, rtol=1e-7)
    assert result.observables["gone"].value == pytest.approx(AREA * stored(rest), rel=1e-7)


@pytest.mark.parametrize("mesh", MESHES)
def test_a_linear_isotherm_holds_what_has_left_to_round_off(run_text, mesh):
    surface = f"{{capacity: {CAPACITY}, affinity: 0.0}}"
    result = run_text(text(mesh, surface).replace("c: 0.8", "c: 'where(x < 0.99999e-3, 0.8, 0.0)'"))
    field, last = result.system.balances[0].field, result.snapshots[-1]
    on_surface = AREA * stored(np.mean(last.solved[0, result.system.geometry.boundaries["right"].nodes]), 0.0)
    assert on_surface > 1e-4
    assert result.observables["gone"].value == pytest.approx(on_surface, rel=0, abs=1e-15)
    assert last.mean(field) * AREA * LENGTH + on_surface == pytest.approx(0.8 * AREA * LENGTH, rel=1e-13)


def test_the_account_of_the_domain_closes_at_the_faces(run_text):
    balance = run_text(text("plane")).balance[0]
    assert abs(balance.relative_error) < 1e-12 and balance.instant_relative_error < 1e-10, balance
    assert balance.left_through["right"] > 1e-4


@pytest.mark.parametrize("mesh", MESHES)
def test_a_steady_surface_stores_nothing_more(run_text, mesh):
    """Between c = 1 and the surface with J = k c:  c_s = 1/(1 + k L / D)."""
    steady = text(mesh, "{capacity: 4.0e-3, affinity: 2.5, rate: 500.0}").split("solve:")[0] + "solve: steady\n"
    result = run_text(steady.replace("right: {c", "left: {c: {dirichlet: 1.0}}, right: {c"))
    field = result.system.balances[0].field
    np.testing.assert_allclose(result.snapshots[-1].on_boundary(field, "right"), 1.0 / 1.5, rtol=1e-12)
    flow = result.snapshots[-1].outflow(result.system.balances[0], "right")
    assert flow == pytest.approx(AREA * 500.0 / 1.5, rel=1e-12)


def test_a_steady_surface_without_reaction_passes_nothing(run_text):
    steady = text("line", "{capacity: 4.0e-3, affinity: 2.5}").split("solve:")[0] + "solve: steady\n"
    result = run_text(steady.replace("right: {c", "left: {c: {dirichlet: 1.0}}, right: {c"))
    assert abs(result.snapshots[-1].outflow(result.system.balances[0], "right")) < 1e-10
