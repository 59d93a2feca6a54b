"""Means over the domain and over regions, on cells of unequal size."""

import pytest
from fvtransport.plugins.observables.mean import Mean

from tests.tools.cases import case_text

CASE = case_text(
    {},
    title="a straight profile on a graded mesh",
    mesh="""
  type: {mesh}
  length: 2.0
  cells: 20
  grading: {{ratio: 5}}
  regions: {{first: x < 0.8, rest: x >= 0.8}}""",
    mixture="{{binary: {{species: [A, B], concentration: 1, temperature: 300}}}}",
    properties="{{diffusivity: 1.0e-5}}",
    laws="[fick]",
    initial="{{x_A: 0.1 + 0.3*x}}",
    boundaries="{{default: {{x_A: no_flux}}}}",
    solve="{{transient: 1.0e-9}}",
    observe="""
  all: {{mean: x_A}}
  first: {{mean: {{of: x_A, region: first}}}}
  rest: {{mean: {{of: x_A, region: rest}}}}""",
)


def test_a_mean_over_a_region_is_weighted_by_volume(run_text):
    result = run_text(CASE.format(mesh="Grid1D"))
    geometry = result.system.geometry
    x = geometry.position[0][geometry.cells]
    edge = (x - 0.5 * geometry.volume)[x >= 0.8][0]
    seen = {name: reading.value for name, reading in result.observables.items()}
    assert seen["all"] == pytest.approx(0.4, rel=1e-9)
    assert seen["first"] == pytest.approx(0.1 + 0.15 * edge, rel=1e-9)
    assert seen["rest"] == pytest.approx(0.1 + 0.15 * (edge + 2.0), rel=1e-9)


def test_the_parts_make_the_whole_on_a_sphere(run_text):
    seen = {
        name: each.value
        for name, each in run_text(CASE.format(mesh="SphericalGrid1D").replace("default", "right")).observables.items()
    }
    share = (seen["all"] - seen["rest"]) / (seen["first"] - seen["rest"])
    assert 0.8 * 0.4**3 < share < 1.2 * 0.4**3


def test_a_region_that_is_none_is_refused(complaints):
    (text,) = complaints(CASE.format(mesh="Grid1D").replace("region: rest", "region: rset"))
    assert "rset" in text and "rest" in text


def test_a_mean_weighs_by_volume(snapshot):
    A = snapshot.mixture.mole_fractions[0]
    assert Mean(of=A).measure(snapshot) == pytest.approx(0.5, rel=1e-12) and Mean(of=A).reading_unit == ""
