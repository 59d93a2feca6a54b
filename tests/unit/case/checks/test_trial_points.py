"""Plugins at a few points: what they ask for, what they depend on, and calls that fail."""

import numpy as np
import pytest
from fvtransport.plugins.handles import conductivity, diffusivity, temperature

from fvtransport.case.checks.trial_points import at_positions, check_traced, safely
from fvtransport.errors import CaseError, Mark, PluginError
from fvtransport.model.elementary import Constant
from tests.tools.reading import trial_of, whole

HERE = Mark("case.yaml", 3, 4)


@pytest.fixture
def builder():
    return whole(
        boundaries="{left: {T: {dirichlet: 2}, x_A: no_flux}, right: {T: {neumann: 5}, x_A: no_flux}}",
        initial="{T: 1 + x, x_A: 0.5}",
        properties="{diffusivity: 2*T, conductivity: 1.0, thermal_diffusion_coefficient: 0.3, heat_capacity: 1.0}",
        laws="[conduction, fick, source: {balance: energy, rate: 3 - T}]",
        solve="{transient: 1}",
    )


def test_the_points_start_where_the_case_does(builder):
    trial = trial_of(builder)
    assert trial.cells()[temperature] == pytest.approx(1.0 + trial.position[0]) and np.all(trial.values[1] == 0.5)


def test_requests_are_recorded_and_unknown_properties_taken_as_one(builder):
    trial = trial_of(builder)
    builder.properties = []
    bare = type(trial.medium)(trial.medium.mixture, {}, {})
    assert trial.cells()[diffusivity] == pytest.approx(2.0 * trial.values[0]) and diffusivity in trial.medium.requested
    assert bare.property(conductivity)(None) == 1.0 and bare.assumed == {conductivity}


def test_dependence_on_fields_and_time(builder):
    trial = trial_of(builder)
    T, x = trial.medium.fields
    assert trial.depends_on(diffusivity, T) and not trial.depends_on(diffusivity, x)
    assert not trial.depends_on(diffusivity, None) and not trial.depends_on(conductivity, T)


def test_conditions_and_sources(builder):
    trial = trial_of(builder)
    T, x = trial.medium.fields
    left, right = (builder.boundaries[name][T].condition for name in ("left", "right"))
    assert (
        trial.fixes(T, left, "left") and not trial.fixes(T, right, "right") and trial.imposed(T, right, "right") == 5.0
    )
    law = builder.laws[-1].law
    assert trial.has_source(T, law) and not trial.has_source(x, law)
    assert trial.produced(0, [law]) == pytest.approx(3.0 - trial.values[0])


def test_a_check_that_used_an_unknown_property_is_dropped(builder):
    trial = trial_of(builder)

    def guess():
        trial.medium.assumed.add(diffusivity)
        builder.diagnostics.error(HERE, "wrong")

    check_traced(builder, trial, "a guess", guess, needs=())
    assert not builder.diagnostics.errors and builder.diagnostics.skipped == ["a guess"]


def test_failures_are_the_plugin_s_or_the_case_s():
    assert safely("it", HERE, lambda: 3) == 3
    with pytest.raises(CaseError, match="it cannot be evaluated at the initial state"):
        safely("it", HERE, lambda: 1 / 0)
    with pytest.raises(PluginError, match="case.yaml:3:4: it failed at the initial state: KeyError"):
        safely("it", HERE, lambda: {}["a"])


def test_a_number_is_the_same_everywhere():
    assert at_positions(Constant(value=2.0), np.zeros((4, 3)), {}).tolist() == [2.0, 2.0, 2.0]
