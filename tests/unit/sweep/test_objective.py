"""What is sought: its name, its sense, and failures that never win."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError
from fvtransport.sweep.objective import read_objective

ROWS = [
    {"number": 1, "status": "converged", "observables": {"cop": 2.0}},
    {"number": 2, "status": "stalled", "observables": {"cop": 99.0}},
    {"number": 3, "status": "converged", "observables": {"cop": None}},
    {"number": 4, "status": "converged", "observables": {"cop": 3.0}},
    {"number": 5, "status": "converged", "observables": {"cop": 3.0}},
    {"number": 6, "status": "bad input"},
]


@pytest.mark.parametrize(("text", "number"), [("cop", 4), ("max:cop", 4), ("min:cop", 1)])
def test_the_best_is_the_first_of_those_that_succeeded(text, number):
    assert read_objective(text, ["cop"]).best(ROWS)["number"] == number


def test_there_may_be_no_best():
    assert read_objective("cop", ["cop"]).best(ROWS[1:3]) is None


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [("cup", 1, 'did you mean "cop"'), ("min:cup", 5, 'did you mean "cop"'), ("mim:cop", 1, 'did you mean "min"')],
)
def test_a_name_that_is_none_is_marked(text, column, says):
    with pytest.raises(CaseError) as caught:
        read_objective(text, ["Qc", "cop"])
    assert says in str(caught.value) and caught.value.problems[0].mark.column == column
