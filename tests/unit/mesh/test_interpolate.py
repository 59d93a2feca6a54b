"""Values between nodes: exact where they must be, of second order elsewhere, none outside."""

import numpy as np
import pytest

from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.interpolate import Interpolation
from fvtransport.mesh.spec import Axis, MeshSpec

WALLS = ("left", "right", "bottom", "top", "front", "back")


def _geometry(kind, *axes, boundaries=None):
    boundaries = WALLS[: 2 * len(axes)] if boundaries is None else boundaries
    spec = MeshSpec(kind, axes, 1.0, boundaries)
    return geometry_of(build_mesh(spec), spec)


def _points(geometry, count=200):
    unit = np.random.default_rng(1).uniform(size=(len(geometry.axes), count))
    points = np.zeros((3, count))
    for row, (axis, part) in enumerate(zip(geometry.axes, unit)):
        points[row] = axis.start + axis.length * part
    return points


def _plane(position):
    return 2.0 - 3.0 * position[0] + 0.7 * position[1] + 1.9 * position[2]


BOXES = {
    "line": ("Grid1D", Axis("x", 2.0, 7)),
    "rectangle": ("Grid2D", Axis("x", 2.0, 4), Axis("y", 1.0, 5)),
    "graded rectangle": ("Grid2D", Axis("x", 2.0, 4, ratio=3.0), Axis("y", 1.0, 5, ratio=2.0, towards="both")),
    "box": ("Grid3D", Axis("x", 2.0, 3), Axis("y", 1.0, 4, ratio=2.0), Axis("z", 3.0, 5)),
    "thin box": ("Grid3D", Axis("x", 2.0, 1), Axis("y", 1.0, 1), Axis("z", 3.0, 2)),
    "shell": ("CylindricalGrid2D", Axis("r", 2.0, 4, 1.0, 3.0), Axis("z", 3.0, 5)),
}


@pytest.mark.parametrize("kind", BOXES)
def test_a_plane_is_met_everywhere(kind):
    geometry = _geometry(*BOXES[kind])
    points = _points(geometry)
    points[:, :2] = np.array(
        [[a.start + end * a.length for end in (0.0, 1.0)] for a in geometry.axes] + [[0, 0]] * (3 - len(geometry.axes))
    )
    found = Interpolation(geometry)(_plane(geometry.position), points)
    np.testing.assert_allclose(found, _plane(points), rtol=0.0, atol=1e-13)


@pytest.mark.parametrize("kind", ["graded rectangle", "box"])
def test_walls_have_the_values_that_they_carry(kind):
    geometry = _geometry(*BOXES[kind])
    values = np.random.default_rng(2).normal(size=geometry.nodes)
    for boundary in geometry.boundaries.values():
        found = Interpolation(geometry)(values, boundary.position[:3])
        np.testing.assert_allclose(found, values[boundary.nodes], rtol=0.0, atol=1e-13)


SMOOTH = {
    "rectangle": ("Grid2D", None, lambda x, y: np.sin(2 * x + 0.3) * np.cos(3 * y)),
    "torus": ("PeriodicGrid2D", (), lambda x, y: np.sin(2 * np.pi * x + 0.3) * np.cos(2 * np.pi * y)),
    "cylinder": ("CylindricalGrid2D", ("right", "bottom", "top"), lambda x, y: np.cos(2 * x) * np.cos(3 * y)),
}


@pytest.mark.parametrize("kind", SMOOTH)
def test_second_order(kind):
    name, boundaries, field = SMOOTH[kind]
    errors = []
    for cells in (16, 32):
        letters = "rz" if kind == "cylinder" else "xy"
        geometry = _geometry(name, *(Axis(letter, 1.0, cells, ratio=1.0) for letter in letters), boundaries=boundaries)
        points = _points(geometry, 4000)
        found = Interpolation(geometry)(field(*geometry.position[:2]), points)
        errors.append(np.abs(found - field(*points[:2])).max())
    assert np.log2(errors[0] / errors[1]) > 1.8


def test_at_the_axis_a_parabola_in_the_radius_is_met():
    geometry = _geometry("SphericalGrid1D", Axis("r", 1.0, 8, ratio=2.0), boundaries=("right",))
    values = 3.0 - 2.0 * geometry.position[0] ** 2
    assert Interpolation(geometry)(values, np.zeros((3, 1)))[0] == pytest.approx(3.0, rel=1e-13)


def test_outside_there_is_no_value():
    geometry = _geometry(*BOXES["rectangle"])
    points = np.array([[2.1, 1.0, 1.0], [0.5, -0.1, 0.5], [0.0, 0.0, 0.0]])
    assert list(np.isnan(Interpolation(geometry)(_plane(geometry.position), points))) == [True, True, False]
    assert list(Interpolation(geometry).cells_at(points)) == [-1, -1, 10]


def test_each_cell_holds_its_centre():
    for kind in BOXES.values():
        geometry = _geometry(*kind)
        found = Interpolation(geometry).cells_at(geometry.cell_positions[:3])
        np.testing.assert_array_equal(found, np.arange(geometry.volume.size))
