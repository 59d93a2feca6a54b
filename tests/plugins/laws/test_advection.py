"""Advection: exact where it can be, second order where resolved, monotone where not, on curved meshes too."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

import fvtransport
from fvtransport.verification import contract
from tests.tools.cases import ISOTHERMAL, PURE, binary, case_text, line

STEADY = case_text(
    ISOTHERMAL,
    title="carried along",
    mixture=binary(2.0, temperature=1.0),
    laws="[fick, advection: {velocity: 3.0}]",
    boundaries="{left: {x_A: {dirichlet: 0.2}}, right: {x_A: {dirichlet: 0.9}}}",
)
FRONT = case_text(
    ISOTHERMAL,
    title="a front",
    mesh=line(cells=50),
    properties="{diffusivity: 2.0e-5}",
    laws="[fick, advection: {velocity: 1.0, scheme: fitted}]",
    initial='{x_A: "where(x < 0.3, 1.0, 0.0)"}',
    boundaries="{left: {x_A: {neumann: -1.0}}, right: {x_A: {outlet: 1.0}}}",
    solve="{transient: {until: 0.4, rtol: 1.0e-8, samples: 20}}",
)
PIPE = case_text(
    PURE,
    title="a heated stream",
    units=None,
    mesh="{type: Grid1D, length: 2 m, cells: 40, cross_section: 0.1 m^2}",
    properties="{conductivity: 0.6, heat_capacity: 4.0e6}",
    laws="[conduction, advection: {velocity: 1 mm/s}, source: {balance: energy, rate: 5 kW/m^3}]",
    boundaries="{left: {T: {neumann: -1.2e6 W/m^2}}, right: {T: {outlet: 1 mm/s}}}",
)


@pytest.mark.parametrize("velocity", [3.0, -3.0, 60.0, 1e-3])
@pytest.mark.parametrize("ratio", [1, 5])
def test_without_sources_every_node_is_exact(run_text, velocity, ratio):
    grading = f"mesh.grading={{ratio: {ratio}, towards: left}}"
    snapshot = run_text(STEADY, f"laws.1.advection.velocity={velocity}", grading).snapshots[-1]
    x = snapshot.system.geometry.position[0]
    share = np.expm1(velocity * x) / np.expm1(velocity)
    assert np.allclose(snapshot.values[0], 0.2 + 0.7 * share, rtol=1e-9, atol=0)
    flux = 2 * velocity * (0.2 - 0.7 / np.expm1(velocity))
    balance = snapshot.system.balances[0]
    assert snapshot.flux(balance, "left") == pytest.approx(flux, rel=1e-9, abs=0)
    assert snapshot.flux(balance, "right") == pytest.approx(flux, rel=1e-9, abs=0)


@pytest.mark.parametrize("kind", ["dirichlet", "neumann"])
def test_second_order_where_resolved(run_text, kind):
    """x_A = 0.5 + 0.2 sin 2x with D = 1 + x_A/2 and u = 1.5; the cell Peclet number is below 0.02."""
    x_A, slope, bend = "(0.5 + 0.2*sin(2*x))", "(0.4*cos(2*x))", "(-0.8*sin(2*x))"
    rate = f"2*(1.5*{slope} - (1 + {x_A}/2)*{bend} - {slope}**2/2)"
    errors = []
    for cells in (80, 160):
        end = 0.5 + 0.2 * np.sin(2.0), 0.4 * np.cos(2.0)
        flux = 2 * (1.5 * end[0] - (1 + end[0] / 2) * end[1])
        right = f"dirichlet: {float(end[0])!r}" if kind == "dirichlet" else f"neumann: {float(flux)!r}"
        changes = [
            f"laws=[fick, advection: {{velocity: 1.5}}, source: {{balance: A, rate: '{rate}'}}]",
            f"mesh.cells={cells}",
        ]
        changes += [
            "properties.diffusivity=1 + x_A/2",
            "boundaries.left.x_A.dirichlet=0.5",
            f"boundaries.right.x_A={{{right}}}",
        ]
        snapshot = run_text(STEADY, *changes).snapshots[-1]
        x = snapshot.system.geometry.position[0]
        field = np.abs(snapshot.values[0] - 0.5 - 0.2 * np.sin(2 * x))
        left = 2 * (1.5 * 0.5 - 1.25 * 0.4)
        errors.append((field[1:-1].max(), abs(snapshot.flux(snapshot.system.balances[0], "left") - left)))
    order = np.log2(np.array(errors[0]) / errors[1])
    assert order.min() >= 1.9, (order, errors)


@pytest.mark.parametrize("scheme, overshoots", [("fitted", False), ("upwind", False), ("central", True)])
def test_monotone_where_not_resolved(run_text, scheme, overshoots):
    """Cell Peclet number 1000: nothing leaves [0, 1], and no new extremum appears; central
    differences would oscillate.
    """
    result = run_text(FRONT, f"laws.1.advection.scheme={scheme}")
    values = [snapshot.values[0] for snapshot in result.snapshots]
    beyond = max(max(-v.min(), v.max() - 1.0) for v in values)
    rises = max(np.diff(v).max() for v in values)
    if overshoots:
        assert not result.ending.succeeded or beyond > 1e-2
    else:
        assert result.ending.succeeded and beyond < 1e-6 and rises < 1e-6
        last = result.snapshots[-1]
        assert last.amount(last.system.balances[0]) == pytest.approx(0.7, rel=1e-4, abs=0)


def test_a_boundary_layer_in_one_cell_is_monotone(run_text):
    snapshot = run_text(STEADY, "laws.1.advection.velocity=2.0e4").snapshots[-1]
    assert np.allclose(snapshot.values[0][:-1], 0.2, rtol=1e-12, atol=0) and snapshot.values[0][-1] == 0.9


def test_heat_of_a_stream(run_text):
    """1.2e6 W/m^2 carried in at 300 K, 5 kW/m^3 added over 2 m: it leaves 2.5 K warmer."""
    snapshot = run_text(PIPE).snapshots[-1]
    assert snapshot.values[0][-1] == pytest.approx(302.5, rel=1e-12, abs=0)
    assert snapshot.outflow(energy, "right") == pytest.approx(0.1 * (1.2e6 + 1e4), rel=1e-12, abs=0)


def test_uniform_stays_uniform_in_a_radial_flow(run_text):
    mesh = "mesh={type: CylindricalGrid1D, length: 1.0, inner_radius: 0.5, cells: 20}"
    changes = [mesh, "laws.1.advection.velocity=0.3/r", "boundaries.left.x_A.dirichlet=0.9"]
    snapshot = run_text(STEADY, *changes).snapshots[-1]
    assert np.allclose(snapshot.values[0], 0.9, rtol=1e-12, atol=0)


def test_radial_flow_between_cylinders(run_text):
    """u = a/r:  r J = a x - D r x' is constant, so x is linear in r^(a/D)."""
    errors = []
    for cells in (40, 80):
        mesh = f"mesh={{type: CylindricalGrid1D, length: 1.0, inner_radius: 0.5, cells: {cells}}}"
        snapshot = run_text(STEADY, mesh, "laws.1.advection.velocity=3/r").snapshots[-1]
        share = (snapshot.system.geometry.position[0] ** 3 - 0.5**3) / (1.5**3 - 0.5**3)
        errors.append(np.abs(snapshot.values[0] - 0.2 - 0.7 * share).max())
    assert np.log2(errors[0] / errors[1]) >= 1.9 and errors[1] < 1e-4, errors


