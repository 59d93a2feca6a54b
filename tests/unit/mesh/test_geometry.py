"""Every kind of mesh: real areas and volumes, closed surfaces, walls by name, the right neighbours."""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport
from fvtransport.discretisation.build import build

CASE = """
title: mesh
units: reduced
mesh: {mesh}
mixture: pure
properties: {{conductivity: {conductivity}, heat_capacity: 1.0}}
laws: [conduction]
{boundaries}
solve: {{steady: {{mean: {{T: 1.0}}}}}}
"""
PI = np.pi
KINDS = {
    "line": ("{type: Grid1D, length: 2, cells: 7, cross_section: 3}", 6.0, {"left": 3, "right": 3}),
    "graded line": (
        "{type: Grid1D, length: 2, cells: 9, grading: {ratio: 4, towards: both}}",
        2.0,
        {"left": 1, "right": 1},
    ),
    "rectangle": (
        "{type: Grid2D, length: [2, 3], cells: [4, 5], depth: 2}",
        12.0,
        {"left": 6, "right": 6, "bottom": 4, "top": 4},
    ),
    "graded rectangle": (
        "{type: Grid2D, length: [2, 3], cells: [4, 5], grading: [{ratio: 3}, {ratio: 2, towards: right}]}",
        6.0,
        {"left": 3, "right": 3, "bottom": 2, "top": 2},
    ),
    "box": (
        "{type: Grid3D, length: [1, 2, 3], cells: [3, 4, 5]}",
        6.0,
        {"left": 6, "right": 6, "bottom": 3, "top": 3, "front": 2, "back": 2},
    ),
    "graded box": (
        "{type: Grid3D, length: [1, 2, 3], cells: [3, 4, 5], grading: [{ratio: 2}, null, {ratio: 3}]}",
        6.0,
        {"left": 6, "right": 6, "bottom": 3, "top": 3, "front": 2, "back": 2},
    ),
    "full cylinder": (
        "{type: CylindricalGrid1D, length: 2, cells: 6, height: 3}",
        PI * 4 * 3,
        {"right": 2 * PI * 2 * 3},
    ),
    "cylinder shell": (
        "{type: CylindricalGrid1D, length: 2, cells: 6, inner_radius: 1, grading: {ratio: 3}}",
        PI * 8,
        {"left": 2 * PI, "right": 6 * PI},
    ),
    "cylinder": (
        "{type: CylindricalGrid2D, length: [2, 3], cells: [4, 5]}",
        PI * 12,
        {"right": 12 * PI, "bottom": 4 * PI, "top": 4 * PI},
    ),
    "hollow cylinder": (
        "{type: CylindricalGrid2D, length: [2, 3], cells: [4, 5], inner_radius: 1, grading: [{ratio: 2}, null]}",
        PI * 24,
        {"left": 6 * PI, "right": 18 * PI, "bottom": 8 * PI, "top": 8 * PI},
    ),
    "full sphere": ("{type: SphericalGrid1D, length: 2, cells: 6}", 4 / 3 * PI * 8, {"right": 16 * PI}),
    "sphere shell": (
        "{type: SphericalGrid1D, length: 2, cells: 6, inner_radius: 1, grading: {ratio: 3, towards: both}}",
        4 / 3 * PI * 26,
        {"left": 4 * PI, "right": 36 * PI},
    ),
    "ring": ("{type: PeriodicGrid1D, length: 2, cells: 7}", 2.0, {}),
    "torus": ("{type: PeriodicGrid2D, length: [2, 3], cells: [4, 5]}", 6.0, {}),
    "tube left to right": (
        "{type: PeriodicGrid2DLeftRight, length: [2, 3], cells: [4, 5]}",
        6.0,
        {"bottom": 2, "top": 2},
    ),
    "tube bottom to top": (
        "{type: PeriodicGrid2DTopBottom, length: [2, 3], cells: [4, 5]}",
        6.0,
        {"left": 3, "right": 3},
    ),
}


