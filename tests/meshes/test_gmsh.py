"""Unstructured meshes by Gmsh: physical names become boundaries and regions, fluxes are
conserved, holes are refused.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

import fvtransport
from fvtransport.discretisation.build import build
from fvtransport.errors import CaseError

pytestmark = pytest.mark.gmsh

SQUARE = """
h = {size};
Point(1) = {{0, 0, 0, h}}; Point(2) = {{1, 0, 0, h}}; Point(3) = {{1, 1, 0, h}}; Point(4) = {{0, 1, 0, h}};
Point(5) = {{0.5, 0, 0, h}}; Point(6) = {{0.5, 1, 0, h}};
Line(1) = {{1, 5}}; Line(2) = {{5, 2}}; Line(3) = {{2, 3}}; Line(4) = {{3, 6}}; Line(5) = {{6, 4}};
Line(6) = {{4, 1}}; Line(7) = {{5, 6}};
Curve Loop(1) = {{1, 7, 5, 6}}; Curve Loop(2) = {{2, 3, 4, -7}};
Plane Surface(1) = {{1}}; Plane Surface(2) = {{2}};
Physical Surface("glass") = {{1}}; Physical Surface("steel") = {{2}};
Physical Curve("hot") = {{6}}; Physical Curve("cold") = {{3}};
{more}
"""
CLOSED = 'Physical Curve("sides") = {1, 2, 4, 5};'
BOX = """
SetFactory("OpenCASCADE");
Box(1) = {0, 0, 0, 1, 1, 1};
MeshSize{ PointsOf{ Volume{1}; } } = 0.35;
Physical Volume("gas") = {1};
Physical Surface("low") = {1}; Physical Surface("high") = {2}; Physical Surface("sides") = {3, 4, 5, 6};
"""
PLAIN = """
h = {size};
Point(1) = {{0, 0, 0, h}}; Point(2) = {{1, 0, 0, h}}; Point(3) = {{1, 1, 0, h}}; Point(4) = {{0, 1, 0, h}};
Line(1) = {{1, 2}}; Line(2) = {{2, 3}}; Line(3) = {{3, 4}}; Line(4) = {{4, 1}};
Curve Loop(1) = {{1, 2, 3, 4}}; Plane Surface(1) = {{1}};
Physical Surface("gas") = {{1}}; Physical Curve("hot") = {{4}}; Physical Curve("cold") = {{2}};
Physical Curve("sides") = {{1, 3}};
"""
BINARY = """
title: every kind of term
units: reduced
mesh: {{type: {kind}, file: body.geo}}
mixture: {{binary: {{species: [A, B], concentration: 1.0}}}}
properties: {{diffusivity: 1.0, conductivity: 1.0, thermal_diffusion_coefficient: 0.3, heat_capacity: 1.0}}
laws:
  [conduction, fick, soret_dufour, advection: {{velocity: 0.5}},
    reaction: {{reactants: {{A: 1}}, products: {{B: 1}}, rate_constant: 0.1}}]
