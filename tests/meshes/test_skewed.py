"""Cells that are not orthogonal: linear fields are exact, conservation holds, the Jacobian is that of the residual."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

import fvtransport
from fvtransport.outcome import Outcome
from fvtransport.solvers.transient import Transient
from tests.tools.cases import ISOTHERMAL, PURE, case_text
from tests.tools.skewed import quadrilaterals, tetrahedra, triangles, write_skewed

pytestmark = pytest.mark.gmsh

FLAT = {
    "skewed by 60": lambda: quadrilaterals(6, 60.0),
    "skewed and perturbed": lambda: quadrilaterals(6, 45.0, 0.2, seed=4),
    "triangles": lambda: triangles(0.2),
}
CASE = """
title: on cells that are not orthogonal
units: reduced
mesh: {{type: {kind}, file: {file}}}
{body}
"""
LINEAR = case_text(
    {},
    mixture="{{binary: {{species: [A, B], concentration: 1.0}}}}",
    properties="{{diffusivity: 0.7, conductivity: 2.0, heat_capacity: 1.0}}",
    laws="[conduction, fick]",
    initial="{{T: 2.0, x_A: 0.5}}",
    boundaries="""
  left: {{T: {{dirichlet: "{T}"}}, x_A: {{dirichlet: "{x}"}}}}
  default: {{T: {{dirichlet: "{T}"}}, x_A: {{dirichlet: "{x}"}}}}""",
    solve="{solve}",
)
MOVING = f"""
plugins: {Path(__file__).parents[1] / "engine/moving.py"}
mixture: moving
laws: [spread: {{diffusivity: 0.3}}, pull: {{force: 0.7}}]
initial: {{T: 1.0 + 0.3*x, n: 1.0 + 0.4*x*y}}
boundaries: {{default: {{T: no_flux, n: no_flux}}, left: {{T: {{dirichlet: 1.2}}}}}}
solve: {{transient: {{until: 0.3, rtol: %s}}}}
observe: {{made: {{amount_through: {{of: energy, through: left}}}}}}
"""


@pytest.fixture
def written(tmp_path):
    """The path of a case on a mesh file, from the text of the mesh and the rest of the case."""

    def write(mesh: str, body: str, kind: str = "Gmsh2D") -> Path:
        path = tmp_path / "case.yaml"
        path.write_text(CASE.format(kind=kind, file=write_skewed(tmp_path, mesh).name, body=body), encoding="utf-8")
        return path

    return write


def linear_in(dimension: int, solve: str) -> str:
    T, x = "1 + 0.5*x + 0.25*y", "0.5 + 0.1*x - 0.2*y"
    return LINEAR.format(T=T + " + 0.3*z" * (dimension == 3), x=x, solve=solve)


def assert_linear(snapshot) -> None:
    x, y, z = snapshot.system.geometry.position[:3]
    np.testing.assert_allclose(snapshot.values[0], 1 + 0.5 * x + 0.25 * y + 0.3 * z, rtol=0, atol=1e-12)
    np.testing.assert_allclose(snapshot.values[1], 0.5 + 0.1 * x - 0.2 * y, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", FLAT)
def test_linear_fields_are_solved_exactly(written, kind):
    assert_linear(fvtransport.run(written(FLAT[kind](), linear_in(2, "steady"))).snapshots[-1])


def test_linear_fields_are_solved_exactly_on_tetrahedra(written):
    assert_linear(fvtransport.run(written(tetrahedra(0.4), linear_in(3, "steady"), "Gmsh3D")).snapshots[-1])


def test_a_run_in_time_ends_in_the_steady_state(written):
    """The same residual, the same boundary equations: at rest the fields are those of the steady solve."""
    result = fvtransport.run(
        written(FLAT["skewed and perturbed"](), linear_in(2, "{transient: {until: 20.0, rtol: 1e-9}}"))
    )
    x, y = result.snapshots[-1].system.geometry.position[:2]
    np.testing.assert_allclose(result.snapshots[-1].values[0], 1 + 0.5 * x + 0.25 * y, rtol=0, atol=1e-8)


@pytest.mark.parametrize("kind", FLAT)
def test_books_close_and_boundary_equations_hold(written, kind):
    result = fvtransport.run(written(FLAT[kind](), MOVING % 1e-4))
    first, last = result.snapshots[0], result.snapshots[-1]
    heat, moles = last.system.balances
    for balance in (heat, moles):
        left = sum(last.cumulative_outflow(balance, name) for name in last.system.geometry.boundaries)
        stored = last.amount(balance) - first.amount(balance)
        assert stored + left == pytest.approx(last.cumulative_production(balance), abs=1e-12 * last.amount(balance))
    assert abs(last.cumulative_production(heat)) > 1e-3
    assert max(np.abs(each).max() for each in last.evaluation.boundary_residuals) < 1e-13


@pytest.mark.parametrize("kind", FLAT)
def test_the_jacobian_is_the_derivative_of_the_residual(written, monkeypatch, kind):
    made = []

    class Kept(Transient):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("fvtransport.solvers.segment.Transient", Kept)
    fvtransport.run(written({**FLAT, "triangles": lambda: triangles(0.4)}[kind](), MOVING % 1e-6))
    (solver,) = made
    t, y, rate, cj = solver.now.t, solver.now.y.copy(), solver.now.rate.copy(), 7.0
    exact = solver._matrices(t, y, cj)[0].toarray()
    above, below = np.zeros(y.size), np.zeros(y.size)
    for column in range(y.size):
        step = np.zeros(y.size)
        step[column] = 1e-6
        solver.residual(t, y + step, rate + cj * step, above)
        solver.residual(t, y - step, rate - cj * step, below)
        assert exact[:, column] == pytest.approx((above - below) / 2e-6, rel=0, abs=1e-5 * np.abs(exact).max()), column


@pytest.mark.parametrize("kind", FLAT)
def test_all_records_of_a_flux_have_the_same_gradients(written, kind):
    """The flux that was solved is the sum of the laws; the dissipative part and the forces are those of the state."""
    body = linear_in(2, "steady").replace("diffusivity: 0.7", 'diffusivity: {expression: "0.7 + 0.3*T"}')
    snapshot = fvtransport.run(written(FLAT[kind](), body)).snapshots[-1]
    size = np.abs(snapshot.evaluation.flux).max()
    for parts in (snapshot.fluxes.by_law, snapshot.fluxes.dissipative):
        np.testing.assert_allclose(sum(parts.values()), snapshot.evaluation.flux, rtol=0, atol=1e-13 * size)


@pytest.mark.parametrize("kind", FLAT)
def test_entropy_is_the_integral_of_a_scalar_product(written, kind):
    """kappa (grad T)^2/T^2 over the domain; normal components alone would miss it by a large part on skewed cells."""
    result = fvtransport.run(written(FLAT[kind](), linear_in(2, "steady")))
    geometry = result.system.geometry
    T = 1 + 0.5 * geometry.cell_positions[0] + 0.25 * geometry.cell_positions[1]
    exact = (2.0 * (0.5**2 + 0.25**2) / T**2) @ geometry.volume
    assert result.entropy_production_by_law["conduction"] == pytest.approx(exact, rel=5e-3)


def test_heat_spreads_in_time_as_the_closed_form(written):
    """T = 1 + exp(-pi^2 t) cos(pi x), insulated: second order on triangles made anew."""
    body = case_text(
        PURE,
        initial='{T: "1 + 0.5*cos(pi*x)"}',
        boundaries="{default: {T: no_flux}}",
        solve="{transient: {until: 0.1, rtol: 1e-8}}",
        units=None,
        mesh=None,
    )
    errors = []
    for size in (0.2, 0.05):
        snapshot = fvtransport.run(written(triangles(size), body)).snapshots[-1]
        exact = 1 + 0.5 * np.exp(-(np.pi**2) * 0.1) * np.cos(np.pi * snapshot.system.geometry.position[0])
        cells, volume = snapshot.system.geometry.cells, snapshot.volumes
        errors.append(float(np.sqrt(((snapshot.values[0] - exact)[cells] ** 2) @ volume)))
        assert snapshot.mean(snapshot.system.medium.fields[0]) == pytest.approx(1.0, abs=1e-3)
    assert errors[1] < 1e-4 and np.log(errors[0] / errors[1]) / np.log(4.0) > 1.8


def test_boundaries_that_store_close_the_books(written):
    """A linear isotherm on every face of one side: what has left through it is what it holds, to round-off."""
    plugins = Path(__file__).parents[1] / "engine/solute.py"
    body = f"""
