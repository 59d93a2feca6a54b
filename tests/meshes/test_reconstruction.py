"""Reconstructed gradients and face values: exact for linear fields on any mesh, absent on orthogonal ones."""

import numpy as np
import pytest

from fvtransport.mesh.fipy_mesh import build_mesh, geometry_of
from fvtransport.mesh.reconstruction import reconstruction_of
from fvtransport.mesh.spec import Axis, MeshSpec
from tests.tools.skewed import quadrilaterals, tetrahedra, triangles, write_skewed

pytestmark = pytest.mark.gmsh

SLOPE = np.array([0.7, -1.3, 0.4])
PLANE = ("left", "right", "bottom", "top")
MESHES = {
    "skewed by 20": lambda: quadrilaterals(5, 20.0),
    "skewed by 60": lambda: quadrilaterals(5, 60.0),
    "perturbed": lambda: quadrilaterals(6, 0.0, 0.2, seed=1),
    "skewed and perturbed": lambda: quadrilaterals(6, 45.0, 0.2, seed=2),
    "triangles": lambda: triangles(0.2),
    "tetrahedra": lambda: tetrahedra(0.4),
}


def geometry_from(folder, text, dimension=2, names=PLANE):
    spec = MeshSpec(f"Gmsh{dimension}D", (), 1.0, names, {}, write_skewed(folder, text), dimension)
    return geometry_of(build_mesh(spec), spec)


@pytest.fixture(params=MESHES)
def geometry(request, tmp_path):
    is_solid = request.param == "tetrahedra"
    names = ("left", "right", "sides") if is_solid else PLANE
    return geometry_from(tmp_path, MESHES[request.param](), 3 if is_solid else 2, names)


def test_linear_fields_are_exact(geometry):
    linear = 2.0 + SLOPE[: geometry.dimension] @ geometry.position[: geometry.dimension]
    faces, slope = geometry.faces, SLOPE * (np.arange(3) < geometry.dimension)
    for vectors in (False, True):
        reconstruction = reconstruction_of(geometry, vectors)
        added = reconstruction.on_faces(reconstruction.slopes(np.stack([linear, 3.0 * linear])))
        left, right = faces.left_right(linear)
        normal = (right - left) * faces.inverse_distance + added.correction[0]
        np.testing.assert_allclose(normal, slope @ faces.normal, rtol=0, atol=1e-11)
        np.testing.assert_allclose(added.correction[1], 3.0 * added.correction[0], rtol=0, atol=1e-11)
        shifted = 0.5 * (left + right) + (0.0 if added.shift is None else added.shift[0])
        inside = np.ones(faces.area.size, bool)
        for boundary in geometry.boundaries.values():
            inside[boundary.faces] = False
        exact = 2.0 + slope @ faces.centres[:3]
        np.testing.assert_allclose(shifted[inside], exact[inside], rtol=0, atol=1e-12)
        if vectors:
            whole = added.tangential[:, 0] + faces.normal * normal
            np.testing.assert_allclose(whole, np.repeat(slope[:, None], normal.size, axis=1), rtol=0, atol=1e-11)
            assert np.abs(np.einsum("af,af->f", added.tangential[:, 0], faces.normal)).max() < 1e-12


def test_faces_close_every_cell_and_their_parts_fill_it(geometry):
    """Area vectors of a cell sum to zero; the shares of a cell in its faces come to dimension times its volume."""
    faces, out = geometry.faces, np.zeros((3, geometry.nodes))
    geometry.divergence(faces.normal * faces.area, out)
    assert np.abs(out[:, geometry.cells]).max() < 1e-14 * faces.area.size
    share = np.zeros((1, geometry.nodes))
    geometry.scatter_to_cells(faces.volume[None], share)
    np.testing.assert_allclose(share[0, geometry.cells], geometry.dimension * geometry.volume, rtol=1e-12)


def test_constants_have_no_slope(geometry):
    reconstruction = reconstruction_of(geometry, vectors=True)
    assert np.abs(reconstruction.slopes(np.full((2, geometry.nodes), 7.0))).max() < 1e-11


def test_stacked_states_are_those_one_by_one(geometry):
    reconstruction = reconstruction_of(geometry)
    states = np.random.default_rng(0).normal(size=(2, 3, geometry.nodes))
    stacked = reconstruction.slopes(states)
    for i in range(3):
        np.testing.assert_allclose(stacked[:, :, i], reconstruction.slopes(states[:, i]), rtol=1e-12, atol=1e-10)


@pytest.mark.parametrize(
    "spec",
    [
        MeshSpec("Grid1D", (Axis("x", 1.0, 5, ratio=4.0),), 1.0, ("left", "right")),
        MeshSpec("Grid2D", (Axis("x", 4.0, 4, ratio=5.0), Axis("y", 3.0, 3)), 1.0, PLANE),
        MeshSpec("CylindricalGrid2D", (Axis("r", 1.0, 4), Axis("z", 2.0, 3)), 1.0, PLANE[1:]),
        MeshSpec("PeriodicGrid2DLeftRight", (Axis("x", 1.0, 4), Axis("y", 1.0, 3)), 1.0, ("bottom", "top")),
    ],
    ids=lambda spec: spec.type,
)
def test_orthogonal_meshes_need_nothing_but_for_vectors(spec):
    geometry = geometry_of(build_mesh(spec), spec)
    assert reconstruction_of(geometry) is None
    found = reconstruction_of(geometry, vectors=True)
    assert (found is None) == (geometry.dimension == 1)
    assert found is None or (found.correction is None and found.shift is None)


def test_an_orthogonal_file_needs_nothing(tmp_path):
    assert reconstruction_of(geometry_from(tmp_path, quadrilaterals(4))) is None


def test_a_parallelogram_needs_no_shift(tmp_path):
    found = reconstruction_of(geometry_from(tmp_path, quadrilaterals(4, 40.0)))
    assert found.count == 1 and found.shift is None