def test_components_on_a_plane(run_text):
    """A flow along y alone, exact in y and the same at every x."""
    mesh = "mesh={type: Grid2D, length: [1.0, 1.0], cells: [4, 12]}"
    boundaries = (
        "boundaries={left: {x_A: no_flux}, right: {x_A: no_flux}, bottom: {x_A: {dirichlet: 0.2}}, top: {x_A: "
        "{dirichlet: 0.9}}}"
    )
    snapshot = run_text(STEADY, mesh, boundaries, "laws.1.advection.velocity=[0.0, -4.0]").snapshots[-1]
    y = snapshot.system.geometry.cell_positions[1]
    exact = 0.2 + 0.7 * np.expm1(-4 * y) / np.expm1(-4)
    assert np.allclose(snapshot.values[0][snapshot.system.geometry.cells], exact, rtol=1e-9, atol=0)


def test_contract(tmp_path):
    for text in (STEADY, PIPE):
        (tmp_path / "case.yaml").write_text(text)
        contract.check_laws(fvtransport.check(tmp_path / "case.yaml"))


def test_too_many_components(complaints):
    assert "expected one to three" in complaints(STEADY.replace("3.0}", "[1, 2, 3, 4]}"))[0]


@pytest.mark.parametrize("velocity", [2e-6, -2e-6])
def test_heat_is_fitted_to_its_own_diffusivity(run_text, velocity):
    """u L / (kappa / c_p) = 26.7 either way, and every node is exact."""
    boundaries = "boundaries={left: {T: {dirichlet: 300}}, right: {T: {dirichlet: 350}}}"
    laws = f"laws=[conduction, advection: {{velocity: {velocity}}}]"
    snapshot = run_text(PIPE, laws, boundaries).snapshots[-1]
    slope = velocity * 4.0e6 / 0.6
    share = np.expm1(slope * snapshot.system.geometry.position[0]) / np.expm1(slope * 2)
    assert np.allclose(snapshot.values[0], 300 + 50 * share, rtol=1e-10, atol=0)
