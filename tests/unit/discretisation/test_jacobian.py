"""The Jacobian against differences of the residual, and derivatives that are used again."""

import numpy as np
import pytest

from fvtransport.discretisation.jacobian import Jacobian
from fvtransport.discretisation.layout import Layout
from fvtransport.discretisation.surfaces import set_surface_rows
from tests.tools.built import built
from tests.tools.cases import COUPLED, line

ROBIN = "{default: {T: {robin: {coefficient: 2, reference: 3}}, x_A: no_flux}}"


def coupled(folder, conductivity: str):
    properties = COUPLED["properties"].replace("conductivity: 1.0", f"conductivity: {conductivity}")
    blocks = {"mesh": line(1, 4), "boundaries": ROBIN, "properties": properties, "laws": "[conduction, fick]"}
    return built(folder, COUPLED, solve="{transient: 1.0}", **blocks)


@pytest.fixture(params=["0.3", "0.3*T"], ids=["linear", "not linear"])
def problem(request, tmp_path):
    return coupled(tmp_path, request.param)


def jacobian_of(problem) -> Jacobian:
    return Jacobian(problem.system, Layout(problem.system, totals=False), problem.scale)


def residual(problem, jacobian, values):
    system, out = problem.system, np.zeros(values.shape)
    evaluation = system.evaluate(0.0, values)
    evaluation.divergence(system.geometry, evaluation.flux * system.geometry.faces.area, out)
    set_surface_rows(jacobian.surfaces, evaluation, values, out)
    return out


def test_it_is_the_derivative_of_the_residual(problem):
    jacobian = jacobian_of(problem)
    values = problem.values * np.random.default_rng(4).uniform(0.8, 1.2, problem.values.shape)
    no_mass = np.zeros((2, 2, problem.system.geometry.volume.size))
    matrix = jacobian.matrix(0.0, values, 0.0, no_mass).toarray()
    assert matrix.shape == jacobian.shape == (values.size,) * 2
    direction = np.random.default_rng(5).normal(size=values.shape)
    step = 1e-6
    change = (
        residual(problem, jacobian, values + step * direction) - residual(problem, jacobian, values - step * direction)
    ) / (2 * step)
    assert matrix @ direction.T.ravel() == pytest.approx(change.T.ravel(), rel=1e-6, abs=1e-6)


def test_the_mass_is_added_with_its_factor(problem):
    jacobian, values = jacobian_of(problem), problem.values
    volume = problem.system.geometry.volume
    mass = np.eye(2)[:, :, None] * volume
    with_mass, without = (jacobian.matrix(0.0, values, cj, mass).toarray() for cj in (3.0, 0.0))
    added = np.diagonal(with_mass - without).reshape(-1, 2).T[:, problem.system.geometry.cells]
    assert added == pytest.approx(3.0 * np.stack([volume, volume]), rel=1e-9)


def test_bandwidths_hold_every_entry(problem):
    jacobian = jacobian_of(problem)
    apart = jacobian.indices - jacobian.columns
    assert (jacobian.lower, jacobian.upper) == (apart.max(), -apart.min()) and jacobian.indptr[
        -1
    ] == jacobian.indices.size


@pytest.mark.parametrize(("conductivity", "least", "most"), [("0.3", 1, 4), ("0.3*T", 8, 8)])
def test_derivatives_that_came_out_the_same_are_used_again(tmp_path, monkeypatch, conductivity, least, most):
    problem = coupled(tmp_path, conductivity)
    jacobian, calls = jacobian_of(problem), []
    own = jacobian.differences.differentiate
    monkeypatch.setattr(jacobian.differences, "differentiate", lambda t, values: (calls.append(t), own(t, values))[1])
    mass = np.zeros((2, 2, problem.system.geometry.volume.size))
    for k in range(8):
        jacobian.data(float(k), problem.values * (1.0 + 0.01 * k), 0.0, mass, fresh=False)
    assert least <= len(calls) <= most
    before = len(calls)
    jacobian.invalidate()
    jacobian.data(9.0, problem.values, 0.0, mass, fresh=False)
    assert len(calls) == before + 1
