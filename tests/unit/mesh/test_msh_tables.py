"""Elements of mesh files: corners, dimensions and faces belong together."""

import numpy as np
import pytest

from fvtransport.mesh.msh_tables import CORNERS, DIMENSION, FACES, HIGHER

SOLID = {
    4: [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)],
    5: [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)],
    6: [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (0, 1, 1)],
    7: [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0.5, 0.5, 1)],
}
"""Corners of a cell of each kind in Gmsh's order."""


def test_every_element_has_corners_and_a_dimension():
    assert CORNERS.keys() == DIMENSION.keys() and not CORNERS.keys() & HIGHER.keys()
    assert FACES.keys() == {kind for kind, dimension in DIMENSION.items() if dimension > 1}
    assert all({i for face in FACES[kind] for i in face} == set(range(CORNERS[kind])) for kind in FACES)


@pytest.mark.parametrize("kind", SOLID)
def test_faces_are_seen_counter_clockwise_from_outside(kind):
    corners = np.array(SOLID[kind], float)
    for face in FACES[kind]:
        a, b, c = corners[list(face[:3])]
        outward = np.cross(b - a, c - b)
        assert outward @ (a - corners.mean(axis=0)) > 0.0


@pytest.mark.parametrize("kind", FACES)
def test_every_edge_has_two_faces_and_every_corner_two_edges(kind):
    if DIMENSION[kind] == 2:
        ends = [i for edge in FACES[kind] for i in edge]
    else:
        ends = [frozenset((a, b)) for face in FACES[kind] for a, b in zip(face, (*face[1:], face[0]))]
    assert {ends.count(each) for each in ends} == {2}
