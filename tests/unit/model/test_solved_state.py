"""What an observable may read: a snapshot has every member of the declared state, with the declared parameters."""

import inspect

import pytest

from fvtransport.discretisation.snapshot import Snapshot
from fvtransport.model.solved_state import SolvedState
from tests.tools.straight import straight

MEMBERS = [name for name in vars(SolvedState) if not name.startswith("_")]


@pytest.mark.parametrize("name", MEMBERS)
def test_a_snapshot_is_a_solved_state(name):
    declared, own = getattr(SolvedState, name), getattr(Snapshot, name, None)
    if inspect.isfunction(declared):
        wanted, found = (list(inspect.signature(each).parameters.values()) for each in (declared, own))
        assert [each.default for each in found] == [each.default for each in wanted]
    else:
        assert hasattr(straight(), name)


def test_it_has_a_time():
    assert SolvedState.__annotations__ == {"t": "float"} and straight().t == 4.0 and len(MEMBERS) > 20
