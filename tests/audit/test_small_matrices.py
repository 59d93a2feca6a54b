"""Inverses and eigenvalues of many small matrices against those of one by one."""

import numpy as np
import pytest

from fvtransport.audit.small_matrices import inverses, least_eigenvalues


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_closed_forms_agree_with_the_general_way(size):
    random = np.random.default_rng(3)
    matrices = random.normal(size=(size, size, 20)) + 3.0 * np.eye(size)[..., None]
    np.testing.assert_allclose(
        np.einsum("ijn,jkn->ikn", inverses(matrices), matrices)[..., 0], np.eye(size), atol=1e-10
    )
    symmetric = matrices + matrices.swapaxes(0, 1)
    expected = [np.linalg.eigvalsh(symmetric[..., n])[0] for n in range(20)]
    np.testing.assert_allclose(least_eigenvalues(symmetric), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_singular_matrix_gives_no_inverse_and_harms_no_other(size):
    matrices = np.repeat(np.eye(size)[..., None], 3, axis=-1)
    matrices[..., 1], matrices[..., 2] = 0.0, np.nan
    with np.errstate(all="ignore"):
        found = inverses(matrices)
    np.testing.assert_array_equal(found[..., 0], np.eye(size))
    for place in (1, 2):
        assert not np.allclose(np.einsum("ij,jk->ik", found[..., place], matrices[..., place]), np.eye(size))
