"""The blocks, put at their positions, are the derivatives of the residual, and conserve what it conserves."""

import numpy as np
import pytest
from scipy import sparse

from fvtransport.discretisation.derivatives import FiniteDifferences
from fvtransport.discretisation.jacobian_blocks import JacobianBlocks
from fvtransport.discretisation.layout import Layout
from fvtransport.discretisation.surfaces import set_surface_rows, surfaces_of
from tests.tools.built import LAYERS, PLANE, built
from tests.tools.cases import COUPLED, line

HEATED = "[conduction, fick, soret_dufour, source: {balance: energy, rate: 1 - T**2}]"
BOUNDARIES = "{default: {T: {robin: {coefficient: 2, reference: 3}}, x_A: no_flux}}"
MESHES = {"line": line(1, 4), "plane": PLANE, "two layers": LAYERS}


@pytest.fixture(params=MESHES)
def problem(request, tmp_path):
    more = (
        {"properties": COUPLED["properties"].replace("conductivity: 1.0", "conductivity: {by_region: {a: 1, b: 4}}")}
        if request.param == "two layers"
        else {}
    )
    given = {"mesh": MESHES[request.param], "laws": HEATED, "boundaries": BOUNDARIES, **more}
    return built(tmp_path, COUPLED, solve="{transient: 1.0}", **given)


def _state(problem):
    rng = np.random.default_rng(2)
    return problem.values * rng.uniform(0.8, 1.2, problem.values.shape)


def _matrix(problem, layout, values, cj=0.0, mass=None):
    surfaces = surfaces_of(problem.system, layout.in_time)
    blocks = JacobianBlocks(problem.system, layout, surfaces)
    known = FiniteDifferences(problem.system, problem.scale).differentiate(0.0, values)
    count, cells = len(values), problem.system.geometry.volume.size
    entries = blocks.values(known, cj, np.zeros((count, count, cells)) if mass is None else mass)
    rows, columns = blocks.positions()
    assert entries.size == rows.size == columns.size
    return sparse.coo_array((entries, (rows, columns)), shape=(layout.size, layout.size)).toarray()


def _residual(problem, layout, values):
    system, out = problem.system, np.zeros(layout.size)
    evaluation, rows = system.evaluate(0.0, values), layout.values(out)
    evaluation.divergence(system.geometry, evaluation.flux * system.geometry.faces.area, rows)
    set_surface_rows(surfaces_of(system, False), evaluation, values, rows)
    return out


def test_the_matrix_is_the_derivative_of_the_residual(problem):
    layout, values = Layout(problem.system, totals=False), _state(problem)
    matrix = _matrix(problem, layout, values)
    way, step = np.random.default_rng(4).uniform(-1.0, 1.0, values.shape), 1e-5
    both = [_residual(problem, layout, values + sign * step * way) for sign in (1.0, -1.0)]
    slope, direction = (both[0] - both[1]) / (2.0 * step), np.zeros(layout.size)
    layout.values(direction)[...] = way
    assert np.allclose(matrix @ direction, slope, rtol=0, atol=1e-6 * np.abs(slope).max())


def test_what_leaves_cells_is_counted_by_the_totals(problem):
    """Any change of the state: what all cells lose in flows is what the totals gain; sources make the rest."""
    layout, values = Layout(problem.system, totals=True), _state(problem)
    geometry, matrix = problem.system.geometry, _matrix(problem, layout, values)
    nodes = np.flatnonzero(geometry.is_cell)
    cells = matrix[layout.unknown(nodes, 1)].sum(axis=0)
    totals = sum(matrix[total.index] for total in layout.boundary_totals if total.row == 1)
    if not geometry.interfaces:
        assert np.allclose(cells, -totals, rtol=0, atol=1e-12 * np.abs(matrix).max())
    produced = _produced_rows(matrix, layout)
    energy = matrix[layout.unknown(nodes, 0)].sum(axis=0)
    through = sum(matrix[total.index] for total in layout.boundary_totals if total.row == 0)
    if not geometry.interfaces:
        assert np.allclose(energy, produced[0] - through, rtol=0, atol=1e-12 * np.abs(matrix).max())
    assert produced[0].any() and not produced[1].any()


def _produced_rows(matrix, layout):
    """Rows of what is produced, by the fields: on a line summed over the nodes."""
    if layout.is_line:
        nodes = np.arange(layout.nodes)
        return [matrix[layout.unknown(nodes, layout.balances + row)].sum(axis=0) for row in range(2)]
    return list(matrix[-layout.sums :])


def test_storage_adds_cj_mass_to_the_cells_alone(problem):
    layout, values = Layout(problem.system, totals=False), _state(problem)
    cells = problem.system.geometry.volume.size
    mass = np.random.default_rng(5).uniform(1.0, 2.0, (2, 2, cells))
    added = _matrix(problem, layout, values, 3.0, mass) - _matrix(problem, layout, values)
    nodes, wanted = np.flatnonzero(problem.system.geometry.is_cell), np.zeros_like(added)
    for i in range(2):
        for j in range(2):
            wanted[layout.unknown(nodes, i), layout.unknown(nodes, j)] = 3.0 * mass[i, j]
    assert np.allclose(added, wanted, rtol=0, atol=1e-10)


def test_entries_follow_other_derivatives_and_other_rates(problem):
    """What is kept of one set of derivatives is used with these alone, and never for the rates."""
    layout, values = Layout(problem.system, totals=True), _state(problem)
    surfaces, mass = surfaces_of(problem.system, layout.in_time), np.ones((2, 2, problem.system.geometry.volume.size))
    differences, kept = FiniteDifferences(problem.system, problem.scale), None
    blocks = JacobianBlocks(problem.system, layout, surfaces)
    for state in (values, 1.1 * values):
        known = differences.differentiate(0.0, state)
        for cj in (1.0, 2.0):
            found = blocks.values(known, cj, mass)
            assert np.array_equal(found, JacobianBlocks(problem.system, layout, surfaces).values(known, cj, mass))
            assert kept is None or not np.array_equal(found, kept)
            kept = found
