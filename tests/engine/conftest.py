"""Cases as text, solved through the public door."""

from __future__ import annotations

import pytest

import fvtransport


@pytest.fixture
def run_text(tmp_path):
    """A function that writes a case, runs it and returns the result."""

    def run(text: str, *overrides: str):
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return fvtransport.run(path, overrides)

    return run
