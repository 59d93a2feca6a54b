"""Equations of a surface that depend on nothing there take the state of the cells beside."""

import numpy as np
import pytest

from fvtransport.discretisation.surface_derivatives import determined, split_sides


@pytest.fixture
def rng():
    return np.random.default_rng(15)


def test_columns_are_split_by_sides_and_slopes(rng):
    parts = rng.uniform(size=(2, 7, 3))
    left, right, slopes = split_sides(parts, 2)
    assert np.array_equal(np.concatenate([left, right, slopes], axis=1), parts)
    assert (left.shape[1], right.shape[1], slopes.shape[1]) == (2, 2, 3)


def _given(rng, sides):
    """Two fields on three faces, the cells on one or both sides, and four slopes."""
    return rng.uniform(1.0, 2.0, (2, 2, 3)), rng.uniform(1.0, 2.0, (2, 2 * sides, 3)), rng.uniform(size=(2, 4, 3))


@pytest.mark.parametrize("sides", [1, 2])
def test_equations_that_fix_the_state_stay(rng, sides):
    own, beside, slopes = _given(rng, sides)
    is_loose = np.ones((2, 3), bool)
    found = determined(own, beside, slopes, is_loose, ())
    assert not is_loose.any()
    for part, given in zip(found, (own, beside, slopes), strict=True):
        assert np.array_equal(part, given)


@pytest.mark.parametrize("sides", [1, 2])
def test_a_loose_equation_is_state_less_mean_of_the_cells_beside(rng, sides):
    own, beside, slopes = _given(rng, sides)
    own[1, :, 2] = 0.0
    before, is_loose = own.copy(), np.zeros((2, 3), bool)
    found = determined(own, beside, slopes, is_loose, ())
    assert is_loose.tolist() == [[False, False, False], [False, False, True]]
    assert found.own[1, :, 2].tolist() == [0.0, 1.0] and not found.slopes[1, :, 2].any()
    assert found.beside[1, :, 2].tolist() == ([0.0, -1.0] if sides == 1 else [0.0, -0.5, 0.0, -0.5])
    assert np.array_equal(found.own[:, :, :2], own[:, :, :2]) and np.array_equal(found.beside[0], beside[0])
    assert np.array_equal(own, before)


def test_what_is_stored_fixes_its_row(rng):
    own, beside, slopes = _given(rng, 1)
    own[0] = 0.0
    is_loose = np.zeros((2, 3), bool)
    found = determined(own, beside, slopes, is_loose, (0,))
    assert not is_loose.any() and not found.own[0].any()
