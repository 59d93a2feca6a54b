"""Onsager's matrix of a binary mixture against its closed form."""

import numpy as np
import pytest

from fvtransport.audit.onsager import onsager_matrices, scaled
from tests.audit.pair import KAPPA, C, D, pair


@pytest.mark.parametrize("x", [1e-5, 0.3, 1 - 1e-5])
def test_the_matrix_of_the_pair(tmp_path, x):
    """L_qq = kappa T^2, L_qA = c x (1 - x) T^2 D', L_AA = c D x (1 - x)/R."""
    system = pair(tmp_path, coefficient=-1.2).system
    values = np.stack([np.full(system.geometry.nodes, 1.5), np.full(system.geometry.nodes, x)])
    found = onsager_matrices(system, 0.0, values)
    cross, own = C * x * (1 - x) * 1.5**2 * -1.2, C * D * x * (1 - x)
    expected = np.array([[KAPPA * 1.5**2, cross], [cross, own]])
    for face in range(found.faces.size):
        np.testing.assert_allclose(found.total[..., face], expected, rtol=1e-9)
    assert set(found.by_law) == {"conduction", "fick", "soret_dufour"}
    np.testing.assert_allclose(found.by_law["fick"][0], 0.0, atol=1e-15)


def test_many_instants_stand_in_one_row(tmp_path):
    system = pair(tmp_path).system
    one = np.stack([np.linspace(1.0, 2.0, system.geometry.nodes), np.linspace(0.2, 0.6, system.geometry.nodes)])
    both = onsager_matrices(system, 0.0, np.stack([one, one[:, ::-1]], axis=1))
    apart = [onsager_matrices(system, 0.0, each) for each in (one, one[:, ::-1])]
    np.testing.assert_allclose(both.total, np.concatenate([each.total for each in apart], axis=-1), rtol=1e-13)


def test_scaling_gives_a_unit_diagonal_and_keeps_the_sign():
    matrix = np.array([[4.0, 1.0], [3.0, -9.0]])[..., None]
    np.testing.assert_allclose(scaled(matrix)[..., 0], [[1.0, 2.0 / 6.0], [2.0 / 6.0, -1.0]])
    alone = np.array([[0.0, 2.0], [2.0, 4.0]])[..., None]
    assert np.linalg.eigvalsh(scaled(alone)[..., 0])[0] < 0.0
