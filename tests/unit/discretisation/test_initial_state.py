"""Where a solve starts: values that boundaries impose, states inside the range of the fields, sizes."""

import numpy as np
import pytest

import fvtransport as fv
from fvtransport.discretisation.build import build
from fvtransport.discretisation.initial_state import field_sizes, initial_values, inner_state, requested_values
from fvtransport.model.handles import Field
from tests.tools.cases import PURE, case_text


@pytest.fixture
def checked(tmp_path):
    """A function that returns a case and its system."""

    def check(**blocks):
        path = tmp_path / "case.yaml"
        path.write_text(case_text(PURE, **blocks))
        case = fv.check(path)
        return case, build(case).system

    return check


BOTH = "{left: {T: {dirichlet: 2}}, right: {T: {robin: {coefficient: 5, reference: 8}}}}"


def test_conditions_request_the_values_at_which_nothing_flows(checked):
    _, system = checked(boundaries=BOTH)
    assert sorted(requested_values(system, system.medium.fields[0])) == pytest.approx([2.0, 8.0], rel=1e-12)


def test_a_condition_that_is_not_linear_is_solved(checked):
    """Radiation stops at the temperature of the surroundings."""
    radiation = "{radiation: {emissivity: 0.5, surroundings: 4.0, stefan_boltzmann: 1.0}}"
    _, system = checked(boundaries=f"{{left: {{T: {radiation}}}, right: {{T: {{dirichlet: 2}}}}}}")
    assert sorted(requested_values(system, system.medium.fields[0])) == pytest.approx([2.0, 4.0], rel=1e-6)


def test_an_imposed_flux_requests_nothing(checked):
    _, system = checked(boundaries="{left: {T: {dirichlet: 2}}, right: {T: {neumann: 3}}}")
    assert list(requested_values(system, system.medium.fields[0])) == [2.0]


@pytest.mark.parametrize(
    "more, wanted",
    [
        ({"boundaries": BOTH}, 5.0),
        ({"boundaries": BOTH, "initial": "{T: 3.0}"}, 3.0),
        ({"boundaries": "{default: {T: no_flux}}", "solve": "{steady: {mean: {T: 7.0}}}"}, 7.0),
    ],
)
def test_a_steady_field_starts_from_what_is_said_of_it(checked, more, wanted):
    case, system = checked(**more)
    found = initial_values(case, system, system.medium.fields[0])
    assert found.shape == (system.geometry.nodes,) and np.allclose(found, wanted, rtol=1e-12)


def test_a_profile_is_evaluated_at_the_nodes(checked):
    case, system = checked(boundaries=BOTH, initial='{T: "1 + x**2"}')
    found = initial_values(case, system, system.medium.fields[0])
    assert np.allclose(found, 1.0 + system.geometry.position[0] ** 2, rtol=1e-14)


def test_sizes_are_the_largest_value_at_the_start_or_requested(checked):
    _, system = checked(boundaries=BOTH)
    for start, wanted in ((1.0, 8.0), (-9.0, 9.0)):
        assert field_sizes(system, np.full((1, system.geometry.nodes), start)) == pytest.approx([wanted], rel=1e-12)
    _, system = checked(boundaries="{default: {T: no_flux}}", solve="{steady: {mean: {T: 1.0}}}")
    assert field_sizes(system, np.zeros((1, system.geometry.nodes))).tolist() == [1.0]


def test_an_inner_state_is_nowhere_at_a_bound_and_nowhere_zero():
    fields = (Field("x", lower=0.0, upper=1.0), Field("T", lower=0.0), Field("v"))
    values = np.array([[0.0, 0.5, 1.0], [0.0, 1.0, 300.0], [0.0, 0.0, 0.0]])
    found = inner_state(fields, values)
    assert np.all((found[0] > 0.0) & (found[0] < 1.0)) and np.all(found[1] > 0.0) and np.all(found != 0.0)
    assert np.all(np.diff(found[:2], axis=1) > 0.0)
