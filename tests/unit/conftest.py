"""Tests of `unit/` start no process: one that does belongs in `tests/cli` or `tests/engine`."""

from __future__ import annotations

import multiprocessing.process
import os
import subprocess

import pytest


def _refused(*_args, **_kwargs):
    raise PermissionError("a test of tests/unit starts a process; move it to tests/cli or tests/engine")


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What starts a process raises instead."""
    monkeypatch.setattr(subprocess.Popen, "__init__", _refused)
    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", _refused)
    monkeypatch.setattr(os, "system", _refused)
