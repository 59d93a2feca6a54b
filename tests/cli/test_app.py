"""The command line from outside: exit codes, one JSON object, folders that are refused, interruption."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from tests.tools.cases import HANGS, ISOTHERMAL, case_text
from tests.tools.command import command, process

SLAB = case_text(
    ISOTHERMAL,
    title="slab",
    units=None,
    mesh="{type: Grid1D, length: 1 cm, cells: 10}",
    mixture="{binary: {species: [A, B], concentration: 40 mol/m^3, temperature: 300 K}}",
    properties="{diffusivity: 1e-5 m^2/s}",
    initial="{x_A: 0.5}",
    boundaries="{left: {x_A: {dirichlet: 0.9}}, right: {x_A: {dirichlet: 0.1}}}",
    observe="{N_A: {flux: {of: A, through: left}}}",
    compare="""
  solution: {emcd_slab: {species: A, concentration: 40, diffusivity: 1e-5, length: 0.01, x_left: 0.9, x_right: 0.1}}
  tolerance: 1e-9""",
)
CLASH = '''
from fvtransport import Law, plugin

@plugin("mine")
class Mine(Law):
    """J = 0"""
    {body}
'''


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "slab.yaml").write_text(SLAB)
    return tmp_path


@pytest.mark.slow
def test_a_good_run_exits_with_zero_and_names_what_it_wrote(folder):
    done = process(folder, "run", "slab.yaml")
    assert done.returncode == 0 and done.stdout == ""
    for name in ("case.yaml", "summary.json", "fields.nc", "figures/fields.png"):
        assert (folder / "slab" / name).stat().st_size > 0 and name in done.stderr


def test_json_is_one_object_and_the_summary(folder):
    done = command(folder, "run", "slab.yaml", "--format", "json", "-o", "elsewhere/deep")
    answer = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1 and answer == json.loads((folder / "elsewhere/deep/summary.json").read_text())
    assert answer["status"] == "converged" and answer["comparison"]["passed"]
    assert answer["observables"]["N_A"]["value"] == pytest.approx(40 * 1e-5 * 0.8 / 0.01, rel=1e-12)
    assert {"build_s", "solve_s", "steps", "residual_evaluations"} <= set(answer["timing"])


FAILURES = {
    "a wrong file": (2, ["--set", "laws=[fik]"], "bad input"),
    "no such file": (2, ["--set", "laws"], "bad input"),
    "out of range": (
        3,
        ["--set", "boundaries.left.x_A={neumann: -1}", "--set", "compare=null"],
        "out of physical range",
    ),
    "a comparison that fails": (4, ["--set", "properties.diffusivity=2e-5"], "converged"),
}


@pytest.mark.parametrize("code, arguments, status", FAILURES.values(), ids=FAILURES)
def test_failures_have_codes_and_json_says_the_same(folder, code, arguments, status):
    done = command(folder, "run", "slab.yaml", "--format", "json", *arguments)
    assert done.returncode == code, done.stderr
    assert json.loads(done.stdout)["status"] == status


def test_the_code_of_a_failure_is_that_of_the_process(folder):
    code, arguments, _ = FAILURES["a comparison that fails"]
    assert process(folder, "run", "slab.yaml", *arguments).returncode == code


def test_a_failed_run_keeps_its_last_state(folder):
    in_time = "solve={transient: {until: 1e4, max_steps: 5, rtol: 1e-9}}"
    done = command(folder, "run", "slab.yaml", "--set", in_time, "--set", "compare=null")
    assert done.returncode == 3 and "too many steps" in done.stderr
    assert json.loads((folder / "slab/summary.json").read_text())["status"] == "too many steps"
    assert (folder / "slab/fields.nc").exists()


def test_bad_input_writes_nothing(folder):
    before = sorted(folder.iterdir())
    done = command(folder, "run", "slab.yaml", "--set", "mesh.cells=0")
    assert done.returncode == 2 and "mesh.cells=0:1:12" in done.stderr and sorted(folder.iterdir()) == before


def test_an_existing_result_is_refused_unless_forced(folder):
    assert command(folder, "run", "slab.yaml").returncode == 0
    first = (folder / "slab/summary.json").read_text()
    refused = command(folder, "run", "slab.yaml", "--set", "mesh.cells=20", "--format", "json")
    assert refused.returncode == 2 and "--force" in json.loads(refused.stdout)["message"]
    assert (folder / "slab/summary.json").read_text() == first
    assert command(folder, "run", "slab.yaml", "--set", "mesh.cells=20", "--force").returncode == 0
    assert (folder / "slab/summary.json").read_text() != first


def test_a_folder_that_is_no_result_is_left_alone(folder):
    (folder / "slab").mkdir()
    (folder / "slab/thesis.tex").write_text("years of work")
    done = command(folder, "run", "slab.yaml", "--force")
    assert done.returncode == 2 and (folder / "slab/thesis.tex").read_text() == "years of work"


def test_a_folder_that_cannot_be_written_is_refused_before_the_solve(folder):
    (folder / "file").write_text("")
    done = command(folder, "run", "slab.yaml", "-o", "file/below", "--format", "json")
    assert done.returncode == 2 and "cannot be written" in json.loads(done.stdout)["message"]


def test_the_result_is_named_after_the_case_beside_where_the_command_runs(folder):
    (folder / "sub").mkdir()
    assert command(folder / "sub", "run", "../slab.yaml").returncode == 0
    assert (folder / "sub/slab/summary.json").exists() and not (folder / "slab").exists()


BODIES = {
    "raises": ("def flux(self, face):\n        raise ValueError('no')", "law mine failed"),
    "has no term": ("def fluxx(self, face):\n        return {}", "states no flux"),
    "has another shape": (
        "def flux(self, face):\n        import numpy as np\n        return {face.species[0]: np.ones(3)}",
        "shape (3,)",
    ),
    "moves what follows": (
        "def flux(self, face):\n        return {face.species[1]: face.grad(face.species[1])}",
        "follows from x_A",
    ),
}


@pytest.mark.parametrize("body, says", BODIES.values(), ids=BODIES)
def test_a_broken_law_is_bad_input(folder, body, says):
    (folder / "mine.py").write_text(CLASH.format(body=body))
    done = command(folder, "run", "slab.yaml", "--set", "laws=[fick, mine]", "--set", "plugins=[mine.py]")
    assert done.returncode == 2 and says in done.stderr and "mine" in done.stderr, done.stderr


@pytest.mark.parametrize(
    "text", ["import sys\nsys.exit(7)", "this is not python", "from fvtransport import plugin\n@plugin\nclass A: pass"]
)
def test_a_broken_plugin_file_is_bad_input_at_its_line(folder, text):
    (folder / "mine.py").write_text(text)
    (folder / "slab.yaml").write_text(SLAB + "plugins: [mine.py]\n")
    done = command(folder, "check", "slab.yaml")
    assert done.returncode == 2 and "slab.yaml:13:11" in done.stderr and "mine.py" in done.stderr, done.stderr


FORMER = """\
from fvtransport import Boundary, WallView, plugin


