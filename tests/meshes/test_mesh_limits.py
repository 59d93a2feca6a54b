"""What a mesh file costs is bounded: time, memory, files, cells; what is passed over in a geometry changes nothing."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

import fvtransport
from fvtransport.discretisation.build import build
from fvtransport.errors import CaseError
from fvtransport.mesh import mesh_file
from fvtransport.mesh.fipy_mesh import import_fipy
from fvtransport.mesh.geo_language import DEEPEST
from fvtransport.mesh.geo_loops import MOST_TURNS
from fvtransport.mesh.gmsh_process import MOST_BYTES, MOST_MEMORY, find_gmsh, search_path
from fvtransport.mesh.mesh_file import MOST_GEOMETRY
from fvtransport.mesh.msh_formats import MOST_ELEMENTS, MOST_NODES, MOST_SHAPES
from fvtransport.mesh.spec import MOST_CELLS

pytestmark = pytest.mark.gmsh

SQUARE = """lc = 0.5;
Point(1) = {0, 0, 0, lc}; Point(2) = {1, 0, 0, lc}; Point(3) = {1, 1, 0, lc}; Point(4) = {0, 1, 0, lc};
Line(1) = {1, 2}; Line(2) = {2, 3}; Line(3) = {3, 4}; Line(4) = {4, 1};
Curve Loop(1) = {1:4}; Plane Surface(1) = {1};
Physical Surface("plate") = {1}; Physical Curve("hot") = {1:4};
"""
BROKEN = """Point(1) = {0, 0, 0}; Curve Loop(1) = {7}; Plane Surface(1) = {1};
Physical Surface("plate") = {1}; Physical Curve("hot") = {7};
"""
CASE = """title: a square
mesh: {{type: Gmsh2D, file: {file}}}
mixture: pure
properties: {{conductivity: 2}}
laws: [conduction]
boundaries: {{hot: {{T: {{dirichlet: 400}}}}}}
solve: steady
"""


@pytest.fixture
def case(tmp_path):
    """Write a file and the case that names it."""

    def make(text: str | bytes, file: str = "body.geo"):
        (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
        path = tmp_path / "case.yaml"
        path.write_text(CASE.format(file=file))
        return path

    return make


def saved(folder, geometry: str, *options: str) -> bytes:
    """A geometry meshed and saved by Gmsh."""
    (folder / "made.geo").write_text(geometry)
    command = [find_gmsh(), "made.geo", "-2", *options, "-o", "made.msh"]
    surroundings = {**os.environ, "PATH": search_path()}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120, env=surroundings)
    return (folder / "made.msh").read_bytes()


@pytest.mark.parametrize("lines", ["a", "one", "none"])
def test_messages_display_and_options_of_saving_change_nothing(case, lines):
    """What is passed over is given to Gmsh neither whole nor in part."""
    geometry = SQUARE
    expected = build(fvtransport.check(case(geometry))).system.geometry
    more = """Mesh.SaveAll = 1; Mesh.MshFileVersion = 4.1; Mesh.Binary = 1; Mesh.ElementOrder = 1;
    General.Verbosity = 0; Printf("size %g, %s%n\\n", lc); Color Red { Surface{1}; } Hide { Point{1}; };
    Show "*"; Draw; ; BoundingBox;
    DefineConstant[ unused = {1, Min 0, Max 2, Name "A/b?", Choices{0="x", 1="y"}} ]; General.Terminal = unused;
    If (lc > 0) Printf("here"); EndIf
    """
    found = build(fvtransport.check(case(geometry + more.replace("\n", {"a": "\n", "one": " ", "none": ""}[lines]))))
    np.testing.assert_array_equal(found.system.geometry.volume, expected.volume)


@pytest.mark.parametrize("size, seconds", [("1e-9", 60), ("1e-5", 6)])
def test_far_too_many_cells_end_soon_with_the_cause_at_the_line(case, size, seconds):
    path = case(SQUARE.replace("0.5;", f"{size};"))
    path.write_text(path.read_text().replace("file: body.geo", f"file: body.geo, time_limit: {seconds}"))
    begin = time.monotonic()
    with pytest.raises(CaseError, match="4 GiB of memory.*too many for this shape|no mesh within 6 s") as raised:
        build(fvtransport.check(path))
    assert time.monotonic() - begin < seconds + 30.0
    (problem,) = raised.value.problems
    assert (problem.mark.line, problem.mark.column) == (2, 28)


def test_nothing_is_left_of_a_mesh_that_failed(case, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(CaseError, match="Gmsh made no cells; Gmsh said: .*Surface 1 consists of no elements") as raised:
        build(fvtransport.check(case(BROKEN)))
    assert (raised.value.problems[0].mark.line, raised.value.problems[0].mark.column) == (2, 28)
    build(fvtransport.check(case(SQUARE)))
    assert not list((tmp_path / "temporary").iterdir())


def test_gmsh_is_not_started_for_a_mesh_file(case, tmp_path, monkeypatch):
    path = case(saved(tmp_path, SQUARE), "body.msh")
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(import_fipy().meshes.gmshMesh, "Popen", None)
    assert build(fvtransport.check(path)).system.geometry.cells is not None


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "empty", "large geometry", "large mesh"])
def test_what_is_no_file_of_a_mesh_is_told_soon_at_the_line(case, tmp_path, monkeypatch, kind):
    path, file = case(""), tmp_path / "body.geo"
    file.unlink()
    monkeypatch.setattr(mesh_file, "MOST_BYTES", 10**6)
    monkeypatch.setattr(mesh_file, "MOST_GEOMETRY", 10**5)
    make = {
        "folder": file.mkdir,
        "pipe": lambda: os.mkfifo(file),
        "device": lambda: file.symlink_to("/dev/zero"),
        "empty": lambda: file.write_text(" \n"),
        "large geometry": lambda: file.write_text("// \n" * 10**5),
        "large mesh": lambda: file.write_text("$MeshFormat\n" + "\n" * 10**6),
    }
    make[kind]()
    says = {
        "folder": "it is a folder",
        "pipe": "a device or a pipe",
        "device": "a device or a pipe",
        "empty": "is empty",
    }
    begin = time.monotonic()
    with pytest.raises(
        CaseError, match=f"this file cannot be read: .*{says.get(kind, 'it has more than 1.*,000 bytes')}"
    ):
        fvtransport.check(path)
    assert time.monotonic() - begin < 20.0


def test_a_damaged_mesh_file_is_told_with_both_lines(case, tmp_path):
    data = saved(tmp_path, SQUARE, "-format", "msh22").decode()
    begin = data.index("$Nodes")
    bad = data[:begin] + data[begin:].replace("\n3 ", "\n2 ", 1)
    with pytest.raises(CaseError) as raised:
        build(fvtransport.check(case(bad.encode(), "body.msh")))
    (problem,) = raised.value.problems
    line = data[:begin].count("\n") + 5
    assert problem.message.endswith(f"body.msh:{line}: two nodes have the same number 2")
    assert (problem.mark.line, problem.mark.column) == (2, 28)


def test_the_docs_state_the_limits():
    page = (Path(__file__).parents[2] / "docs/meshes.md").read_text(encoding="utf-8")
    for row in (
        f"memory that Gmsh may use | {MOST_MEMORY // 2**30} GiB (on Linux)",
        f"size of each file that Gmsh may write | {MOST_BYTES // 2**30} GiB",
        f"size of a mesh file, of a geometry file | {MOST_BYTES // 2**30} GiB, {MOST_GEOMETRY // 2**20} MiB",
        f"cells in all | {MOST_CELLS:,}",
        f"nodes, elements that a mesh file announces | {MOST_NODES:,}, {MOST_ELEMENTS:,}",
        f"that a mesh file announces | {MOST_SHAPES:,}",
        f"if their bounds are known without Gmsh | {MOST_TURNS:,}",
        f"`For` and `If` within one another | {DEEPEST}",
    ):
        assert f"{row} |" in page
