"""Faces where a coefficient jumps, and nodes of their own on them."""

import numpy as np
import pytest

from fvtransport.discretisation.material_jumps import cut_at_jumps, jumping_faces
from tests.tools.built import LAYERS, built

FIXED = "{default: {T: no_flux}, left: {T: {dirichlet: 1}}}"
SQUARE = '{type: Grid2D, length: [2, 1], cells: [4, 3], regions: {a: "x < 1", b: "x >= 1"}}'


@pytest.fixture(params=[LAYERS, SQUARE], ids=["line", "plane"])
def system(request, tmp_path):
    """Two regions of one material: the mesh is not cut."""
    return built(tmp_path, mesh=request.param, boundaries=FIXED).system


def _jumps(tmp_path, mesh, conductivity):
    """Which faces jump, of a mesh that is not cut, and their places."""
    cut = built(
        tmp_path, mesh=mesh, boundaries=FIXED, properties=f"{{conductivity: {conductivity}, heat_capacity: 1.0}}"
    )
    whole = built(tmp_path, mesh=mesh, boundaries=FIXED).system
    medium, laws = cut.system.medium, cut.system.laws.values()
    states = np.ones((2, 1, whole.geometry.nodes)) * np.array([1.0, 2.0])[:, None, None]
    return jumping_faces(whole.geometry, medium, laws, 0.0, states), whole.geometry.faces.centres


@pytest.mark.parametrize("mesh, count", [(LAYERS, 1), (SQUARE, 3)])
@pytest.mark.parametrize("conductivity", ["{by_region: {a: 1.0, b: 2.0}}", '{by_region: {a: "T", b: 1.0}}'])
def test_a_jump_is_found_between_the_regions_and_nowhere_else(tmp_path, mesh, count, conductivity):
    """The second coefficient is the same on both sides where T = 1: another state shows the jump."""
    found, centres = _jumps(tmp_path, mesh, conductivity)
    assert np.array_equal(found, np.isclose(centres[0], 1.0)) and found.sum() == count


def test_a_coefficient_that_varies_smoothly_does_not_jump(tmp_path):
    assert not _jumps(tmp_path, LAYERS, '"1 + x"')[0].any()
    assert not _jumps(tmp_path, LAYERS, "{by_region: {a: 1.0, b: 1.0}}")[0].any()


def test_faces_that_jump_have_nodes_of_their_own(system):
    geometry, is_jump = system.geometry, np.isclose(system.geometry.faces.centres[0], 1.0)
    cut = cut_at_jumps(geometry, is_jump, {"a": 1, "b": 2})
    (interface,) = cut.interfaces
    assert interface.name == "a-b" and not interface.is_two_sided
    assert cut.nodes == geometry.nodes + is_jump.sum() and interface.area.sum() == pytest.approx(1.0, rel=1e-14)
    assert np.allclose(cut.position[0, interface.left_nodes], 1.0, rtol=0, atol=1e-14)
    assert np.array_equal(cut.volume, geometry.volume)


def test_two_sided_interfaces_have_a_node_for_each_side_in_the_order_of_their_name(system):
    geometry, nowhere = system.geometry, np.zeros(system.geometry.faces.area.size, bool)
    for pair, sign in ((("a", "b"), 1.0), (("b", "a"), -1.0)):
        cut = cut_at_jumps(geometry, nowhere, {"a": 1, "b": 2}, [pair])
        (interface,) = cut.interfaces
        along = cut.faces.normal[0, interface.left_faces] * interface.sign
        beside = np.where(sign > 0.0, cut.faces.left_position[0], cut.faces.right_position[0])
        assert interface.name == "-".join(pair) and interface.is_two_sided
        assert np.array_equal(along, np.full(along.size, sign))
        assert np.all((beside[interface.left_faces] < 1.0) == (pair[0] == "a"))


def test_without_jumps_the_mesh_stays(system):
    nowhere = np.zeros(system.geometry.faces.area.size, bool)
    assert cut_at_jumps(system.geometry, nowhere, {"a": 1, "b": 2}) is system.geometry


def test_jumps_within_a_region_make_an_interface_without_a_name(system):
    is_jump = np.isclose(system.geometry.faces.centres[0], 0.5)
    (interface,) = cut_at_jumps(system.geometry, is_jump, {"a": 1, "b": 2}).interfaces
    assert interface.name == "" and interface.area.size == is_jump.sum()
