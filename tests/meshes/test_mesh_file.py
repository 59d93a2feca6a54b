"""Mesh files of others: formats as Gmsh writes them, files that do more than they should, meshes that are no use."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np
import pytest
from typer.testing import CliRunner

import fvtransport
from fvtransport.cli.app import app
from fvtransport.discretisation.build import build
from fvtransport.errors import CaseError, FvtransportError
from fvtransport.mesh.gmsh_process import find_gmsh, search_path
from tests.tools.cases import PURE, case_text

pytestmark = pytest.mark.gmsh

PLATE = """lc = {size};
Point(1) = {{0, 0, 0, lc}}; Point(2) = {{2, 0, 0, lc}}; Point(3) = {{2, 1, 0, lc}}; Point(4) = {{0, 1, 0, lc}};
Line(1) = {{1, 2}}; Line(2) = {{2, 3}}; Line(3) = {{3, 4}}; Line(4) = {{4, 1}};
For n In {{1:2}}
  Point(10*n) = {{n - 0.5, 0.5, 0, lc}};
  Point(10*n + 1) = {{n - 0.3, 0.5, 0, lc/2}}; Point(10*n + 2) = {{n - 0.7, 0.5, 0, lc/2}};
  Circle(10*n) = {{10*n + 1, 10*n, 10*n + 2}}; Circle(10*n + 1) = {{10*n + 2, 10*n, 10*n + 1}};
  Curve Loop(n + 1) = {{10*n, 10*n + 1}};
