"""Jumps at interfaces: curves are interrupted, both sides carry the closed form, a dotted line marks the place."""

import numpy as np
import pytest

import fvtransport
from fvtransport.report.figures import draw as plot
from fvtransport.report.figures.jumps import broken
from tests.tools.cases import PURE, case_text

CASE = case_text(
    PURE,
    title="two slabs in poor contact",
    mesh='{type: Grid1D, length: 2, cells: 8, regions: {a: "x < 1", b: "x >= 1"}}',
    properties="{conductivity: {by_region: {a: 1.0, b: 2.0}}, heat_capacity: 1.0}",
    boundaries="{left: {T: {dirichlet: 4}}, right: {T: {dirichlet: 3}}}",
    interfaces="{a-b: {T: {contact_resistance: 0.5}}}",
)


@pytest.fixture
def slabs(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return fvtransport.run(path)


def test_a_curve_is_interrupted_between_both_sides(slabs):
    (axes,) = plot.draw_fields(slabs).axes
    curve, mark = axes.get_lines()
    x, T = curve.get_xdata(), curve.get_ydata()
    (gap,) = np.flatnonzero(np.isnan(T))
    assert x[gap - 1] == x[gap + 1] == mark.get_xdata()[0] == 1.0
    assert (T[gap - 1], T[gap + 1]) == pytest.approx((3.5, 3.25), rel=1e-12)
    assert np.isfinite(np.delete(T, gap)).all() and axes.get_ylim()[0] < 3.0


def test_the_fluxes_of_both_halves_are_drawn(slabs):
    (axes,) = plot.draw_fluxes(slabs).axes
    total = axes.get_lines()[0].get_ydata()
    assert np.isnan(total).sum() == 1 and np.nanmax(np.abs(total - 0.5)) < 1e-12


def test_a_curve_without_an_interface_is_whole():
    x = np.linspace(0.0, 1.0, 5)
    places, values = broken(x, x**2)
    np.testing.assert_array_equal(places, x)
    np.testing.assert_array_equal(values, x**2)
