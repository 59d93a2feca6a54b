"""Coefficients that are tensors: their part along a normal, and what they make of a gradient."""

from types import SimpleNamespace

import numpy as np

from fvtransport.model.handles import Field, Shared
from fvtransport.model.tensors import WeightedGradients, normal_component

K, T = Shared("conductivity", is_tensor=True), Field("T")
ROWS = [[2.0, 1.0, 0.0], [-1.0, 3.0, 0.0], [0.0, 0.0, 5.0]]
NORMAL = np.array([[1.0, 0.6, 0.0], [0.0, 0.8, 0.0], [0.0, 0.0, 1.0]])
SLOPE = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])


class Faces(WeightedGradients):
    """Three faces with a gradient each; a view of a medium whose conductivity has the given rows."""

    normal = NORMAL

    def __init__(self, rows):
        self.medium = SimpleNamespace(tensor=lambda coefficient, view: rows if coefficient is K else None)

    def __getitem__(self, handle):
        return 7.0

    def gradient(self, field):
        return SLOPE

    def grad(self, field):
        return (NORMAL * SLOPE).sum(axis=0)


def test_the_component_along_a_normal():
    """An antisymmetric part has none."""
    assert np.allclose(normal_component(ROWS, NORMAL), [2.0, 2.0 * 0.36 + 3.0 * 0.64, 5.0], rtol=1e-14)


def test_a_tensor_weights_the_whole_gradient():
    found = Faces(ROWS).weighted_gradient(K, T)
    assert np.allclose(found, np.einsum("if,ij,jf->f", NORMAL, np.array(ROWS), SLOPE), rtol=1e-14)
    assert found[0] == 2.0 * 1.0 + 1.0 * 4.0


def test_a_multiple_of_unity_is_a_number():
    unity = [[7.0 * (i == j) for j in range(3)] for i in range(3)]
    assert np.allclose(Faces(unity).weighted_gradient(K, T), Faces(None).weighted_gradient(K, T), rtol=1e-14)


def test_entries_may_vary_from_face_to_face():
    rows = [[np.array([1.0, 2.0, 3.0]), 0.0], [0.0, np.array([4.0, 5.0, 6.0])]]
    assert np.allclose(normal_component(rows, NORMAL), [1.0, 2.0 * 0.36 + 5.0 * 0.64, 0.0], rtol=1e-14)