plugins: [{plugins}]
mixture: solute
laws: [solute_diffusion: {{D: 1.0}}]
initial: {{c: "0.8 + 0.1*x"}}
boundaries: {{default: {{c: no_flux}}, right: {{c: {{langmuir: {{capacity: 0.5, affinity: 0.0}}}}}}}}
solve: {{transient: {{until: 0.1, rtol: 1.0e-7}}}}
"""
    result = fvtransport.run(written(quadrilaterals(6, 50.0, 0.2, seed=5), body))
    first, last = result.snapshots[0], result.snapshots[-1]
    balance, side = result.system.balances[0], result.system.geometry.boundaries["right"]
    held = [0.5 * snapshot.solved[0, side.nodes] @ side.area for snapshot in (first, last)]
    gone = last.cumulative_outflow(balance, "right")
    assert held[1] - held[0] == pytest.approx(gone, rel=0, abs=1e-14)
    assert last.amount(balance) + gone == pytest.approx(first.amount(balance), rel=1e-13)


LAYERS = """
h = 0.2;
Point(1) = {0, 0, 0, h}; Point(2) = {1, 0, 0, h}; Point(3) = {1, 1, 0, h}; Point(4) = {0, 1, 0, h};
Point(5) = {0.4, 0, 0, h}; Point(6) = {0.6, 1, 0, h};
Line(1) = {1, 5}; Line(2) = {5, 2}; Line(3) = {2, 3}; Line(4) = {3, 6}; Line(5) = {6, 4}; Line(6) = {4, 1};
Line(7) = {5, 6};
Curve Loop(1) = {1, 7, 5, 6}; Curve Loop(2) = {2, 3, 4, -7};
Plane Surface(1) = {1}; Plane Surface(2) = {2};
Physical Surface("glass") = {1}; Physical Surface("steel") = {2};
Physical Curve("left") = {6}; Physical Curve("right") = {3}; Physical Curve("sides") = {1, 2, 4, 5};
"""
JUMP = """
mixture: {{binary: {{species: [A, B], concentration: 1.0}}}}
properties:
  conductivity: {{by_region: {{glass: 1.0, steel: 20.0}}}}
  diffusivity: {{by_region: {{glass: {{expression: "1 + x_A"}}, steel: 0.1}}}}
  thermal_diffusion_coefficient: 0.05
  heat_capacity: 1.0