EndFor
Curve Loop(1) = {{1, 2, 3, 4}};
Plane Surface(1) = {{1, 2, 3}};
Physical Surface("plate") = {{1}};
Physical Curve("hot") = {{10, 11}}; {cold}; Physical Curve("outer") = {{1, 2, 3, 4}};
"""
COLD = 'Physical Curve("cold") = {20, 21}'
CASE = case_text(
    PURE,
    title="plate with two holes",
    mesh="{{type: Gmsh2D, file: {file}}}",
    properties="{{conductivity: 2, heat_capacity: 1}}",
    boundaries="""
  hot: {{T: {{dirichlet: 400}}}}
  default: {{T: no_flux}}
  {cold}""",
    observe="{{q: {{outflow: {{of: energy, through: hot}}}}, hot: {{surface: {{of: T, boundary: hot}}}}}}",
    units=None,
)
ROBIN = "cold: {T: {robin: {coefficient: 50, reference: 300}}}"
HEAT = 232.12  # W/m out through the cold hole, by finite elements on two meshes: 232.149 and 232.128


@pytest.fixture
def case(tmp_path):
    """Write a geometry, or another file, and the case that names it."""

    def make(text: str | bytes, file: str = "body.geo", cold: str = ROBIN):
        (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
        path = tmp_path / "case.yaml"
        path.write_text(CASE.format(file=file, cold=cold))
        return path

    return make


def saved(folder, geometry: str, *options: str) -> bytes:
    """A geometry meshed and saved by Gmsh."""
    (folder / "made.geo").write_text(geometry)
    command = [find_gmsh(), "made.geo", "-2", "-smooth", "8", *options, "-o", "made.msh"]
    surroundings = {**os.environ, "PATH": search_path()}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120, env=surroundings)
    return (folder / "made.msh").read_bytes()


FORMATS = {
    "2.2 text": ["-format", "msh22"],
    "2.2 binary": ["-format", "msh22", "-bin"],
    "4.1 text": ["-format", "msh41"],
    "4.1 binary": ["-format", "msh41", "-bin"],
}


def test_every_format_gives_the_mesh_of_the_geometry(case, tmp_path):
    geometry = PLATE.format(size=0.2, cold=COLD)
    expected = build(fvtransport.check(case(geometry))).system.geometry
    for options in FORMATS.values():
        found = build(fvtransport.check(case(saved(tmp_path, geometry, *options), "body.msh"))).system.geometry
        assert found.volume.sum() == pytest.approx(expected.volume.sum(), rel=1e-12)
        np.testing.assert_allclose(np.sort(found.volume), np.sort(expected.volume), rtol=1e-9)
        for name, boundary in expected.boundaries.items():
            assert found.boundaries[name].area.sum() == pytest.approx(boundary.area.sum(), rel=1e-12)


@pytest.mark.parametrize("options", [None, ["-format", "msh41"]], ids=["geo", "4.1"])
def test_the_heat_between_two_holes_is_that_of_finite_elements(case, tmp_path, options):
    geometry = PLATE.format(size=0.06, cold=COLD)
    path = case(saved(tmp_path, geometry, *options), "body.msh") if options else case(geometry)
    result = fvtransport.run(path)
    assert -result.observables["q"].value == pytest.approx(HEAT, rel=4e-3)


@pytest.mark.parametrize("options", FORMATS.values(), ids=FORMATS)
def test_elements_of_second_order_are_refused_with_the_reason(case, tmp_path, options):
    data = saved(tmp_path, PLATE.format(size=0.5, cold=COLD), "-order", "2", *options)
    with pytest.raises(CaseError) as raised:
        build(fvtransport.check(case(data, "body.msh")))
    (problem,) = raised.value.problems
    assert "elements of second order (lines of 3 nodes)" in problem.message and "balance" in problem.message
    assert (problem.mark.line, problem.mark.column) == (2, 28)


def test_a_hole_without_a_name_is_told_at_the_line_that_names_the_file(case):
    with pytest.raises(CaseError) as raised:
        build(fvtransport.check(case(PLATE.format(size=0.3, cold=""), cold="")))
    (problem,) = raised.value.problems
    assert "exterior faces are in no physical group, the first at (1." in problem.message
    assert (problem.mark.line, problem.mark.column) == (2, 28)


def test_an_outline_that_crosses_itself_ends_with_its_cause(case):
    """Gmsh tries for ever to recover the edges of this one."""
    places = ["1, 2", "1, 3", "2, 2.5", "2, 3.5", "3, 1.5", "3, 2.5"]
    points = " ".join(f"Point({n}) = {{{place}, 0, 0.2}};" for n, place in enumerate(places, 1))
    lines = " ".join(f"Line({n}) = {{{n}, {n % 6 + 1}}};" for n in range(1, 7))
    river = f'{points}\n{lines}\nCurve Loop(7) = {{1:6}}; Plane Surface(8) = {{7}}; Physical Surface("river") = {{8}};'
    begin = time.monotonic()
    with pytest.raises(CaseError, match="lines of an outline cross each other"):
        build(fvtransport.check(case(f'{river} Physical Curve("hot") = {{1:6}};', cold="")))
    assert time.monotonic() - begin < 60.0


def test_check_runs_no_command_of_a_geometry(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mark = tmp_path / "mark"
    path = case(f'SystemCall "touch {mark}";\n' + PLATE.format(size=0.5, cold=COLD))
    for command in ("check", "run", "converge"):
        found = CliRunner().invoke(app, [command, str(path)])
        assert isinstance(found.exception, CaseError) and found.exception.problems[0].mark.line == 1
    with pytest.raises(CaseError, match=r"body.geo:1:1: SystemCall is not a statement"):
        fvtransport.run(path)
    assert not mark.exists()
    fvtransport.check(path, allow_geo=True)
    assert not mark.exists()
    assert CliRunner().invoke(app, ["check", str(path), "--allow-geo"]).exit_code == 0
    assert mark.exists()


@pytest.mark.parametrize("name", ["body.msh", "body.geo"])
def test_what_lies_beside_a_mesh_file_is_not_read(case, tmp_path, name):
    """Gmsh looks for options beside a file that it opens, and takes content for its language by what it looks like."""
    mark = tmp_path / "mark"
    (tmp_path / f"{name}.opt").write_text(f'SystemCall "touch {mark}";')
    geometry = PLATE.format(size=0.5, cold=COLD)
    text = saved(tmp_path, geometry, "-format", "msh22") if name.endswith("msh") else geometry
    build(fvtransport.check(case(text, name)))
    assert not mark.exists()
    with pytest.raises(CaseError, match="SystemCall"):
        fvtransport.check(case(f'SystemCall "touch {mark}";', name))
    assert not mark.exists()


def test_a_geometry_that_changed_after_the_check_is_read_again(case, tmp_path):
    checked = fvtransport.check(case(PLATE.format(size=0.5, cold=COLD)))
    (tmp_path / "body.geo").write_text(f'SystemCall "touch {tmp_path}/mark";')
    with pytest.raises(FvtransportError, match="SystemCall"):
        build(checked)
    assert not (tmp_path / "mark").exists()


def test_gmsh_is_not_imported_here(case):
    path = case(PLATE.format(size=0.5, cold=COLD))
    code = f"import sys, fvtransport; fvtransport.run({str(path)!r}); sys.exit('gmsh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_cells_in_all_are_bounded_and_told_at_their_line(tmp_path):
    path = tmp_path / "case.yaml"
    mesh = "mesh: {type: Grid2D, length: [1.0, 1.0], cells: [100000, 100000]}"
    case = CASE.format(file="none", cold="").replace("mesh: {type: Gmsh2D, file: none}", mesh)
    path.write_text(case.replace("hot: {T: {dirichlet: 400}}", "left: {T: {dirichlet: 400}}"))
    with pytest.raises(CaseError) as raised:
        fvtransport.check(path)
    problem = next(each for each in raised.value.problems if "cells" in each.message)
    assert (problem.mark.line, problem.mark.column) == (2, 49)
    assert problem.message == "100000 x 100000 are 1e+10 cells in all" and "4,000,000" in problem.expected
