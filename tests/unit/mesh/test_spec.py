"""The mesh that a case asks for: graded axes, places, regions."""

from pathlib import Path

import numpy as np
import pytest

from fvtransport.mesh.spec import Axis, MeshSpec
from fvtransport.model.handles import COORDINATES

X, Y, _ = COORDINATES


@pytest.fixture
def plane():
    """3 < x < 5, 0 < y < 4; the second region lies inside the first."""
    axes = (Axis("x", 2.0, 4, start=3.0), Axis("y", 4.0, 2))
    regions = {"right": lambda at: at[X] > 4.0, "corner": lambda at: (at[X] > 4.5) & (at[Y] > 2.0)}
    return MeshSpec("Grid2D", axes, 1.0, ("left", "right", "bottom", "top"), regions)


def test_cells_without_grading_are_equal():
    assert np.allclose(Axis("x", 2.0, 8).spacing(), 0.25, rtol=1e-15)
    assert Axis("x", 3.0, 1, ratio=5.0).spacing().tolist() == [3.0]


@pytest.mark.parametrize("towards", ["left", "right", "both"])
def test_graded_cells_fill_the_length_and_grow_geometrically(towards):
    sizes = Axis("x", 2.0, 9, ratio=16.0, towards=towards).spacing()
    assert sizes.sum() == pytest.approx(2.0, rel=1e-14)
    assert sizes.max() / sizes.min() == pytest.approx(16.0, rel=1e-12)
    half = {"left": sizes, "right": sizes[::-1], "both": sizes[:5]}[towards]
    growth = half[1:] / half[:-1]
    assert np.allclose(growth, 16.0 ** (1.0 / (half.size - 1)), rtol=1e-12)
    if towards == "both":
        assert np.allclose(sizes, sizes[::-1], rtol=1e-14)


def test_points_of_an_axis_are_its_ends_and_cell_centres():
    axis = Axis("x", 2.0, 4, start=3.0)
    assert np.allclose(axis.points(10), [3.0, 3.25, 3.75, 4.25, 4.75, 5.0], rtol=1e-14)
    assert np.allclose(axis.points(2), [3.0, 3.25, 4.25, 5.0], rtol=1e-14)


def test_dimension_and_cells(plane):
    assert (plane.dimension, plane.cells) == (2, 8)
    file = MeshSpec("Gmsh3D", (), 1.0, (), file=Path("a.msh"), unstructured_dimension=3)
    assert (file.dimension, file.cells) == (3, 0)


def test_the_last_region_that_holds_a_place_counts(plane):
    places = np.array([[3.5, 4.2, 4.8], [3.0, 3.0, 3.0], [0.0, 0.0, 0.0]])
    assert plane.region_of(places).tolist() == [0.0, 1.0, 2.0]


def test_regions_of_a_file_each_have_a_place():
    file = MeshSpec("Gmsh2D", (), 1.0, (), {"a": None, "b": None}, file=Path("a.msh"), unstructured_dimension=2)
    assert set(file.region_of(np.zeros((3, 5)))) == {1.0, 2.0}
    assert set(file.points(3)[3]) == {1.0, 2.0}


def test_places_of_a_mesh_are_all_pairs_of_those_of_its_axes(plane):
    places = plane.points(10)
    pairs = {(x, y) for x in plane.axes[0].points(10) for y in plane.axes[1].points(10)}
    assert places.shape == (4, len(pairs)) and {(x, y) for x, y in places[:2].T} == pairs
    assert np.array_equal(places[3], plane.region_of(places[:3]))


def test_the_diagonal_runs_from_corner_to_corner(plane):
    places = plane.diagonal(5)
    assert places[:2, 0].tolist() == [3.0, 0.0] and places[:2, -1].tolist() == [5.0, 4.0]
    assert np.allclose((places[0] - 3.0) / 2.0, places[1] / 4.0, rtol=0, atol=1e-15)
    assert places[3].tolist() == [0.0, 0.0, 0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    "boundary, at", [("left", (3, 2)), ("right", (5, 2)), ("bottom", (4, 0)), ("top", (4, 4)), ("", (4, 2))]
)
def test_a_place_on_a_boundary(plane, boundary, at):
    assert plane.boundary_point(boundary)[:2, 0].tolist() == list(at)
