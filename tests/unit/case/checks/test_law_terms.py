"""Terms of laws at the initial state."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_numbers_that_cannot_be_evaluated_are_mistakes_of_the_case(case, pump):
    found = messages(lambda: case(pump, ("-1.15796", "1/(T - 1)")))
    assert found == ["law soret_dufour cannot be evaluated at the initial state: float division by zero"]
