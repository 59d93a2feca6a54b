"""Thermodynamic forces on faces against the textbook."""

import numpy as np

from fvtransport.audit.forces import forces_at
from tests.audit.pair import pair


def test_forces_of_a_binary_mixture(tmp_path):
    """X_q = -grad T/T^2 and X_A = -R grad x_A/(x_A x_B) at the mean of both nodes."""
    problem = pair(tmp_path)
    found = forces_at(problem.system, 0.0, problem.values)
    x = problem.system.geometry.faces.average(problem.system.geometry.position[:1])[0]
    T, share = 1.5 - 0.2 * x, 0.3 + 0.1 * x
    np.testing.assert_allclose(found.driving, [np.full(x.size, -0.2), np.full(x.size, 0.1)], rtol=1e-9)
    np.testing.assert_allclose(found.conjugate, [0.2 / T**2, -0.1 / (share * (1 - share))], rtol=1e-9)


def test_a_linearised_model_has_the_metric_of_its_state(tmp_path):
    laws = "[conduction, fick, {soret_dufour: {linearised_at: {T: 1.5, x_A: 0.3}}}]"
    problem = pair(tmp_path, laws=laws)
    found = forces_at(problem.system, 0.0, problem.values)
    np.testing.assert_allclose(found.conjugate[1], -0.1 / 0.21, rtol=1e-9)


def test_errors_out_of_the_range_of_a_field_give_no_force_of_their_own(tmp_path):
    problem = pair(tmp_path)
    values = problem.values.copy()
    values[1] = 0.0
    values[1, 2] = -1e-13
    found = forces_at(problem.system, 0.0, values)
    assert np.isfinite(found.conjugate).all() and not found.conjugate[1].any()
