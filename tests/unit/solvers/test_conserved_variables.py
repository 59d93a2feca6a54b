"""Fields from stored amounts, cell by cell, where the storage is not linear."""

import numpy as np
import pytest

from fvtransport.discretisation.mass_matrix import Storage
from fvtransport.solvers.conserved_variables import ConservedVariables
from tests.tools.built import CLOSED, built
from tests.tools.cases import line


@pytest.fixture
def problem(tmp_path):
    """c_p = 1 + T^2, so that a volume stores T + T^3/3 and a constant."""
    return built(
        tmp_path,
        mesh=line(2, 4, cross_section=3),
        mixture="{pure: {reference_temperature: 1.0}}",
        properties="{conductivity: 1.0, heat_capacity: 1 + T**2}",
        solve="{transient: 1.0}",
        initial="{T: 1 + x}",
        boundaries=CLOSED,
    )


@pytest.fixture
def conserved(problem):
    storage = Storage(problem.system, 0.0, problem.values, problem.scale)
    return ConservedVariables(problem.system, storage, 0.0, _start(problem), problem.scale)


def _start(problem):
    return problem.values[:, problem.system.geometry.cells]


def test_amounts_are_counted_from_those_of_the_start(problem, conserved):
    start, later = _start(problem), np.full((1, 4), 3.0)
    assert not conserved.of(0.0, start).any()
    wanted = 3.0 + 9.0 - start - start**3 / 3.0
    assert np.allclose(conserved.of(0.0, later), wanted, rtol=1e-10)


def test_fields_follow_from_amounts_far_from_the_start(problem, conserved):
    for wanted in (np.array([[0.2, 1.0, 3.0, 6.0]]), np.array([[5.0, 4.0, 0.5, 0.1]])):
        found = conserved.fields(0.0, conserved.of(0.0, wanted))
        assert np.allclose(found, wanted, rtol=1e-12)


def test_the_inverse_is_that_of_the_heat_capacity(problem, conserved):
    cells = np.array([[1.0, 2.0, 3.0, 4.0]])
    assert np.allclose(conserved.inverse(0.0, cells)[0], 1.0 / (1.0 + cells**2), rtol=1e-7)


def test_sizes_are_the_largest_heat_capacity_times_the_size_of_the_field(problem, conserved):
    cells = np.array([[1.0, 2.0, 3.0, 0.5]])
    assert conserved.sizes(0.0, cells) == pytest.approx(10.0 * problem.scale[0], rel=1e-7)


def test_amounts_of_no_state_have_no_fields(problem, conserved):
    assert np.isnan(conserved.fields(0.0, np.full((1, 4), np.nan))).all()
    again = np.array([[1.0, 1.5, 2.0, 2.5]])
    assert np.allclose(conserved.fields(0.0, conserved.of(0.0, again)), again, rtol=1e-12)
