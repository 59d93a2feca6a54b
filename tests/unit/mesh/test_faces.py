"""Faces as plain arrays: states beside them, vectors between nodes, places just beside a face."""

from dataclasses import replace

import numpy as np
import pytest

from fvtransport.mesh.faces import Faces, compact


@pytest.fixture
def row():
    """Faces between four places on a bent line, from region 1 to region 2."""
    return Faces.along(
        np.array([[0.0, 1.0, 1.0, 4.0], [0.0, 0.0, 2.0, 6.0], [0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 2.0, 2.0]])
    )


def test_faces_along_a_row_have_the_distances_of_their_places(row):
    assert np.allclose(1.0 / row.inverse_distance, [1.0, 2.0, 5.0], rtol=1e-15)
    assert np.allclose(row.normal.T, [[1, 0, 0], [0, 1, 0], [0.6, 0.8, 0]], rtol=1e-15)
    assert np.allclose(row.volume, [1.0, 2.0, 5.0], rtol=1e-15)
    assert row.centres.T.tolist() == [[0.5, 0, 0, 1], [1, 1, 0, 1], [2.5, 4, 0, 2]]


def test_slices_and_index_arrays_select_the_same_states(row):
    by_index = replace(row, left=np.array([0, 1, 2]), right=np.array([1, 2, 3]))
    values = np.arange(24.0).reshape(2, 3, 4) ** 2
    for one, other in zip(row.left_right(values), by_index.left_right(values), strict=True):
        assert np.array_equal(one, other)
    left, right = row.left_right(values)
    assert np.array_equal(right[..., 0], values[..., 1]) and np.array_equal(left[..., 2], values[..., 2])
    assert np.array_equal(row.average(values[0]), 0.5 * (left + right)[0])
    assert np.array_equal(by_index.average(values[0]), row.average(values[0]))


def test_the_way_between_nodes_is_that_of_their_places(row):
    assert np.array_equal(row.apart, row.right_position[:3] - row.left_position[:3])


def test_across_a_seam_the_way_is_along_the_normal(row):
    """The last face joins the far ends of a ring: its nodes are one apart, whatever their places say."""
    seam = replace(row, inverse_distance=np.array([1.0, 0.5, 1.0]))
    assert np.array_equal(seam.apart[:, :2], row.apart[:, :2])
    assert np.allclose(seam.apart[:, 2], [0.6, 0.8, 0.0], rtol=1e-15)
    left, right = seam.beside_centres()
    assert np.allclose(left[:3, 2] - seam.left_position[:3, 2], [0.3, 0.4, 0.0], rtol=1e-8)
    assert np.allclose(right[:3, 2] - seam.right_position[:3, 2], [-0.3, -0.4, 0.0], rtol=1e-8)


def test_places_beside_a_face_lie_on_their_own_side_in_their_own_region(row):
    left, right = row.beside_centres()
    for side, position in ((left, row.left_position), (right, row.right_position)):
        away = np.einsum("if,if->f", row.centres[:3] - side[:3], row.normal)
        toward = np.einsum("if,if->f", row.centres[:3] - position[:3], row.normal)
        assert np.all(away * toward > 0.0) and np.all(np.abs(away) < 1e-8 * np.abs(toward))
        assert np.array_equal(side[3], position[3])


@pytest.mark.parametrize(
    "ids, wanted",
    [
        ([3, 4, 5], slice(3, 6)),
        ([7], slice(7, 8)),
        ([3, 5, 4], None),
        ([5, 4, 3], None),
        ([1, 3], None),
        ([2, 2], None),
        ([], None),
    ],
)
def test_an_unbroken_ascending_run_is_a_slice(ids, wanted):
    found = compact(np.array(ids, int))
    assert found == wanted if wanted else np.array_equal(found, ids)
    assert np.array_equal(np.arange(9)[found], ids)
