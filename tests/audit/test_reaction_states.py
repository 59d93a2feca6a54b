"""Rates of a case at one state, and their slopes, against mass action by hand."""

import numpy as np
import pytest
from fvtransport.plugins.handles import temperature

from fvtransport.audit.reaction_rules import measured
from fvtransport.audit.reaction_states import ReactionState
from tests.audit.pair import C, pair

FORWARD = "{arrhenius: {pre_exponential_factor: 3, activation_energy: 5}}"
LAW = f"{{reaction: {{reactants: {{A: 1}}, products: {{B: 1}}, rate_constant: {FORWARD}, %s}}}}"


def state(folder, reverse: str) -> ReactionState:
    problem = pair(folder, laws=f"[conduction, fick, soret_dufour, {LAW % reverse}]")
    return ReactionState.of(problem.system, 0.0, problem.values)


SOUND = "reverse_rate_constant: {arrhenius: {pre_exponential_factor: 2, activation_energy: 7}}, heat_of_reaction: -2"


def test_rates_and_their_slopes(tmp_path):
    found = state(tmp_path, SOUND)
    T, x = found.values
    forward, reverse = found.logarithms
    np.testing.assert_allclose(forward[0], np.log(3 * C * x) - 5 / T, rtol=1e-12)
    np.testing.assert_allclose(reverse[0], np.log(2 * C * (1 - x)) - 7 / T, rtol=1e-12)
    slopes = found.slopes(temperature)
    np.testing.assert_allclose(slopes[0][0], 5 / T**2, rtol=1e-6)
    np.testing.assert_allclose(slopes[1][0], 7 / T**2, rtol=1e-6)
    assert found.names == ["reaction"]


@pytest.mark.parametrize(("heat", "is_broken"), [("-2", False), ("2", True), ("-2.01", True)])
def test_the_rule_of_van_t_hoff(tmp_path, heat, is_broken):
    """d ln(r_f/r_r)/dT = (5 - 7)/T^2 = Delta_H/(R T^2)."""
    found = {each.rule: each for each in measured(state(tmp_path, SOUND.replace("-2", heat)))}
    rule = found["van 't Hoff"]
    assert bool((rule.deviation > rule.limit).any()) is is_broken
