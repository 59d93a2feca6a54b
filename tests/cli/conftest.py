"""Processes that can be interrupted, wherever the tests run."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import fvtransport
from fvtransport.results import write as store
from tests.tools.tube import TUBE


@pytest.fixture
def interruptible():
    """SIGINT has its usual effect here and in new processes; a shell ignores it in what it starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def call(tmp_path):
    """A function that runs a command in a folder of its own."""

    def run(*arguments: str):
        command = [sys.executable, "-m", "fvtransport", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    return run


@pytest.fixture
def tube(tmp_path):
    """The case, solved and stored in the folder `tube`."""
    (tmp_path / "tube.yaml").write_text(TUBE)
    result = fvtransport.run(tmp_path / "tube.yaml")
    store.write(result, tmp_path / "tube")
    return result


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """An empty folder of packages on the path."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [name for name, module in sys.modules.items() if str(folder) in str(getattr(module, "__file__", ""))]:
        del sys.modules[name]
