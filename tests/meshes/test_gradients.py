"""Least-squares gradients in cells: exact for linear fields, zero off cells, within a cell's own neighbours."""

import numpy as np
import pytest

from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.gradients import cell_gradients
from fvtransport.mesh.spec import Axis, MeshSpec
from tests.tools.skewed import quadrilaterals, write_skewed

PLANE = ("left", "right", "bottom", "top")


@pytest.fixture
def graded():
    spec = MeshSpec("Grid2D", (Axis("x", 4.0, 4, ratio=5.0), Axis("y", 3.0, 3)), 1.0, PLANE)
    return geometry_of(build_mesh(spec), spec)


@pytest.fixture
def skewed(tmp_path):
    spec = MeshSpec("Gmsh2D", (), 1.0, PLANE, {}, write_skewed(tmp_path, quadrilaterals(4, 70.0)), 2)
    return geometry_of(build_mesh(spec), spec)


def assert_linear(geometry):
    linear = 2.0 + 0.7 * geometry.position[0] - 1.3 * geometry.position[1]
    along_x, along_y = (gradient @ linear for gradient in cell_gradients(geometry))
    for found, slope in ((along_x, 0.7), (along_y, -1.3)):
        assert found[geometry.cells] == pytest.approx(np.full(geometry.volume.size, slope), rel=1e-11)
        assert not found[~geometry.is_cell].any()


def assert_within_neighbours(geometry):
    for gradient in cell_gradients(geometry):
        assert not np.diff(gradient.indptr)[~geometry.is_cell].any()
        assert np.abs(gradient @ np.ones(geometry.nodes)).max() < 1e-12


def test_linear_fields_are_exact_on_graded_rectangles(graded):
    assert_linear(graded)
    assert_within_neighbours(graded)


@pytest.mark.gmsh
def test_linear_fields_are_exact_on_skewed_cells(skewed):
    assert_linear(skewed)


@pytest.mark.gmsh
def test_cells_across_a_boundary_node_are_not_reached(skewed):
    """The neighbours of neighbours go through cells alone."""
    assert_within_neighbours(skewed)