initial: {{T: 1.0, x_A: 0.5}}
boundaries: {{default: {{T: {{dirichlet: 1.0}}, x_A: no_flux}}}}
solve: {{transient: 1.0}}
"""
CASE = """
title: by Gmsh
units: reduced
mesh: {{type: {kind}, file: body.geo}}
mixture: pure
properties: {{conductivity: {conductivity}}}
laws: [conduction]
boundaries: {boundaries}
solve: steady
"""
PLATE = "{hot: {T: {dirichlet: 2.0}}, cold: {T: {dirichlet: 1.0}}, default: {T: no_flux}}"


@pytest.fixture
def case(tmp_path):
    def make(geometry: str, kind: str = "Gmsh2D", conductivity: str = "1.0", boundaries: str = PLATE):
        (tmp_path / "body.geo").write_text(geometry)
        path = tmp_path / "case.yaml"
        path.write_text(CASE.format(kind=kind, conductivity=conductivity, boundaries=boundaries))
        return fvtransport.check(path)

    return make


def worst_of(level, part: str) -> float:
    """The largest error of a level among the quantities whose names hold a word."""
    return max(error for name, error in level.errors.items() if part in name)


def test_names_become_boundaries_and_regions(case):
    geometry = build(case(SQUARE.format(size=0.2, more=CLOSED))).system.geometry
    assert {name: round(float(boundary.area.sum()), 12) for name, boundary in geometry.boundaries.items()} == {
        "hot": 1,
        "cold": 1,
        "sides": 2,
    }
    region = geometry.cell_positions[3]
    assert np.array_equal(region, np.where(geometry.cell_positions[0] < 0.5, 1, 2))
    assert geometry.volume.sum() == pytest.approx(1.0, rel=1e-12)


def test_regions_conduct_in_series_and_conserve_heat(case):
    """Heat passes the interface by the resistances in series, on triangles as well."""
    made = case(SQUARE.format(size=0.05, more=CLOSED), conductivity="{by_region: {glass: 1.0, steel: 10.0}}")
    snapshot = fvtransport.run(made).snapshots[-1]
    hot, cold = (snapshot.outflow(energy, name) for name in ("hot", "cold"))
    assert hot == pytest.approx(-cold, rel=1e-11) and snapshot.outflow(energy, "sides") == 0.0
    assert cold == pytest.approx(1 / (0.5 / 1 + 0.5 / 10), rel=1e-10)


@pytest.mark.parametrize("kind, geometry", [("Gmsh2D", SQUARE.format(size=0.3, more=CLOSED)), ("Gmsh3D", BOX)])
def test_every_law_keeps_the_contract(tmp_path, kind, geometry):
    (tmp_path / "body.geo").write_text(geometry)
    path = tmp_path / "case.yaml"
    path.write_text(BINARY.format(kind=kind))
    fvtransport.contract.check_laws(fvtransport.check(path))


def test_regions_are_there_in_time_as_well(case):
    made = case(SQUARE.format(size=0.2, more=CLOSED), conductivity="{by_region: {glass: 1.0, steel: 10.0}}")
    text = made.path.read_text().replace("solve: steady", "initial: {T: 1.0}\nsolve: {transient: 0.1}")
    made.path.write_text(text.replace("properties: {", "properties: {heat_capacity: 1.0, "))
    assert fvtransport.run(made.path).exit_code == 0


def test_a_region_without_a_coefficient_is_refused(case):
    with pytest.raises(CaseError, match="lie in none of the regions glass"):
        build(case(SQUARE.format(size=0.2, more=CLOSED), conductivity="{by_region: {glass: 1.0}}"))


def test_triangles_cost_what_the_docs_say(case):
    """The table of docs/numerics/orders.md, within a tenth."""
    from fvtransport.verification.converge import measure
    from fvtransport.verification.manufactured import manufacture

    page = (Path(__file__).parents[2] / "docs/numerics/orders.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| triangles, h = ([\d.]+) \| ([\d.e-]+) \| ([\d.e-]+) \|$", page, re.MULTILINE)
    assert len(rows) == 3
    for size, inside, flux in rows[:2]:
        made = case(PLAIN.format(size=size))
        found = measure(manufacture(made), made.mesh)
        assert worst_of(found, "inside") == pytest.approx(float(inside), rel=0.1)
        assert worst_of(found, "flux") == pytest.approx(float(flux), rel=0.1)


def test_a_box_of_tetrahedra(case):
    boundaries = "{low: {T: {dirichlet: 2.0}}, high: {T: {dirichlet: 1.0}}, sides: {T: no_flux}}"
    snapshot = fvtransport.run(case(BOX, "Gmsh3D", boundaries=boundaries)).snapshots[-1]
    assert snapshot.system.geometry.volume.sum() == pytest.approx(1.0, rel=1e-12)
    assert snapshot.outflow(energy, "high") == pytest.approx(-snapshot.outflow(energy, "low"), rel=1e-11)
    assert snapshot.outflow(energy, "high") == pytest.approx(1.0, rel=0.1)


def test_boundaries_are_those_of_the_file(case):
    with pytest.raises(CaseError) as raised:
        case(SQUARE.format(size=0.2, more=CLOSED), boundaries=PLATE.replace("hot", "hott"))
    assert 'did you mean "hot"' in str(raised.value)


@pytest.mark.parametrize(
    "more, says",
    [
        ("", "in no physical group"),
        (CLOSED + 'Physical Curve("seam") = {7};', "no exterior face"),
        (CLOSED + 'Physical Curve("again") = {3};', "no exterior face of its own"),
    ],
)
def test_a_boundary_with_a_hole_is_refused(case, more, says):
    with pytest.raises(CaseError, match=says) as raised:
        build(case(SQUARE.format(size=0.3, more=more)))
    (problem,) = raised.value.problems
    assert (problem.mark.line, problem.mark.column) == (4, 28)


def test_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE.format(kind="Gmsh2D", conductivity="1.0", boundaries=PLATE))
    with pytest.raises(CaseError, match="cannot be read"):
        fvtransport.check(path)
