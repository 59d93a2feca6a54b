"""Densities on faces as fields in cells: each half of a face's volume goes to the cell that it lies in.

In one dimension a face between nodes at x_L and x_R, with its plane at x_f, has the volume A (x_R - x_L), of
which A (x_f - x_L) lies in the left cell. Shares are computed here from positions alone.
"""

from __future__ import annotations

import numpy as np
import pytest

import fvtransport as fv
from fvtransport.results.cell_density import in_cells
from fvtransport.results.dataset import dataset_of
from tests.tools.built import built
from tests.tools.cases import COUPLED, PURE, case_text

GRADED = "{type: Grid1D, length: 2, cells: 5, cross_section: 3, grading: {ratio: 6}}"
TURNED = GRADED.replace("ratio: 6", "ratio: 6, towards: right")
PLANE = "{type: Grid2D, length: [2, 1], cells: [4, 3], grading: [{ratio: 5}, {ratio: 4, towards: right}]}"
FIXED = "{left: {T: {dirichlet: 1}}, right: {T: {dirichlet: 2}}}"


def by_hand(system, density: np.ndarray) -> np.ndarray:
    """The density of each cell, from positions of nodes and face centres along the axis of every face."""
    geometry = system.geometry
    faces, every = geometry.faces, np.arange(geometry.nodes)
    amount = np.zeros(geometry.nodes)
    for face, (left, right) in enumerate(zip(every[faces.left], every[faces.right])):
        axis = int(np.abs(faces.normal[:, face]).argmax())
        centre = faces.centres[axis, face]
        for node in (left, right):
            reach = abs(centre - geometry.position[axis, node])
            amount[node] += density[face] * faces.area[face] * reach
    return amount[geometry.cells] / geometry.volume


@pytest.mark.parametrize("mesh", [GRADED, TURNED, PLANE])
def test_each_half_of_a_face_goes_to_its_own_cell(tmp_path, mesh):
    boundaries = FIXED if mesh is not PLANE else "{left: {T: {dirichlet: 1}}, default: {T: no_flux}}"
    system = built(tmp_path, PURE, mesh=mesh, boundaries=boundaries).system
    density = np.random.default_rng(3).uniform(1.0, 2.0, system.geometry.faces.area.size)
    found = in_cells(system, density)
    assert found == pytest.approx(by_hand(system, density), rel=1e-12)
    assert found @ system.geometry.volume == pytest.approx(density @ system.geometry.faces.volume, rel=1e-12)


@pytest.mark.parametrize("mesh", [GRADED, TURNED, PLANE])
def test_what_arises_on_faces_is_shared_out_likewise(tmp_path, mesh):
    """The sources that laws have on faces, as the heat of mixing, in the balances of the cells."""
    boundaries = FIXED if mesh is not PLANE else "{left: {T: {dirichlet: 1}}, default: {T: no_flux}}"
    system = built(tmp_path, PURE, mesh=mesh, boundaries=boundaries).system
    geometry = system.geometry
    density = np.random.default_rng(4).uniform(1.0, 2.0, geometry.faces.area.size)
    found = np.zeros((1, geometry.nodes))
    geometry.scatter_to_cells((density * geometry.faces.volume)[None], found)
    assert found[0, geometry.cells] / geometry.volume == pytest.approx(by_hand(system, density), rel=1e-12)


def test_one_face_between_a_small_and_a_large_cell(tmp_path):
    """Cells of 1/4 and 3/4 of a length: of a face between them, a quarter of the density is of the small one."""
    system = built(
        tmp_path, PURE, mesh="{type: Grid1D, length: 4, cells: 2, grading: {ratio: 3}}", boundaries=FIXED
    ).system
    geometry = system.geometry
    small, large = sorted(geometry.volume)
    assert (small, large) == pytest.approx((1.0, 3.0))
    inner = (
        geometry.is_cell[np.arange(geometry.nodes)[geometry.faces.left]]
        & geometry.is_cell[np.arange(geometry.nodes)[geometry.faces.right]]
    )
    density = np.where(inner, 5.0, 0.0)
    found = in_cells(system, density)
    assert found == pytest.approx([5.0 * 0.5 / 1.0, 5.0 * 1.5 / 3.0])


@pytest.mark.parametrize("mesh", [GRADED, TURNED])
def test_the_stored_entropy_production_is_that_of_conduction(tmp_path, mesh):
    """kappa T'^2/T^2 on every face, from the stored temperatures alone, half by half."""
    path = tmp_path / "case.yaml"
    path.write_text(case_text(PURE, mesh=mesh, boundaries=FIXED, initial="{T: 1}"), encoding="utf-8")
    result = fv.run(path)
    stored = dataset_of(result)
    geometry = result.system.geometry
    temperature, nodes = result.snapshots[-1].values[0], geometry.position[0]
    faces, every = geometry.faces, np.arange(geometry.nodes)
    one, other = temperature[every[faces.left]], temperature[every[faces.right]]
    gap = nodes[every[faces.right]] - nodes[every[faces.left]]
    density = ((other - one) / gap / (0.5 * (one + other))) ** 2
    assert np.asarray(stored["entropy_production"])[-1] == pytest.approx(by_hand(result.system, density), rel=1e-9)


def test_steep_production_is_larger_where_the_gradient_is(tmp_path):
    """Conduction and diffusion on a graded mesh: the cell density is bounded by those of the faces beside it."""
    fixed = "{left: {T: {dirichlet: 1}, x_A: {dirichlet: 0.1}}, right: {T: {dirichlet: 2}, x_A: {dirichlet: 0.9}}}"
    path = tmp_path / "case.yaml"
    path.write_text(case_text(COUPLED, mesh=GRADED, boundaries=fixed), encoding="utf-8")
    result = fv.run(path)
    density = np.asarray(sum(result.entropy_production(result.snapshots[-1]).values()))
    stored = np.asarray(dataset_of(result)["entropy_production"])[-1]
    assert stored == pytest.approx(by_hand(result.system, density), rel=1e-12)
    assert (stored <= density.max()).all() and (stored >= density.min()).all()
