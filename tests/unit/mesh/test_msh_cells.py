"""Cells that finite volumes cannot use are named with their place."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.mesh.msh_cells import refuse_bad_cells
from fvtransport.mesh.msh_tables import FACES, Block, MshMesh
from fvtransport.mesh.spec import MeshError

PLATE = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (2, 0, 0), (2, 1, 0)]
CUBE = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)]
SOLIDS = {
    4: [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)],
    5: CUBE,
    6: [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (0, 1, 1)],
    7: [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0.5, 0.5, 1)],
}


def mesh(places, *blocks) -> MshMesh:
    """A mesh whose nodes count from 1; blocks are (kind, cells)."""
    made = []
    for kind, cells in blocks:
        nodes = np.array(cells) + 1
        made.append(Block(kind, np.ones(len(nodes), int), np.ones(len(nodes), int), nodes, np.arange(len(nodes))))
    return MshMesh(np.arange(1, len(places) + 1), np.array(places, float), tuple(made), ())


def test_triangles_and_quadrilaterals_pass_whichever_way_they_turn():
    for cells in ([(0, 1, 2), (0, 2, 3)], [(0, 2, 1), (0, 2, 3)]):
        refuse_bad_cells(mesh(PLATE, (2, cells), (3, [(1, 4, 5, 2)])), 2, "a.msh")


@pytest.mark.parametrize("kind", SOLIDS)
def test_solids_pass_and_their_faces_look_outwards(kind):
    places = np.array(SOLIDS[kind], float)
    refuse_bad_cells(mesh(SOLIDS[kind], (kind, [range(len(places))])), 3, "a.msh")
    refuse_bad_cells(mesh(places * [1, 1, -1], (kind, [range(len(places))])), 3, "a.msh")
    edges = []
    for face in FACES[kind]:
        a, b, c = places[list(face[:3])]
        assert np.cross(b - a, c - a) @ (places[list(face)].mean(axis=0) - places.mean(axis=0)) > 0.0
        edges += [(face[n - 1], face[n]) for n in range(len(face))]
    assert sorted(edges) == sorted((b, a) for a, b in edges)


@pytest.mark.parametrize(
    "places, blocks, dimension, says",
    [
        (PLATE, [(2, [(0, 1, 4)])], 2, r"1 cells are degenerate, without extent, the first at \(1, 0, 0\)"),
        (PLATE, [(2, [(0, 1, 1)])], 2, "degenerate"),
        (PLATE, [(3, [(0, 2, 1, 3)])], 2, "folded, or not convex"),
        (PLATE, [(3, [(0, 1, 2, 3), (1, 4, 5, 2)]), (2, [(0, 1, 5)])], 2, "covers its neighbour"),
        (PLATE, [(3, [(0, 1, 2, 3), (0, 1, 2, 3)])], 2, r"\(0.5, 0.5, 0\) is inverted, or there twice"),
        ([*PLATE[:2], (1, 1, 0.1), PLATE[3]], [(3, [(0, 1, 2, 3)])], 2, r"one plane z = const, see \(1, 1, 0.1\)"),
        (PLATE, [(2, [(0, 1, 2)])], 3, "no cells of dimension 3, as Gmsh3D needs"),
        (PLATE, [(2, [(0, 1, 9)])], 2, "a node that is not in the file"),
        ([*PLATE[:2], (np.nan, 1, 0)], [(2, [(0, 1, 2)])], 2, "not finite"),
        ([*CUBE[:6], (1.2, 1, 1.3), CUBE[7]], [(5, [range(8)])], 3, "a face that is not plane"),
        ([*CUBE[:6], (-0.5, -0.5, 0.5), CUBE[7]], [(5, [range(8)])], 3, "folded"),
        (CUBE, [(4, [(0, 1, 2, 3)])], 3, "degenerate"),
        (CUBE, [(4, [(0, 1, 3, 4), (0, 1, 3, 7)])], 3, "covers its neighbour"),
    ],
)
def test_bad_cells_are_named(places, blocks, dimension, says):
    with pytest.raises(MeshError, match=says) as raised:
        refuse_bad_cells(mesh(places, *blocks), dimension, "a.msh")
    assert str(raised.value).startswith("a.msh: ")


def test_cells_in_all_are_bounded(monkeypatch):
    monkeypatch.setattr("fvtransport.mesh.msh_cells.MOST_CELLS", 1)
    with pytest.raises(MeshError, match="2 cells are more than 1"):
        refuse_bad_cells(mesh(PLATE, (2, [(0, 1, 2), (0, 2, 3)])), 2, "a.msh")