@pytest.fixture
def made(tmp_path):
    def make(mesh: str, conductivity: str = "1.0", closed: bool = True):
        path = tmp_path / "case.yaml"
        boundaries = "boundaries: {default: {T: no_flux}}" if closed else ""
        path.write_text(CASE.format(mesh=mesh, conductivity=conductivity, boundaries=boundaries))
        return build(fvtransport.check(path)).system

    return make


@pytest.fixture(params=KINDS, ids=str)
def kind(request, made):
    mesh, volume, boundaries = KINDS[request.param]
    return made(mesh, closed=bool(boundaries)), volume, boundaries


def test_volume_and_walls_are_those_of_the_body(kind):
    system, volume, boundaries = kind
    geometry = system.geometry
    assert geometry.volume.sum() == pytest.approx(volume, rel=1e-12, abs=0)
    assert {
        name: pytest.approx(boundary.area.sum(), rel=1e-12, abs=0) for name, boundary in geometry.boundaries.items()
    } == boundaries


def test_every_cell_is_closed_by_its_faces(kind):
    """A flow that leaves every face at once leaves each cell as often as it has faces: nothing
    is lost, nothing doubled.
    """
    geometry = kind[0].geometry
    out = np.zeros((1, geometry.nodes))
    flow = np.random.default_rng(0).uniform(0.5, 1.0, (1, geometry.faces.area.size))
    geometry.divergence(flow, out)
    through = sum(boundary.sign * flow[0, boundary.faces].sum() for boundary in geometry.boundaries.values())
    assert out[0, geometry.cells].sum() == pytest.approx(through, rel=0, abs=1e-12)


def test_faces_lie_between_their_nodes(kind):
    geometry = kind[0].geometry
    every = np.arange(geometry.nodes)
    left, right = every[geometry.faces.left], every[geometry.faces.right]
    assert np.all(left != right) and geometry.faces.inverse_distance.min() > 0
    assert np.all((geometry.faces.left_weight >= 0) & (geometry.faces.left_weight <= 1))
    assert np.array_equal(geometry.position[:, left], geometry.faces.left_position)
    for boundary in geometry.boundaries.values():
        side = left if boundary.is_left else right
        assert np.array_equal(side[boundary.faces], every[boundary.nodes])
        assert np.allclose(geometry.position[:3, every[boundary.nodes]], boundary.position[:3], rtol=0, atol=1e-14)


def test_a_straight_profile_has_the_right_gradient_everywhere(kind):
    geometry = kind[0].geometry
    seam = (
        np.abs(
            1.0 / geometry.faces.inverse_distance
            - np.linalg.norm(geometry.faces.right_position[:3] - geometry.faces.left_position[:3], axis=0)
        )
        > 1e-12
    )
    slope = np.array([2.0, -1.0, 0.5])
    values = slope @ geometry.position[:3]
    difference = values[geometry.faces.right] - values[geometry.faces.left]
    gradient = difference * geometry.faces.inverse_distance
    assert np.allclose(gradient[~seam], (slope @ geometry.faces.normal)[~seam], rtol=0, atol=1e-12)
    assert geometry.boundaries or seam.any()


def test_shells_of_a_sphere_have_their_exact_volume(made):
    geometry = made(KINDS["sphere shell"][0]).geometry
    edges = np.concatenate([geometry.faces.centres[0]])
    assert np.allclose(geometry.volume, 4 / 3 * PI * np.diff(edges**3), rtol=1e-12, atol=0)


def test_regions_number_the_cells_and_give_coefficients(made):
    mesh = '{type: Grid2D, length: [2, 1], cells: [4, 2], regions: {all: "x >= 0", core: "(x < 1) and (y > 0.5)"}}'
    system = made(mesh, "{by_region: {all: 1.0, core: 100.0}}")
    position = system.geometry.cell_positions
    assert np.array_equal(position[3], np.where((position[0] < 1) & (position[1] > 0.5), 2, 1))
    assert {handle.name for handle in system.medium.placed} == {"conductivity"}
