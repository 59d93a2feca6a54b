"""Gmsh runs in a process of its own: it has a limit on its time, its last words are quoted, nothing of it is left."""

from __future__ import annotations

import stat
import sys
import time

import pytest

from fvtransport.mesh import gmsh_process
from fvtransport.mesh.gmsh_process import make_mesh
from fvtransport.mesh.spec import MeshError

PREAMBLE = f"#!{sys.executable}\nimport os, subprocess, sys, time\n"


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Call with the text of a program in the place of Gmsh."""

    def call(program: str, seconds: float = 20.0):
        path = tmp_path / "gmsh"
        path.write_text(PREAMBLE + program)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(gmsh_process, "find_gmsh", lambda: str(path))
        return make_mesh(tmp_path / "body.geo", "body.geo", 2, seconds, tmp_path)

    return call


def test_the_mesh_is_where_gmsh_was_told_to_write(made, tmp_path):
    path = made("print(sys.argv[1:], file=open(sys.argv[-1], 'w'))")
    options = ["-2", "-nopopup", "-format", "msh2", "-smooth", "8", "-o", str(path)]
    assert path.read_text() == f"{[str(tmp_path / 'body.geo'), *options]}\n"


def test_options_of_the_user_are_not_read(made, tmp_path):
    path = made("print(os.environ['GMSH_HOME'], os.getcwd(), file=open(sys.argv[-1], 'w'))")
    assert path.read_text() == f"{tmp_path} {tmp_path}\n"


def test_time_is_limited_and_the_children_end_as_well(made, tmp_path):
    begin = time.monotonic()
    late = "import time; time.sleep(4); open('late', 'w')"
    program = f"print('Info    : Meshing 2D...', flush=True)\nsubprocess.run([sys.executable, '-c', {late!r}])"
    with pytest.raises(MeshError) as raised:
        made(program, 1.0)
    assert time.monotonic() - begin < 4.0
    expected = 'body.geo: Gmsh made no mesh within 1 s (mesh.time_limit); Gmsh said: "Meshing 2D..."'
    assert str(raised.value) == expected
    time.sleep(4.5)
    assert not (tmp_path / "late").exists()


@pytest.mark.parametrize(
    "program, says",
    [
        (
            "print('Info    : one')\nprint('Error   : two')\nprint('Info    : three')\nsys.exit(1)",
            'Gmsh made no mesh, exit code 1; Gmsh said: "two"',
        ),
        ("print('Info    : a\\nInfo    : b\\nInfo    : c\\nInfo    : d')", 'exit code 0; Gmsh said: "b / c / d"'),
        ("sys.exit(3)", "exit code 3; Gmsh said nothing"),
    ],
)
def test_its_last_words_are_quoted(made, program, says):
    with pytest.raises(MeshError) as raised:
        made(program)
    assert says in str(raised.value)


def test_an_outline_that_crosses_itself_is_named_early(made):
    program = """
while True:
    print('Info    : :-( There are 2 intersections in the 1D mesh (curves 4 6)')
    print('Info    : 8-| Splitting those edges and trying again - level 10', flush=True)
    time.sleep(0.1)
"""
    begin = time.monotonic()
    with pytest.raises(MeshError, match="lines of an outline cross each other, curves 4 and 6: a surface needs"):
        made(program, 60.0)
    assert time.monotonic() - begin < 15.0


def test_gmsh_that_is_absent_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(gmsh_process, "find_gmsh", lambda: None)
    with pytest.raises(MeshError, match="was not found .pip install 'fvtransport.gmsh.'"):
        make_mesh(tmp_path / "body.geo", "body.geo", 2, 1.0, tmp_path)
