"""Entropy on interfaces by condition, and continuous fields whose metrics differ on both sides."""

import numpy as np
import pytest

from fvtransport.discretisation.interface_entropy import interface_entropy, unjudged_continuity
from tests.tools.built import LAYERS, built
from tests.tools.cases import COUPLED

BOUNDARIES = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}"
CONTACT = "{a-b: {T: {contact_resistance: 0.5}}}"


def state(tmp_path, **blocks):
    problem = built(tmp_path, COUPLED, mesh=LAYERS, boundaries=BOUNDARIES, **blocks)
    values = problem.values * np.random.default_rng(5).uniform(0.8, 1.2, problem.values.shape)
    return problem.system, values, problem.system.evaluate(0.0, values)


def test_heat_through_a_jump(tmp_path):
    """J (1/T_right - 1/T_left)."""
    system, values, evaluation = state(tmp_path, interfaces=CONTACT)
    (found,) = interface_entropy(system, 0.0, values, evaluation).items()
    (interface,) = system.geometry.interfaces
    left, right = values[0, interface.left_nodes], values[0, interface.right_nodes]
    flux = interface.sign * evaluation.flux[0, interface.left_faces]
    assert found[0] == "contact_resistance of T at a-b"
    assert found[1] == pytest.approx(flux * (1.0 / right - 1.0 / left), rel=1e-12)


def test_a_continuous_field_of_one_metric_is_judged(tmp_path):
    """The temperature jumps, and so the metric of T would; that of x_A depends on x_A alone."""
    problem = built(tmp_path, COUPLED, mesh=LAYERS, boundaries=BOUNDARIES, interfaces=CONTACT)
    evaluation = problem.system.evaluate(0.0, problem.values)
    assert not list(unjudged_continuity(problem.system, 0.0, problem.values, evaluation))


def test_a_continuous_field_of_two_metrics_is_named(tmp_path):
    """The states on both sides differ in x_A, though it is to be continuous."""
    system, values, evaluation = state(tmp_path, interfaces=CONTACT)
    assert list(unjudged_continuity(system, 0.0, values, evaluation)) == ["x_A at a-b"]
