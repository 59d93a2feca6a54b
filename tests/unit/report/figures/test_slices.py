"""Planes through a mesh, and fluxes in its cells."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.quiver import Quiver

from fvtransport.mesh.interpolate import Interpolation
from fvtransport.report.figures import maps as plotmaps_of
from fvtransport.report.figures.slices import cell_vectors, planes_of
from tests.tools.flat import BOX, RECTANGLE, area_of, maps_of


def test_in_space_the_middle_planes_are_shown(run):
    result = run(BOX)
    titles = [axes.get_title(loc="left") for axes in maps_of(plotmaps_of.draw_fields(result))]
    assert titles == ["$z$ = 2", "$y$ = 1", "$x$ = 1.5"]
    plane = planes_of(result.system.interpolation)[1]
    found = plane.of_nodes(300.0 + result.system.geometry.position[1] * 7.0)
    np.testing.assert_allclose(found, 307.0, rtol=1e-14)


def test_arrows_point_along_the_flux(run):
    (axes,) = maps_of(plotmaps_of.draw_fluxes(run(RECTANGLE)))
    (arrows,) = (c for c in axes.collections if isinstance(c, Quiver))
    np.testing.assert_allclose(arrows.U / arrows.V, -2.0, rtol=1e-9)
    assert np.all(arrows.U < 0.0) and arrows.N > 50
    (cells,) = (c for c in axes.collections if isinstance(c, QuadMesh))
    np.testing.assert_allclose(cells.get_array(), 2.0 * np.hypot(20.0, 10.0), rtol=1e-9)


def test_a_uniform_flux_is_found_on_triangles(triangles):
    flux = np.array([3.0, -1.0, 0.0]) @ triangles.faces.normal
    np.testing.assert_allclose(
        cell_vectors(triangles, flux), np.array([[3.0], [-1.0]]) @ np.ones((1, 16)), rtol=0.0, atol=1e-13
    )


def test_triangles_are_painted_as_triangles(triangles):
    from matplotlib.figure import Figure

    (plane,) = planes_of(Interpolation(triangles))
    axes = Figure().subplots()
    image = plane.fill(axes, plane.of_cells(np.arange(16.0)), 0.0, 15.0)
    assert isinstance(image, PolyCollection) and len(image.get_paths()) == 16
    areas = [area_of(path.vertices[:3]) for path in image.get_paths()]
    np.testing.assert_allclose(areas, 1.0 / 16.0, rtol=1e-12)
    assert len(plane.borders()) == 8


def test_a_tetrahedron_is_cut_in_a_triangle_or_a_quadrangle():
    from fvtransport.report.figures.slices import _in_order, _section

    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], float).T
    for at, area in ((0.5, 0.125), (0.25, 0.28125)):
        polygon = _in_order(_section(corners, 2, at)[:2])
        assert polygon.shape == (3, 2) and area_of(polygon) == pytest.approx(area, rel=1e-12)
    tilted = np.array([[0, 0, -1], [1, 0, -1], [0, 0, 1], [0, 1, 1]], float).T
    polygon = _in_order(_section(tilted, 2, 0.0)[:2])
    assert polygon.shape == (4, 2) and area_of(polygon[:3]) + area_of(polygon[[0, 2, 3]]) == pytest.approx(
        0.25, rel=1e-12
    )
    assert _section(corners, 2, 2.0).shape[1] == 0
