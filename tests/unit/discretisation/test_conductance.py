"""Conductances: minus the derivatives of the fluxes by the gradients, law by law."""

import numpy as np
import pytest

from fvtransport.discretisation.conductance import composition_rows, conductances
from tests.tools.built import built
from tests.tools.cases import COUPLED, line

FIXED = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}"


@pytest.fixture
def system(tmp_path):
    laws = "[conduction, fick, soret_dufour, advection: {velocity: 3.0, scheme: central}]"
    properties = "{diffusivity: 2.0, conductivity: 1 + T, thermal_diffusion_coefficient: 0.3, heat_capacity: 1.0}"
    return built(tmp_path, COUPLED, mesh=line(1, 5), laws=laws, properties=properties, boundaries=FIXED).system


@pytest.fixture
def mean(system):
    T, x = np.linspace(1.0, 2.0, 6), np.linspace(0.2, 0.7, 6)
    return np.stack([T, x])


def test_conductances_are_the_coefficients_of_the_laws(system, mean):
    (T, x), found, nothing = mean, conductances(system, 0.0, mean), np.zeros(6)
    wanted = {
        "conduction": [[1.0 + T, nothing], [nothing, nothing]],
        "fick": [[nothing, nothing], [nothing, nothing + 2.0]],
        "soret_dufour": [[nothing, 0.3 * T**2], [0.3 * x * (1.0 - x), nothing]],
    }
    for name, matrix in wanted.items():
        assert np.allclose(found[name], matrix, rtol=1e-8, atol=1e-10)


def test_advection_does_not_conduct(system, mean):
    assert np.allclose(conductances(system, 0.0, mean)["advection"], 0.0, rtol=0, atol=1e-8)


@pytest.mark.parametrize("x", [0.0, 1.0])
def test_a_composition_at_its_bound_has_a_conductance(system, mean, x):
    mean[1] = x
    found = conductances(system, 0.0, mean)
    assert np.allclose(found["fick"][1, 1], 2.0, rtol=1e-8)
    assert np.allclose(found["soret_dufour"][1, 0], 0.0, rtol=0, atol=1e-8)


def test_the_last_mole_fraction_is_what_the_others_leave(system, mean):
    own, last = composition_rows(system, mean)
    assert own.tolist() == [1]
    assert np.array_equal(last, 1.0 - mean[1])
