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


def test_memory_is_limited(made, monkeypatch):
    monkeypatch.setattr(gmsh_process, "MOST_MEMORY", 2**28)
    with pytest.raises(MeshError) as raised:
        made("print('Info    : Meshing 1D...', flush=True)\nfound = [bytearray(2**26) for n in range(100)]")
    assert "body.geo: Gmsh needs more than 0.25 GiB of memory, which is the most it may use" in str(raised.value)
    assert "too many for this shape" in str(raised.value)


@pytest.mark.parametrize(
    "program, file",
    [
        ("with open(sys.argv[-1], 'wb') as file:\n    file.write(bytes(2**21))", "made.msh"),
        ("while True:\n    print('Info    : on and on' * 1000, flush=True)", "gmsh.log"),
    ],
)
def test_the_size_of_files_is_limited(made, tmp_path, monkeypatch, program, file):
    monkeypatch.setattr(gmsh_process, "MOST_BYTES", 2**20)
    with pytest.raises(MeshError, match=rf"Gmsh wrote 0.000976\d* GiB into {file}, which is the most it may write"):
        made(program)
    assert (tmp_path / file).stat().st_size == 2**20


def test_limits_hold_for_what_gmsh_starts_and_cannot_be_raised(made):
    program = """
import resource
bounds = [resource.getrlimit(each) for each in (resource.RLIMIT_DATA, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]
seconds = resource.getrlimit(resource.RLIMIT_CPU)
print(bounds, seconds[0] == seconds[1] >= 30, file=open(sys.argv[-1], "w"))
"""
    most = [gmsh_process.MOST_MEMORY, gmsh_process.MOST_BYTES, 0]
    child = f"subprocess.run([sys.executable, '-c', {PREAMBLE + program!r}, sys.argv[-1]])"
    for text in (program, child):
        assert made(text).read_text() == f"{[(each, each) for each in most]} True\n"


def test_a_signal_is_named(made):
    with pytest.raises(MeshError, match="the system ended it .Killed., as where memory is short; Gmsh said nothing"):
        made("os.kill(os.getpid(), 9)")


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
