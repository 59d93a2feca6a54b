"""The command `sweep` from outside: exit codes, one JSON object, interruption, resumption, kill."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tools.cases import HANGS, ISOTHERMAL, case_text, line
from tests.tools.command import command, process

SLAB = case_text(
    ISOTHERMAL,
    title="slab",
    parameters="{D: 1.0}",
    mesh=line(cells=4),
    properties="{diffusivity: D}",
    boundaries="{left: {x_A: {dirichlet: 0.9}}, right: {x_A: {dirichlet: 0.1}}}",
    observe="{N_A: {flux: {of: A, through: left}}}",
)
GATED = '''import time
from pathlib import Path

from fvtransport import Property, parameter, plugin

JOURNAL, OPEN = Path("slab_sweep/rows.jsonl"), Path("open")


@plugin("gated")
class Gated(Property):
    """A number; once the sweep has a few rows, it is not given before the file `open` exists."""

    value: float = parameter(unit="{property}", meaning="the number")

    def __call__(self, at):
        while JOURNAL.exists() and JOURNAL.stat().st_size > 3000 and not OPEN.exists():
            time.sleep(0.02)
        return self.value
'''
ENDLESS = SLAB.replace("{diffusivity: D}", "{diffusivity: {gated: {value: D}}}") + "plugins: [gated.py]\n"
POINTS = 50
"""More than are done when the property stops at its gate."""
MANY = ["sweep", "slab.yaml", "--over", f"parameters.D=1:2:{POINTS}", "--objective", "N_A"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "slab.yaml").write_text(SLAB)
    return tmp_path


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "table.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_sweep_in_words(folder):
    done = command(
        folder, "sweep", "slab.yaml", "--over", "parameters.D=1:3:3", "--objective", "max:N_A", "--jobs", "1", "--plot"
    )
    assert done.returncode == 0 and done.stdout == "", done.stderr
    assert "maximum N_A = 2.4 at parameters.D = 3 (point 3)" in done.stderr and "3 of 3 points, 0 failed" in done.stderr
    for name in ("table.csv", "sweep.png", "sweep.json"):
        assert (folder / "slab_sweep" / name).stat().st_size > 0 and name in done.stderr
    (folder / "slab_sweep" / "sweep.png").unlink()
    again = command(folder, "plot", "slab_sweep")
    assert again.returncode == 0 and "sweep.png" in again.stderr, again.stderr
    assert (folder / "slab_sweep" / "sweep.png").stat().st_size > 0


@pytest.mark.slow
def test_a_sweep_in_json_on_two_processes(folder):
    done = process(
        folder,
        "sweep",
        "slab.yaml",
        "--over",
        "parameters.D=[1, -1, 3]",
        "--objective",
        "N_A",
        "-j",
        "2",
        "--format",
        "json",
    )
    answer = json.loads(done.stdout)
    assert done.returncode == 0 and done.stdout.count("\n") == 1, done.stderr
    assert answer["status"] == "done" and answer["counts"] == {"converged": 2, "bad input": 1}
    assert answer["best"]["number"] == 3 and answer["best"]["N_A"] == pytest.approx(2.4, rel=1e-12)


FAILURES = {
    "no range": (2, [], "bad input"),
    "a misspelt path": (2, ["--over", "parameters.d=1:2:2"], "bad input"),
    "a malformed range": (2, ["--over", "parameters.D=1:2:x"], "bad input"),
    "no point that succeeds": (
        3,
        ["--over", "parameters.D=1:2:2", "--set", "boundaries.left.x_A={neumann: -9}"],
        "no point succeeded",
    ),
}


@pytest.mark.parametrize("code, arguments, status", FAILURES.values(), ids=FAILURES)
def test_failures_have_codes_and_json_says_the_same(folder, code, arguments, status):
    done = command(folder, "sweep", "slab.yaml", "--jobs", "1", "--format", "json", *arguments)
    assert done.returncode == code and json.loads(done.stdout)["status"] == status, done.stderr
    assert (folder / "slab_sweep").exists() == (code == 3)


@pytest.mark.slow
@pytest.mark.parametrize(("how", "jobs"), [(signal.SIGINT, "1"), (signal.SIGINT, "2"), (signal.SIGKILL, "2")])
def test_an_interrupted_or_killed_sweep_is_resumed(folder, jobs, how, interruptible):
    (folder / "gated.py").write_text(GATED)
    (folder / "slab.yaml").write_text(ENDLESS)
    words = [sys.executable, "-m", "fvtransport", *MANY, "--jobs", jobs]
    running = subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True)
    journal = folder / "slab_sweep" / "rows.jsonl"
    try:
        while running.poll() is None and not (journal.exists() and journal.stat().st_size > 3000):
            time.sleep(0.02)
        os.killpg(running.pid, how)
        told = running.communicate(timeout=HANGS)[1]
    finally:
        running.kill()
    (folder / "open").touch()
    done = len(journal.read_text().splitlines())
    assert 3 < done < POINTS
    if how is signal.SIGINT:
        assert running.returncode == 130 and "Traceback" not in told and "interrupted after" in told
        numbers = [int(row["number"]) for row in table(folder / "slab_sweep")]
        assert len(numbers) == done and numbers == sorted(numbers)
        assert json.loads((folder / "slab_sweep/sweep.json").read_text())["status"] == "interrupted"
    again = command(folder, *MANY, "--jobs", jobs, "--resume", "--format", "json")
    assert again.returncode == 0, again.stderr
    rows = table(folder / "slab_sweep")
    assert [int(row["number"]) for row in rows] == list(range(1, POINTS + 1))
    assert [float(row["N_A"]) for row in rows] == pytest.approx(
        [0.8 * float(row["parameters.D"]) for row in rows], rel=1e-12
    )
    assert len(journal.read_text().splitlines()) == POINTS


def test_a_sweep_is_not_replaced_unasked(folder):
    few = ["sweep", "slab.yaml", "--over", "parameters.D=1:2:2", "--jobs", "1"]
    assert command(folder, *few).returncode == 0
    refused = command(folder, *few)
    assert refused.returncode == 2 and "--resume" in refused.stderr and "--force" in refused.stderr
    assert command(folder, *few, "--force").returncode == 0
