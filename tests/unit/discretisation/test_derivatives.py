"""Derivatives by finite differences against closed forms, and the chain rule for other unknowns of the cells."""

import numpy as np
import pytest

from fvtransport.discretisation.derivatives import FiniteDifferences
from tests.tools.built import LAYERS, built
from tests.tools.cases import COUPLED, line

ENDS = "{left: {T: {robin: {coefficient: 2, reference: 3}}}, right: {T: {dirichlet: 1}}}"


@pytest.fixture
def differentiated(tmp_path):
    """A function that builds a case and differentiates it at a state that is not uniform."""

    def run(**blocks):
        problem = built(tmp_path, **blocks)
        values = problem.values * np.random.default_rng(6).uniform(0.7, 1.3, problem.values.shape)
        return problem.system, values, FiniteDifferences(problem.system, problem.scale).differentiate(0.0, values)

    return run


def test_conduction_with_a_conductivity_that_varies(differentiated):
    """q = -k(T) (T_R - T_L)/d with k = 2 + T at the mean of both nodes; on the left the boundary imposes it."""
    system, values, found = differentiated(
        mesh=line(1, 5), boundaries=ENDS, properties="{conductivity: 2 + T, heat_capacity: 1.0}"
    )
    left, right = system.geometry.faces.left_right(values[0])
    per_length = system.geometry.faces.inverse_distance
    mean, rise = 2.0 + 0.5 * (left + right), right - left
    assert np.allclose(found.flux[0, 0, 1:], ((mean - 0.5 * rise) * per_length)[1:], rtol=1e-6)
    assert np.allclose(found.flux[0, 1, 1:], ((-mean - 0.5 * rise) * per_length)[1:], rtol=1e-6)
    assert np.allclose(found.flux[0, :, 0], [-2.0, 0.0], rtol=1e-6)
    assert found.sources is None and found.face_source is None and found.rate_densities is None


def test_boundary_equations_depend_on_the_boundary_and_on_the_cell_beside(differentiated):
    system, _, found = differentiated(mesh=line(1, 5), boundaries=ENDS)
    of = {
        each.boundary.name: part[:, 0]
        for each, part in zip(system.boundary_equations, found.boundary_residuals, strict=True)
    }
    # Robin on the left: flux out - h (T - T_ref), the flux being -k (T_cell - T)/d against x.
    assert np.allclose(of["left"], [-10.0 - 2.0, 10.0], rtol=1e-6)
    assert of["right"][0] == 0.0 and abs(of["right"][1]) == pytest.approx(1.0, rel=1e-7)


def test_sources_by_the_fields_of_the_cell(differentiated):
    system, values, found = differentiated(
        base=COUPLED,
        laws="[conduction, fick, source: {balance: energy, rate: T**2*x_A}]",
        boundaries="{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}",
    )
    T, x = values[:, system.geometry.cells]
    assert np.allclose(found.sources[0], [2.0 * T * x, T**2], rtol=1e-6)
    assert not found.sources[1].any()


def test_terms_of_an_interface_by_either_side(differentiated):
    """A field without a condition is continuous: the two sides differ by nothing."""
    system, _, found = differentiated(
        mesh=LAYERS,
        boundaries=ENDS,
        properties="{conductivity: {by_region: {a: 1, b: 4}}, heat_capacity: 1.0}",
        interfaces="{a-b: {T: {contact_resistance: 0.5}}}",
    )
    ((by_left, by_right),) = found.interface_terms
    assert by_left.shape == by_right.shape == (2, 2, 1)
    assert not by_left[0].any() and not by_right[0].any()
    # Raising both sides and both cells by the same amount changes nothing.
    assert by_left[1].sum() + by_right[1].sum() == pytest.approx(0.0, abs=1e-6 * np.abs(by_left).max())
    assert by_left[1].any() and by_right[1].any()


def test_the_chain_rule_turns_cells_and_leaves_boundaries(differentiated):
    system, values, found = differentiated(
        laws="[conduction, source: {balance: energy, rate: T}]", mesh=line(1, 5), boundaries=ENDS
    )
    by = np.full((1, 1, 5), 4.0)
    turned, is_cell = found.chained(system, by), system.geometry.is_cell
    factors = [np.where(is_cell[side], 4.0, 1.0) for side in (system.geometry.faces.left, system.geometry.faces.right)]
    assert np.array_equal(turned.flux[0], found.flux[0] * np.stack(factors))
    assert np.array_equal(turned.sources, 4.0 * found.sources)
    for name, column in (("left", 1), ("right", 0)):
        (k,) = (k for k, each in enumerate(system.boundary_equations) if each.boundary.name == name)
        before, after = found.boundary_residuals[k], turned.boundary_residuals[k]
        assert np.array_equal(after[column], 4.0 * before[column])
        assert np.array_equal(after[1 - column], before[1 - column])


def test_a_field_at_its_bound_is_moved_inside(tmp_path):
    """No state outside 0 <= x <= 1 is tried, where a law may have no value."""
    problem = built(
        tmp_path,
        COUPLED,
        properties=COUPLED["properties"].replace("diffusivity: 1.0", 'diffusivity: "1 + sqrt(x_A*(1 - x_A))"'),
        boundaries="{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}",
    )
    for bound in (0.0, 1.0):
        values = problem.values.copy()
        values[1] = bound
        found = FiniteDifferences(problem.system, problem.scale).differentiate(0.0, values)
        assert np.isfinite(found.flux).all()
