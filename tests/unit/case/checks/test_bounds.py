"""Initial and boundary values in range."""

from __future__ import annotations

import pytest

from fvtransport.case.checks.bounds import check_boundary_values, check_initial
from fvtransport.errors import CaseError
from tests.tools.reading import messages as wrong
from tests.tools.reading import whole


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_a_boundary_value_that_is_no_number_is_a_mistake_even_in_a_linearised_model(case, pump):
    found = messages(lambda: case(pump, ("left:  {T: {dirichlet: 1.0}", "left:  {T: {dirichlet: 1 + 0/x}")))
    assert found == ["T: value = nan"]


@pytest.mark.parametrize(
    ("initial", "says"),
    [
        ("{T: 1, x_A: 0.5}", []),
        ("{T: 1, x_A: 1.5}", ["x_A = 1.5 is out of"]),
        ("{T: 1 - 2*x, x_A: 0.5}", ["T = -1 at x = 1 is out of"]),
        ("{T: 1}", ["no initial value for x_A"]),
    ],
)
def test_initial_values(initial, says):
    builder = whole(initial=initial, boundaries="{default: {T: no_flux, x_A: no_flux}}", solve="{transient: 1}")
    check_initial(builder)
    found = wrong(builder)
    assert [text.startswith(start) for text, start in zip(found, says, strict=True)] == [True] * len(says), found


@pytest.mark.parametrize(("value", "right"), [("2", True), ("-1", False), ("3 - t", False), ("3 + t", True)])
def test_boundary_values_at_all_times(value, right):
    boundaries = f"{{default: {{T: no_flux, x_A: no_flux}}, left: {{T: {{dirichlet: {value}}}}}}}"
    builder = whole(boundaries=boundaries, solve="{transient: 4}")
    check_boundary_values(builder)
    assert (not wrong(builder)) == right
