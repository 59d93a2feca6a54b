"""Profiles along a line through a mesh."""

import numpy as np

from fvtransport.mesh.interpolate import Interpolation
from fvtransport.report.figures import maps as plot_maps
from tests.tools.flat import RECTANGLE


def test_the_profile_is_taken_where_the_field_varies_most(run):
    figure = plot_maps.draw_fields(run(RECTANGLE))
    profile = next(axes for axes in figure.axes if axes.get_title(loc="left").startswith("along"))
    assert profile.get_title(loc="left") == "along $y$ = 1"
    line = profile.get_lines()[0]
    np.testing.assert_allclose(line.get_ydata(), 290.0 + 20.0 * np.asarray(line.get_xdata()), rtol=1e-12)
    assert line.get_xdata()[0] == 0.0 and line.get_xdata()[-1] == 3.0


def test_a_plane_field_is_met_within_triangles(triangles):
    points = np.zeros((3, 300))
    points[:2] = np.random.default_rng(0).uniform(-0.1, 1.1, (2, 300))
    found = Interpolation(triangles)(2.0 + 3.0 * triangles.position[0] - triangles.position[1], points)
    inside = np.all((points[:2] > 0.0) & (points[:2] < 1.0), axis=0)
    assert np.isnan(found[~inside]).all() and inside.sum() > 150
    np.testing.assert_allclose(found[inside], (2.0 + 3.0 * points[0] - points[1])[inside], rtol=1e-12)
