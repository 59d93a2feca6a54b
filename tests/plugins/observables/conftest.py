from __future__ import annotations

import pytest

from fvtransport.discretisation.snapshot import Snapshot
from tests.tools.straight import straight


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """Straight profiles between 400 K and 300 K, x_A of 0.8 and 0.2; leave it as it is."""
    return straight()


@pytest.fixture
def species(snapshot):
    """The balance of A."""
    return snapshot.system.balances[1]
