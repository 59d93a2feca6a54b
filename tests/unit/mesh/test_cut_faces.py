"""Faces cut into two half-faces: nodes of their own, the same volumes, areas and distances, on every mesh."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import fvtransport
from fvtransport.discretisation.build import build
from fvtransport.mesh.cut_faces import Cut, cut_faces
from tests.tools.cases import PURE, case_text

MESHES = {
    "line": "{type: Grid1D, length: 2, cells: 4}",
    "graded line": "{type: Grid1D, length: 2, cells: 5, grading: {ratio: 3}}",
    "cylinder": "{type: CylindricalGrid1D, length: 2, cells: 4}",
    "sphere": "{type: SphericalGrid1D, length: 2, cells: 4, inner_radius: 1}",
    "plane": "{type: Grid2D, length: [2, 1], cells: [4, 3]}",
    "box": "{type: Grid3D, length: [2, 1, 1], cells: [3, 2, 2]}",
    "ring": "{type: PeriodicGrid1D, length: 2, cells: 4}",
}


@pytest.fixture(params=MESHES)
def geometry(request, tmp_path):
    path = tmp_path / "case.yaml"
    ring = request.param == "ring"
    blocks = {
        "mesh": MESHES[request.param],
        "boundaries": None if ring else "{default: {T: no_flux}}",
        "solve": "{steady: {mean: {T: 1.0}}}",
    }
    path.write_text(case_text(PURE, **blocks))
    return build(fvtransport.check(path)).system.geometry


@pytest.mark.parametrize("two_sided, turned", list(itertools.product((False, True), repeat=2)))
def test_half_faces_share_the_face_between_them(geometry, two_sided, turned):
    old, every = geometry.faces, np.arange(geometry.nodes)
    inner = np.flatnonzero(geometry.is_cell[old.left] & geometry.is_cell[old.right])
    picked = inner[::2]
    cut = cut_faces(geometry, [Cut(("a", "b"), picked, np.full(picked.size, turned), two_sided)])
    (interface,) = cut.interfaces
    faces, nodes = cut.faces, np.arange(cut.nodes)
    assert cut.nodes == geometry.nodes + picked.size * (2 if two_sided else 1)
    assert faces.area.size == old.area.size + picked.size
    assert np.array_equal(cut.cell_positions, geometry.cell_positions)
    left, right = (
        (interface.right_faces, interface.left_faces) if turned else (interface.left_faces, interface.right_faces)
    )
    assert np.array_equal(cut.position[:, nodes[faces.left][left]], geometry.position[:, every[old.left][picked]])
    assert np.array_equal(cut.position[:, nodes[faces.right][right]], geometry.position[:, every[old.right][picked]])
    halves = 1.0 / faces.inverse_distance[left] + 1.0 / faces.inverse_distance[right]
    assert np.allclose(halves, 1.0 / old.inverse_distance[picked], rtol=1e-14)
    assert np.array_equal(faces.area[left], old.area[picked]) and np.array_equal(faces.area[right], old.area[picked])
    assert interface.is_two_sided == two_sided
    assert np.array_equal(interface.reversed.left_nodes, interface.right_nodes)
    assert faces.volume.sum() == pytest.approx(old.volume.sum(), rel=1e-14)


def test_a_uniform_flow_leaves_what_it_enters(geometry):
    inner = np.flatnonzero(geometry.is_cell[geometry.faces.left] & geometry.is_cell[geometry.faces.right])
    cut = cut_faces(geometry, [Cut(("a", "b"), inner, np.zeros(inner.size, bool), True)])
    flow = np.linspace(1.0, 2.0, geometry.faces.area.size)
    number = {tuple(centre): i for i, centre in enumerate(np.round(geometry.faces.centres[:3].T, 6) + 0.0)}
    centres = np.round(cut.faces.centres[:3].T, 6) + 0.0
    seam = {(2.0, 0.0, 0.0): number.get((0.0, 0.0, 0.0))}  # one side of the seam of the ring lies at its end
    on_halves = np.array([[flow[(seam | number)[tuple(centre)]] for centre in centres]])
    before, after = np.zeros((1, geometry.nodes)), np.zeros((1, cut.nodes))
    geometry.divergence(flow[None], before)
    cut.divergence(on_halves, after)
    assert np.allclose(after[:, cut.cells], before[:, geometry.cells], rtol=0, atol=1e-12)


def test_without_cuts_the_mesh_stays_as_it_is(geometry):
    assert cut_faces(geometry, []) is geometry
    assert cut_faces(geometry, [Cut(("a", "b"), np.zeros(0, int), np.zeros(0, bool))]) is geometry
