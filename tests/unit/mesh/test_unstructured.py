"""Shapes of cells and faces from a FiPy mesh of skewed quadrilaterals and a triangle."""

import numpy as np
import pytest
from fipy.meshes.mesh2D import Mesh2D

from fvtransport.mesh.unstructured import centroids, corners, oriented, spatial

POINTS = np.array([[0.0, 2.0, 0.0, 1.0, 3.0], [0.0, 0.0, 1.0, 3.0, 1.0]])
EDGES = np.array([[0, 1, 3, 2, 1, 4], [1, 3, 2, 0, 4, 3]])
"""A quadrilateral 0 1 3 2, and a triangle 1 4 3 that shares one edge with it."""


@pytest.fixture
def mesh():
    sides = np.ma.masked_array([[0, 4], [1, 5], [2, 1], [3, -1]], mask=[[0, 0], [0, 0], [0, 0], [0, 1]])
    return Mesh2D(POINTS, EDGES, sides)


def _centroid(corners):
    """Of a polygon whose corners are in order, by the shoelace formula."""
    x, y = corners
    following = np.roll(corners, -1, axis=1)
    cross = x * following[1] - y * following[0]
    return ((corners + following) * cross).sum(axis=1) / (3.0 * cross.sum())


def test_centres_of_mass_of_a_quadrilateral_and_a_triangle(mesh):
    found = centroids(mesh, spatial(mesh.faceCenters))
    assert np.allclose(found[:2, 0], _centroid(POINTS[:, [0, 1, 3, 2]]), rtol=1e-14)
    assert np.allclose(found[:2, 1], POINTS[:, [1, 4, 3]].mean(axis=1), rtol=1e-14)
    assert not found[2].any()


def test_a_cell_with_fewer_corners_repeats_one(mesh):
    found = corners(mesh)
    assert found.shape == (3, 4, 2)
    assert {tuple(corner) for corner in found[:2, :, 0].T} == {tuple(POINTS[:, k]) for k in (0, 1, 2, 3)}
    assert {tuple(corner) for corner in found[:2, :, 1].T} == {tuple(POINTS[:, k]) for k in (1, 3, 4)}


def test_coordinates_that_a_mesh_lacks_are_zero():
    assert spatial(np.array([[1.0, 2.0]])).tolist() == [[1.0, 2.0], [0.0, 0.0], [0.0, 0.0]]
    whole = np.arange(6.0).reshape(3, 2)
    assert np.array_equal(spatial(whole), whole)


def test_normals_point_from_the_left_to_the_right_node():
    left, right = np.zeros((4, 2)), np.zeros((4, 2))
    right[0], centres = [4.0, 4.0], np.zeros((4, 2))
    centres[0], centres[1] = [1.0, 3.0], [7.0, 0.0]
    given = np.array([[1.0, -1.0], [0.0, 0.0], [0.0, 0.0]])
    normal, to_left, to_right = oriented(given, centres, left, right)
    assert normal[0].tolist() == [1.0, 1.0]
    assert (to_left.tolist(), to_right.tolist()) == ([1.0, 3.0], [3.0, 1.0])
