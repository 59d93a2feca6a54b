from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fvtransport.case.checks.checked_case import load
from fvtransport.case.model import Case
from fvtransport.model.registry import Registry
from tests.tools.cases import PUMP, STEADY


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.installed()


@pytest.fixture
def case(tmp_path: Path, registry: Registry) -> Callable[..., Case]:
    """Load a text as a case, with edits (old, new) and overrides."""

    def of(text: str, *edits: tuple[str, str], overrides: tuple[str, ...] = ()) -> Case:
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "case.yaml"
        path.write_text(text)
        return load(path, overrides, registry)

    return of


@pytest.fixture
def pump() -> str:
    return PUMP


@pytest.fixture
def steady() -> str:
    return STEADY