@plugin("mine")
class Mine(Boundary):
    def holds(self, wall: WallView):
        return wall.value
"""


@pytest.mark.parametrize("line", ["check slab.yaml --set plugins=[mine.py]", "plugins --file mine.py"])
def test_former_names_in_a_plugin_file_are_bad_input_at_their_places(folder, line):
    (folder / "mine.py").write_text(FORMER)
    done = command(folder, *line.split())
    assert done.returncode == 2 and "2 mistakes in" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert "mine.py:1:35: fvtransport.WallView is now fvtransport.BoundaryView; expected from fv" in done.stderr
    assert 'mine.py:6:9: "holds" of a boundary is now "storage"; expected storage(self, face)' in done.stderr


def test_a_plugin_file_may_import_everything_public(folder):
    (folder / "mine.py").write_text("from fvtransport import *\n")
    done = command(folder, "check", "slab.yaml", "--set", "plugins=[mine.py]")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_an_interrupted_run_exits_with_130_and_keeps_its_state(folder, interruptible):
    endless = [
        "--set",
        "solve={transient: {until: 1e4, rtol: 1e-10, max_step: 0.001, max_steps: 100000000}}",
        "--set",
        "compare=null",
    ]
    line = [sys.executable, "-m", "fvtransport", "run", "slab.yaml", *endless]
    running = subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        first = running.stderr.readline()
        assert "%" in first and "step" in first, "the first line of progress, long before the last of 10 million steps"
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=HANGS)
    finally:
        running.kill()
    assert running.returncode == 130
    assert json.loads((folder / "slab/summary.json").read_text())["status"] == "interrupted"


def test_check_prints_the_condition_of_every_field(folder):
    done = command(
        folder,
        "check",
        "slab.yaml",
        "--set",
        "boundaries={default: {x_A: no_flux}, left: {x_A: {dirichlet: 1}}}",
        "--set",
        "compare=null",
    )
    assert done.returncode == 0
    assert "left" in done.stderr and "dirichlet (value = 1)" in done.stderr and "default" in done.stderr
    table = json.loads(command(folder, "check", "slab.yaml", "--format", "json").stdout)["conditions"]
    assert [(row["boundary"], row["field"]) for row in table] == [("left", "x_A"), ("right", "x_A")]


def test_the_version_is_that_of_the_package(folder):
    from importlib.metadata import version

    assert command(folder, "--version").stdout.split() == ["fvtransport", version("fvtransport")]
