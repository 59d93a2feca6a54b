"""Boundaries that store: of no use in a steady state, and a reservoir takes up all species."""

import pytest

from fvtransport.case.checks.boundary_storage import check_reservoir, storage_issues
from fvtransport.case.model import SteadySpec, TransientSpec
from tests.tools.reading import messages, trial_of, whole


def checked(right: str):
    return whole(boundaries=f"{{left: {{T: no_flux, x_A: no_flux}}, right: {right}}}", solve="{transient: 1}")


@pytest.mark.parametrize(("spec", "count"), [(SteadySpec(), 1), (TransientSpec(until=1.0), 0), (None, 0)])
def test_a_storage_in_a_steady_state_lets_nothing_pass(spec, count):
    builder = checked("{T: no_flux, x_A: {reservoir: 2}}")
    builder.solve = spec
    trial = trial_of(builder)
    T, x = trial.medium.fields
    issues = storage_issues(builder, trial, x, builder.boundaries["right"][x])
    assert [issue.text for issue in issues] == [
        "reservoir: its storage never changes in a steady case, so that nothing passes"
    ] * count
    assert not storage_issues(builder, trial, T, builder.boundaries["right"][T])


@pytest.mark.parametrize(
    ("T", "warns"), [("no_flux", True), ("{dirichlet: 1}", False), ("{reservoir: 2}", False), ("{neumann: 1}", True)]
)
def test_a_reservoir_contains_all_that_is_there(T, warns):
    """What a condition fixes by itself may differ; that of the temperature is a warning."""
    builder = checked(f"{{T: {T}, x_A: {{reservoir: 2}}}}")
    check_reservoir(builder, trial_of(builder), "right")
    found = [
        problem for problem in builder.diagnostics.problems if "the reservoir would contain no T" in problem.message
    ]
    assert len(found) == warns and not messages(builder)
