"""States on boundaries and interfaces that belong to given cells, and their rates, against closed forms."""

import numpy as np
import pytest

from fvtransport.discretisation.jacobian import Jacobian
from fvtransport.discretisation.layout import Layout
from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.discretisation.surface_states import solve_surface_states, surface_state_rates
from fvtransport.outcome import Outcome, Stopped
from tests.tools.built import LAYERS, built
from tests.tools.cases import line
from tests.tools.skewed import quadrilaterals, write_skewed

BOUNDARIES = "{left: {T: {robin: {coefficient: 2, reference: 3}}}, right: {T: {dirichlet: 1}}}"
LAYERED = "{conductivity: {by_region: {a: 1, b: 4}}, heat_capacity: 1.0}"
RESISTANCE = "{a-b: {T: {contact_resistance: 0.5}}}"


def _jacobian(problem):
    return Jacobian(problem.system, Layout(problem.system, totals=False), problem.scale)


def _solved(problem, values):
    return solve_surface_states(problem.system, _jacobian(problem), 0.0, values)


@pytest.fixture(params=[None, RESISTANCE], ids=["one state", "two states"])
def problem(request, tmp_path):
    """Cells of 0.5: half of one is 0.25 from every surface."""
    return built(tmp_path, mesh=LAYERS, properties=LAYERED, boundaries=BOUNDARIES, interfaces=request.param)


def _wanted(problem, values):
    """On the left h (T - 3) = k (T_cell - T)/0.25; between the layers one flux through both halves."""
    cells = values[0, problem.system.geometry.cells]
    contact = 0.5 if problem.system.geometry.interfaces[0].is_two_sided else 0.0
    q = (cells[1] - cells[2]) / (0.25 + contact + 0.25 / 4.0)
    return (2.0 * 3.0 + 4.0 * cells[0]) / 6.0, cells[1] - 0.25 * q, cells[2] + 0.25 / 4.0 * q, 1.0


def _on_surfaces(problem, values):
    geometry = problem.system.geometry
    (interface,) = geometry.interfaces
    left, right = (values[0, geometry.boundaries[name].nodes].item() for name in ("left", "right"))
    return left, values[0, interface.left_nodes].item(), values[0, interface.right_nodes].item(), right


def test_states_follow_from_the_cells(problem):
    values = problem.values * np.random.default_rng(13).uniform(0.5, 1.5, problem.values.shape)
    found = _solved(problem, values)
    assert _on_surfaces(problem, found) == pytest.approx(_wanted(problem, values), rel=1e-13)
    cells = problem.system.geometry.cells
    assert np.array_equal(found[:, cells], values[:, cells])


def test_an_equation_that_is_not_linear(tmp_path):
    """k(T) = 1 + T at the mean of cell and boundary: h (T - 3) = k (1 - T)/0.25 is a quadratic equation."""
    problem = built(
        tmp_path,
        mesh=line(1, 2),
        boundaries=BOUNDARIES,
        properties="{conductivity: 1 + T, heat_capacity: 1.0}",
    )
    found = _solved(problem, np.ones_like(problem.values))[0, 0]
    # 2 (T - 3) = 4 (1 + (1 + T)/2) (1 - T), that is T^2 + 3 T - 6 = 0.
    assert found == pytest.approx((-3.0 + np.sqrt(33.0)) / 2.0, rel=1e-13)


def test_rates_keep_the_equations_satisfied(problem):
    """The equations are linear: the rates of the surfaces depend on those of the cells as the states do."""
    rng, geometry = np.random.default_rng(14), problem.system.geometry
    values = _solved(problem, problem.values * rng.uniform(0.5, 1.5, problem.values.shape))
    change = np.zeros_like(values)
    change[:, geometry.cells] = rng.uniform(-1.0, 1.0, (1, geometry.volume.size))
    later = _solved(problem, values + change)
    surface_state_rates(problem.system, _jacobian(problem), 0.0, values, change, [{}, {}, {}])
    assert np.allclose(change, later - values, rtol=0, atol=1e-6)


MISSING = '{conductivity: "sqrt(2 - T)", heat_capacity: 1.0}'
"""Without a value beside a boundary at T = 5."""


def _hot(tmp_path, mesh):
    """A state whose left boundary is far above what the conductivity is defined for."""
    problem = built(tmp_path, mesh=mesh, boundaries=BOUNDARIES.replace("{left", "{default: {T: no_flux}, left")
                    if "2D" in mesh else BOUNDARIES, properties=MISSING)  # fmt: skip
    values = np.ones_like(problem.values)
    nodes = problem.system.geometry.boundaries["left"].nodes
    values[:, nodes] = 5.0
    return problem, values


@pytest.mark.parametrize("mesh", [line(1, 4), "{type: Grid2D, length: [1, 1], cells: [3, 3]}"], ids=["line", "plane"])
def test_a_state_that_is_not_finite_ends_by_name(tmp_path, mesh):
    problem, values = _hot(tmp_path, mesh)
    with np.errstate(all="ignore"), pytest.raises(Stopped) as caught:
        _solved(problem, values)
    assert caught.value.ending.outcome is Outcome.NON_FINITE and "on a boundary" in caught.value.ending.message


def test_a_snapshot_keeps_the_states_that_were_solved_where_others_cannot_be_found(tmp_path):
    problem, values = _hot(tmp_path, line(1, 4))
    assert np.array_equal(Snapshot(problem.system, 0.0, values, jacobian=_jacobian(problem)).values, values)


@pytest.mark.parametrize("mesh", [line(1, 4), "{type: Gmsh2D, file: body.msh}"], ids=["face by face", "together"])
def test_a_condition_without_a_solution_ends_by_name(tmp_path, mesh):
    """k (T_cell - T)/d = T^2 + 1000 has no real solution T."""
    write_skewed(tmp_path, quadrilaterals(3, 45.0))
    others = "right: {T: no_flux}" if "file" not in mesh else "default: {T: no_flux}"
    boundaries = f"{{left: {{T: {{neumann: T**2 + 1000}}}}, {others}}}"
    problem = built(tmp_path, mesh=mesh, boundaries=boundaries)
    with pytest.raises(Stopped) as caught:
        _solved(problem, np.ones_like(problem.values))
    assert caught.value.ending.outcome is Outcome.STALLED and "may have no solution" in caught.value.ending.message
