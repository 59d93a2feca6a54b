"""Surface states that are solved together: as those one by one where slopes change nothing."""

import numpy as np
import pytest

from fvtransport.discretisation.coupled_surfaces import rates_together, solve_together
from fvtransport.discretisation.jacobian import Jacobian
from fvtransport.discretisation.layout import Layout
from fvtransport.outcome import Outcome, Stopped
from tests.tools.built import PLANE, built

TENSOR = "{conductivity: {tensor: [[2, 0.5], [0.5, 1]]}, heat_capacity: 1.0}"
ROBIN = "{default: {T: {robin: {coefficient: 2, reference: 3}}}}"


@pytest.fixture
def problem(tmp_path):
    return built(tmp_path, mesh=PLANE, properties=TENSOR, boundaries=ROBIN)


def jacobian_of(problem) -> Jacobian:
    return Jacobian(problem.system, Layout(problem.system, totals=False), problem.scale)


def test_the_equations_of_all_surfaces_hold(problem):
    system, jacobian = problem.system, jacobian_of(problem)
    values = problem.values * np.random.default_rng(2).uniform(0.5, 1.5, problem.values.shape)
    found = solve_together(system, jacobian, 0.0, values)
    evaluation = system.evaluate(0.0, found)
    assert max(np.abs(each.residual(evaluation, found)).max() for each in jacobian.surfaces) < 1e-12
    assert np.array_equal(found[:, system.geometry.cells], values[:, system.geometry.cells])


def test_rates_keep_them_satisfied(problem):
    """The equations are linear: states change as their rates say."""
    system, jacobian, rng = problem.system, jacobian_of(problem), np.random.default_rng(3)
    values = solve_together(system, jacobian, 0.0, problem.values * rng.uniform(0.5, 1.5, problem.values.shape))
    change = np.zeros_like(values)
    change[:, system.geometry.cells] = rng.uniform(-1.0, 1.0, (1, system.geometry.volume.size))
    later = solve_together(system, jacobian, 0.0, values + change)
    rates_together(system, jacobian, 0.0, values, change, [{} for _ in jacobian.surfaces])
    assert np.allclose(change, later - values, rtol=0, atol=1e-6)


def test_an_orthogonal_mesh_without_tensors_needs_none(tmp_path):
    plain = built(tmp_path, mesh=PLANE, boundaries=ROBIN)
    with pytest.raises(ValueError, match="solved one by one"):
        solve_together(plain.system, jacobian_of(plain), 0.0, plain.values)


def test_cells_without_a_value_stop_by_name(problem):
    with pytest.raises(Stopped) as caught:
        solve_together(problem.system, jacobian_of(problem), 0.0, np.full(problem.values.shape, np.nan))
    assert caught.value.ending.outcome in (Outcome.NON_FINITE, Outcome.LINEAR_FAILURE)