laws: [conduction, fick, soret_dufour]
initial: {{T: 1.0, x_A: 0.5}}
{interfaces}
boundaries:
  left: {{T: {{dirichlet: 2.0}}, x_A: {{dirichlet: 0.7}}}}
  right: {{T: {{dirichlet: 1.0}}, x_A: {{dirichlet: 0.4}}}}
  sides: {{T: no_flux, x_A: no_flux}}
solve: {solve}
"""
CONTACT = "interfaces: {glass-steel: {T: {contact_resistance: 0.3}}}"


TENSOR = ("glass: 1.0", "glass: {tensor: [[2.0, 0.5], [0.5, T]]}")
SORPTION = "interfaces: {glass-steel: {x_A: {sorption: 0.3}}}"
KINDS = {
    "continuous": ("", ("", "")),
    "resistance": (CONTACT, ("", "")),
    "tensor": (CONTACT, TENSOR),
    "sorption": (SORPTION, ("", "")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_layers_on_triangles_have_an_exact_jacobian(written, monkeypatch, kind):
    interfaces, tensor = KINDS[kind]
    made = []

    class Kept(Transient):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("fvtransport.solvers.segment.Transient", Kept)
    body = JUMP.format(interfaces=interfaces, solve="{transient: {until: 0.01, rtol: 1e-6}}").replace(*tensor)
    fvtransport.run(written(LAYERS.replace("h = 0.2", "h = 0.45"), body))
    (solver,) = made
    assert solver.equations.system.geometry.interfaces
    solver.equations.jacobian.invalidate()
    t, y, rate, cj = solver.now.t, solver.now.y.copy(), solver.now.rate.copy(), 7.0
    exact = solver._matrices(t, y, cj)[0].toarray()
    above, below = np.zeros(y.size), np.zeros(y.size)
    for column in range(y.size):
        step = np.zeros(y.size)
        step[column] = 1e-6
        solver.residual(t, y + step, rate + cj * step, above)
        solver.residual(t, y - step, rate - cj * step, below)
        assert exact[:, column] == pytest.approx((above - below) / 2e-6, rel=0, abs=1e-5 * np.abs(exact).max()), column


@pytest.mark.parametrize("kind", KINDS)
def test_layers_on_triangles_conserve_and_come_to_rest(written, kind):
    interfaces, tensor = KINDS[kind]
    body = JUMP.format(interfaces=interfaces, solve="steady").replace(*tensor)
    steady = fvtransport.run(written(LAYERS, body)).snapshots[-1]
    left, right = (steady.outflow(energy, name) for name in ("left", "right"))
    assert left == pytest.approx(-right, rel=1e-11)
    body = JUMP.format(interfaces=interfaces, solve="{transient: {until: 60.0, rtol: 1e-8}}").replace(*tensor)
    result = fvtransport.run(written(LAYERS, body))
    assert all(line.closes(1e-8) for line in result.balance)
    np.testing.assert_allclose(result.snapshots[-1].values, steady.values, rtol=0, atol=1e-6)


def test_a_broken_bound_is_reported(written):
    """A front of one cell on cells skewed by 60 degrees undershoots: the run says which field, where and why."""
    body = case_text(
        ISOTHERMAL,
        initial='{x_A: "where(x + y < 1.2, 0.0, 1.0)"}',
        boundaries="{default: {x_A: no_flux}}",
        solve="{transient: {until: 0.01, rtol: 1e-6}}",
        units=None,
        mesh=None,
    )
    ending = fvtransport.run(written(quadrilaterals(12, 60.0), body)).ending
    assert ending.outcome is Outcome.OUT_OF_RANGE
    assert ending.message.startswith("x_A = ") and "outside [0, 1]" in ending.message
    assert "with reconstructed gradients a steep front may overshoot" in ending.message
