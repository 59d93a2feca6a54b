"""Many small matrices at once: the closed forms against those of NumPy."""

import numpy as np
import pytest

from fvtransport.audit.small_matrices import inverses, least_eigenvalues

SEED = 20261201


@pytest.fixture(params=[1, 2, 3, 4])
def matrices(request):
    return np.random.default_rng(SEED).normal(size=(request.param, request.param, 50))


def test_the_inverse_gives_the_unit_matrix(matrices):
    unit = np.eye(len(matrices))[..., None]
    assert np.allclose(np.einsum("ijn,jkn->ikn", inverses(matrices), matrices), unit, rtol=0.0, atol=1e-10)


def test_what_is_singular_or_not_finite_does_not_disturb_the_others(matrices):
    right = inverses(matrices)
    matrices[..., 3], matrices[..., 7] = 0.0, np.nan
    with np.errstate(all="ignore"):
        found = inverses(matrices)
    others = np.delete(np.arange(50), [3, 7])
    assert np.array_equal(found[..., others], right[..., others])


def test_the_least_eigenvalue_is_that_of_each_symmetric_matrix(matrices):
    symmetric = matrices + matrices.swapaxes(0, 1)
    expected = [np.linalg.eigvalsh(symmetric[..., place])[0] for place in range(50)]
    assert np.allclose(least_eigenvalues(symmetric), expected, rtol=0.0, atol=1e-13)
