from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.slab import write_slab


@pytest.fixture
def slab(tmp_path: Path) -> Path:
    """The path of a case that takes milliseconds."""
    return write_slab(tmp_path)
