"""Figures in the plane and in space: the right panels, the colours of what was solved, arrows along the flux."""

import dataclasses
import functools

import numpy as np
import pytest
from fipy import Tri2D
from matplotlib.collections import LineCollection, PolyCollection, QuadMesh
from matplotlib.contour import ContourSet
from matplotlib.quiver import Quiver

import fvtransport
from fvtransport.mesh.fipy_mesh import geometry_of
from fvtransport.mesh.interpolate import Interpolation
from fvtransport.mesh.spec import MeshSpec
from fvtransport.mesh.unstructured import corners
from fvtransport.report.figures import maps as plot_maps
from fvtransport.report.figures.labels import position_text
from fvtransport.report.figures.slices import cell_vectors, planes_of
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="plane",
    units="SI",
    mesh="{mesh}",
    properties="{{conductivity: 2.0, heat_capacity: 1.0}}",
    initial="{{T: 300}}",
    boundaries='{{default: {{T: {{dirichlet: "300 + 20*x - 10*y"}}}}}}',
    solve="{solve}",
)
RECTANGLE = "{type: Grid2D, length: [3, 2], cells: [6, 5], regions: {core: 'x < 1'}}"
BOX = "{type: Grid3D, length: [3, 2, 4], cells: [3, 4, 2]}"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A function that solves a case once; leave its results as they are."""

    @functools.cache
    def solve(mesh, how="steady"):
        path = tmp_path_factory.mktemp("maps") / "plane.yaml"
        path.write_text(CASE.format(mesh=mesh, solve=how))
        return fvtransport.run(path)

    return solve


@pytest.fixture
def triangles():
    """Two by two squares, each of four triangles."""
    mesh = Tri2D(nx=2, ny=2, dx=0.5, dy=0.5)
    geometry = geometry_of(mesh, MeshSpec("Tri2D", (), 1.0, ("left", "right", "bottom", "top")))
    return dataclasses.replace(geometry, corners=corners(mesh))


def _maps(figure):
    return [axes for axes in figure.axes if any(isinstance(c, (QuadMesh, Quiver)) for c in axes.collections)]


def test_a_map_has_the_cells_the_isolines_and_the_borders(run):
    result = run(RECTANGLE)
    figure = plot_maps.draw_fields(result)
    (axes,) = _maps(figure)
    (cells,) = (c for c in axes.collections if isinstance(c, QuadMesh))
    expected = result.snapshots[-1].cells(result.system.medium.fields[0])
    np.testing.assert_array_equal(np.ravel(cells.get_array()), expected)
    assert cells.get_coordinates()[-1, -1].tolist() == pytest.approx([3.0, 2.0]) and axes.get_aspect() == 1.0
    assert axes.get_xlabel() == "position $x$ [m]" and axes.get_ylabel() == "position $y$ [m]"
    assert any(isinstance(c, ContourSet) for c in axes.collections)
    (borders,) = (c for c in axes.collections if isinstance(c, LineCollection) and not isinstance(c, ContourSet))
    assert len(borders.get_segments()) == 5 and all(np.all(s[:, 0] == 1.0) for s in borders.get_segments())
    labels = [axes.get_ylabel() for axes in figure.axes for axes in (axes, *axes.child_axes)]
    assert "temperature $T$ [K]" in labels


def test_the_profile_is_taken_where_the_field_varies_most(run):
    figure = plot_maps.draw_fields(run(RECTANGLE))
    profile = next(axes for axes in figure.axes if axes.get_title(loc="left").startswith("along"))
    assert profile.get_title(loc="left") == "along $y$ = 1"
    line = profile.get_lines()[0]
    np.testing.assert_allclose(line.get_ydata(), 290.0 + 20.0 * np.asarray(line.get_xdata()), rtol=1e-12)
    assert line.get_xdata()[0] == 0.0 and line.get_xdata()[-1] == 3.0


def test_up_to_three_times_share_their_colours(run):
    figure = plot_maps.draw_fields(run(RECTANGLE, "{transient: {until: 10, times: [0.1, 0.2, 0.5, 1]}}"))
    maps = _maps(figure)
    assert [axes.get_title(loc="left") for axes in maps] == ["$t$ = 0.2 s", "$t$ = 0.5 s", "$t$ = 10 s"]
    assert len({tuple(axes.collections[0].get_clim()) for axes in maps}) == 1
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        f"$t$ = {t} s" for t in ("0", "0.1", "0.2", "0.5", "1", "10")
    ]


def test_in_space_the_middle_planes_are_shown(run):
    result = run(BOX)
    titles = [axes.get_title(loc="left") for axes in _maps(plot_maps.draw_fields(result))]
    assert titles == ["$z$ = 2", "$y$ = 1", "$x$ = 1.5"]
    plane = planes_of(result.system.interpolation)[1]
    found = plane.of_nodes(300.0 + result.system.geometry.position[1] * 7.0)
    np.testing.assert_allclose(found, 307.0, rtol=1e-14)


def test_arrows_point_along_the_flux(run):
    (axes,) = _maps(plot_maps.draw_fluxes(run(RECTANGLE)))
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


def test_a_plane_field_is_met_within_triangles(triangles):
    points = np.zeros((3, 300))
    points[:2] = np.random.default_rng(0).uniform(-0.1, 1.1, (2, 300))
    found = Interpolation(triangles)(2.0 + 3.0 * triangles.position[0] - triangles.position[1], points)
    inside = np.all((points[:2] > 0.0) & (points[:2] < 1.0), axis=0)
    assert np.isnan(found[~inside]).all() and inside.sum() > 150
    np.testing.assert_allclose(found[inside], (2.0 + 3.0 * points[0] - points[1])[inside], rtol=1e-12)


def test_triangles_are_painted_as_triangles(triangles):
    from matplotlib.figure import Figure

    (plane,) = planes_of(Interpolation(triangles))
    axes = Figure().subplots()
    image = plane.fill(axes, plane.of_cells(np.arange(16.0)), 0.0, 15.0)
    assert isinstance(image, PolyCollection) and len(image.get_paths()) == 16
    areas = [_area(path.vertices[:3]) for path in image.get_paths()]
    np.testing.assert_allclose(areas, 1.0 / 16.0, rtol=1e-12)
    assert len(plane.borders()) == 8


def _area(corners):
    (a, b), (c, d) = corners[1] - corners[0], corners[2] - corners[0]
    return 0.5 * abs(a * d - b * c)


def test_a_tetrahedron_is_cut_in_a_triangle_or_a_quadrangle():
    from fvtransport.report.figures.slices import _in_order, _section

    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], float).T
    for at, area in ((0.5, 0.125), (0.25, 0.28125)):
        polygon = _in_order(_section(corners, 2, at)[:2])
        assert polygon.shape == (3, 2) and _area(polygon) == pytest.approx(area, rel=1e-12)
    tilted = np.array([[0, 0, -1], [1, 0, -1], [0, 0, 1], [0, 1, 1]], float).T
    polygon = _in_order(_section(tilted, 2, 0.0)[:2])
    assert polygon.shape == (4, 2) and _area(polygon[:3]) + _area(polygon[[0, 2, 3]]) == pytest.approx(0.25, rel=1e-12)
    assert _section(corners, 2, 2.0).shape[1] == 0


def test_a_place_that_is_zero_but_for_round_off_is_called_zero(triangles):
    positions = [position_text(position, triangles, 0) for position in (3.469e-18, -3.469e-18, 1e-3, 0.5)]
    assert positions == ["$x$ = 0", "$x$ = 0", "$x$ = 0.001", "$x$ = 0.5"]
