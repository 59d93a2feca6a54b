"""The equations of a run in time: rates that satisfy them, their Jacobian, amounts as unknowns."""

import numpy as np
import pytest

from fvtransport.solvers.time_equations import TimeEquations
from tests.tools.built import built
from tests.tools.cases import COUPLED, binary, line

ROBIN = "{default: {T: {robin: {coefficient: 2, reference: 3}}, x_A: no_flux}}"


@pytest.fixture(params=["1.0", "1 + T"], ids=["linear storage", "curved storage"])
def own(request, tmp_path):
    properties = COUPLED["properties"].replace("heat_capacity: 1.0", f"heat_capacity: {request.param}")
    problem = built(
        tmp_path, COUPLED, mesh=line(1, 4), boundaries=ROBIN, properties=properties,
        mixture=binary(reference_temperature=1.0),
        laws="[conduction, fick, soret_dufour, source: {balance: energy, rate: 1 - T}]", solve="{transient: 1.0}",
    )  # fmt: skip
    equations = TimeEquations(problem.system, problem.values, 0.0, problem.scale)
    values = problem.values * np.random.default_rng(1).uniform(0.9, 1.1, problem.values.shape)
    return problem, equations, equations.with_surface_states(0.0, values)


def residual(equations, t, values, rate):
    out = np.zeros(equations.layout.size)
    equations.residual(t, values, rate, out)
    return out


def test_fields_and_unknowns_belong_together(own):
    problem, equations, values = own
    y = np.zeros(equations.layout.size)
    equations.set_fields(0.0, values, y)
    assert equations.fields(0.0, y) == pytest.approx(values, rel=1e-9)
    is_linear = equations.storage.is_linear
    cells = problem.system.geometry.cells
    assert np.allclose(equations.layout.values(y)[0, cells], values[0, cells], rtol=1e-9) == is_linear


def test_rates_satisfy_every_equation(own):
    _, equations, values = own
    at_rest = residual(equations, 0.0, values, np.zeros(equations.layout.size))
    rates = equations.rates(0.0, values, at_rest)
    assert np.abs(at_rest).max() > 1e-3
    assert np.abs(residual(equations, 0.0, values, rates)).max() < 1e-12 * np.abs(rates).max()


def test_the_entries_are_those_of_the_derivative(own):
    """dF/dy along a direction of the cells and surfaces, at fixed rates."""
    problem, equations, values = own
    y = np.zeros(equations.layout.size)
    equations.set_fields(0.0, values, y)
    rate, direction = np.zeros_like(y), np.random.default_rng(2).normal(size=y.size)
    entries, by = equations.linearised(0.0, y, 0.0, True)
    found = equations.jacobian.assembled(entries, by) @ direction
    step = 1e-6
    ahead, behind = (residual(equations, 0.0, equations.fields(0.0, y + s * direction), rate) for s in (step, -step))
    assert found == pytest.approx((ahead - behind) / (2.0 * step), rel=1e-5, abs=1e-5)


def test_sizes_of_errors_are_positive(own):
    _, equations, values = own
    y = np.zeros(equations.layout.size)
    equations.set_fields(0.0, values, y)
    assert np.all(equations.error_sizes(0.0, y, 1.0) > 0.0)
