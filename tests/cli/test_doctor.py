"""The doctor: a sound installation, broken packages and clashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.tools.packages import LAW, package


def doctor(site: Path, *more: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "fvtransport", "doctor", *more]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(site)})


def test_the_doctor_of_a_sound_installation_finds_nothing(site):
    done = doctor(site)
    assert done.returncode == 0 and "no problem found" in done.stdout, done.stderr
    assert "fvtransport " in done.stdout and "built in" in done.stdout and "gmsh" in done.stdout


def test_the_doctor_and_the_list_find_broken_packages_and_clashes(site):
    package(site, "bad", "bad = bad_laws", bad_laws="import missing_module")
    package(site, "demo", "fick = demo_laws:Drift", demo_laws=LAW.format(name="fick"))
    done = doctor(site, "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 2 and "missing_module" in found["broken"]["bad"]
    assert found["clashes"] == ['two plugins are named law "fick": one from built in, one from package demo']
    text = doctor(site).stdout
    assert "broken    bad: " in text and "clash     two plugins" in text and "no problem" not in text
    command = [sys.executable, "-m", "fvtransport", "plugins"]
    env = {**os.environ, "PYTHONPATH": str(site), "COLUMNS": "200"}
    listed = subprocess.run(command, capture_output=True, text=True, env=env).stdout
    assert "missing_module" in listed and 'two plugins are named law "fick"' in listed
