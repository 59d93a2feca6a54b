"""Balances that no law gives a flux."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_steps_in_composition_at_a_misspelt_law_are_not_called_unmoved(case, pump):
    assert messages(lambda: case(pump, ("conduction, fick", "conducton, fick"))) == ['unknown law "conducton"']
