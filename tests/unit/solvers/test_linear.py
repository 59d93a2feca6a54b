"""Sparse factors: solutions, signs of determinants, and the operator that follows cj while the factors stay behind."""

import itertools

import numpy as np
import pytest
from scipy import sparse

from fvtransport.solvers.linear import Factored, determinant_sign, factorise


@pytest.fixture
def matrix():
    """A diagonally dominant matrix without any symmetry."""
    rng = np.random.default_rng(3)
    entries = rng.uniform(-1.0, 1.0, (12, 12)) * (rng.uniform(size=(12, 12)) < 0.3)
    return entries + np.diag(rng.choice([-8.0, 8.0], 12))


def test_the_factors_solve(matrix):
    wanted = np.arange(1.0, 13.0)
    found = factorise(sparse.csc_array(matrix))(matrix @ wanted)
    assert np.allclose(found, wanted, rtol=1e-13, atol=0)


def test_a_singular_matrix_has_no_factors_and_no_sign():
    singular = sparse.csc_array(np.array([[1.0, 2.0], [2.0, 4.0]]))
    with pytest.raises(RuntimeError):
        factorise(singular)
    assert determinant_sign(singular) == 0


@pytest.mark.parametrize("count", [3, 4])
def test_the_sign_of_a_permutation_is_its_parity(count):
    for order in itertools.permutations(range(count)):
        swaps = sum(order[i] > order[j] for i in range(count) for j in range(i + 1, count))
        assert determinant_sign(sparse.csc_array(np.eye(count)[list(order)])) == (-1) ** swaps


def test_the_sign_turns_with_each_row_that_does(matrix):
    sign = determinant_sign(sparse.csc_array(matrix))
    assert sign == np.sign(np.linalg.det(matrix))
    for row in range(3):
        matrix[row] *= -1.0
        sign = -sign
        assert determinant_sign(sparse.csc_array(matrix)) == sign


STIFFNESS = np.array([[4.0, 1.0, 0.5], [1.0, 5.0, 2.0], [0.0, 1.0, 6.0]])
MASS = np.diag([1.0, 2.0, 0.0])


def _assembled(t, y, cj):
    """The whole matrix, and the part of it that is factored: without the corner."""
    whole = STIFFNESS + cj * MASS
    near = whole.copy()
    near[0, 2] = 0.0
    return sparse.csc_array(whole), sparse.csc_array(near)


def _set_up(cj):
    made = Factored(_assembled)
    nothing = np.zeros(3)
    made.setup(0.0, nothing, nothing, nothing, cj)
    return made


def test_the_operator_follows_cj_and_the_factors_do_not():
    made, nothing, vector = _set_up(2.0), np.zeros(3), np.array([1.0, -2.0, 3.0])
    product, solution = np.empty(3), np.empty(3)
    for cj in (2.0, 5.0):
        made.multiply(0.0, nothing, nothing, nothing, vector, product, cj)
        assert np.allclose(product, (STIFFNESS + cj * MASS) @ vector, rtol=1e-14, atol=0)
        made.solve(0.0, nothing, nothing, nothing, vector, solution, cj, 0.0)
        assert np.allclose(_assembled(0.0, nothing, 2.0)[1] @ solution, vector, rtol=1e-13, atol=0)


def test_factors_that_were_not_set_up_are_not_applied():
    nothing = np.zeros(3)
    with pytest.raises(RuntimeError, match="set up"):
        Factored(_assembled).solve(0.0, nothing, nothing, nothing, nothing, nothing, 1.0, 0.0)
