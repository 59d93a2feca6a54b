"""Initial and boundary values in range."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_a_boundary_value_that_is_no_number_is_a_mistake_even_in_a_linearised_model(case, pump):
    found = messages(lambda: case(pump, ("left:  {T: {dirichlet: 1.0}", "left:  {T: {dirichlet: 1 + 0/x}")))
    assert found == ["T: value = nan"]
