"""The commands schema and new, as they are typed: what they write works as it is."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def test_schema_is_json_on_standard_output(call, tmp_path):
    (tmp_path / "mine.py").write_text(
        "from fvtransport import Law, plugin\n\n\n@plugin('mine')\nclass Mine(Law):\n    '''s = 0'''\n"
    )
    done = call("schema", "--file", "mine.py")
    assert done.returncode == 0 and done.stderr == ""
    assert "mine" in json.loads(done.stdout)["$defs"]["law"]["anyOf"][0]["enum"]


@pytest.mark.slow
def test_a_new_case_runs_and_agrees(call, tmp_path):
    assert call("new", "case", "my_tube").returncode == 0
    done = call("run", "my_tube.yaml")
    assert done.returncode == 0 and "passed" in done.stderr


@pytest.mark.slow
def test_a_new_plugin_passes_its_own_tests_in_any_folder(call, tmp_path):
    (tmp_path / "laws").mkdir()
    done = call("new", "plugin", "laws/light_drift")
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "laws").iterdir()) == [
        "light_drift.py",
        "light_drift.yaml",
        "test_light_drift.py",
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "laws"]
    tested = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert tested.returncode == 0 and "3 passed" in tested.stdout, tested.stdout
