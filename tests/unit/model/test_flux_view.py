"""Faces with their fluxes: parts of the flux, thermodynamic forces, entropy production."""

import numpy as np
import pytest
from fvtransport.plugins import handles as q

from fvtransport.model.flux_view import FluxView
from fvtransport.model.state import State
from tests.tools.built import built
from tests.tools.cases import COUPLED, line

FIXED = "{default: {T: {dirichlet: 1}, x_A: {dirichlet: 0.5}}}"


@pytest.fixture
def system(tmp_path):
    return built(tmp_path, COUPLED, mesh=line(2, 2), boundaries=FIXED).system


FLUX = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
LEFT = np.array([[1.0, 2.0, 3.0], [0.2, 0.4, 0.6]])
RIGHT = np.array([[2.0, 4.0, 3.0], [0.4, 0.3, 0.6]])


def _view(system, convective=None, still=None, reference=None, left=LEFT, right=RIGHT):
    return FluxView(
        system.medium, 0.0, left, right, system.geometry.faces, FLUX, lambda mean: still, reference, convective
    )


def test_fluxes_are_told_by_balance_or_field(system):
    view, (energy, moles) = _view(system), system.balances
    assert view.balances == system.balances
    assert np.array_equal(view.flux(energy), FLUX[0]) and np.array_equal(view.flux(moles), FLUX[1])
    assert np.array_equal(view.diffusive_flux(moles.field), FLUX[1])


def test_the_diffusive_flux_is_without_convection(system):
    view = _view(system, convective=0.25 * FLUX)
    assert np.allclose(view.diffusive_flux(system.balances[1].field), 0.75 * FLUX[1], rtol=1e-15)


def test_what_flows_without_gradients_dissipates_nothing(system):
    (energy, moles), still = system.balances, np.array([[0.5, 0.5, 0.5], [1.0, 1.0, 1.0]])
    view = _view(system, convective=0.25 * FLUX, still=still)
    assert np.allclose(view.dissipative_flux(energy), 0.75 * FLUX[0] - 0.5, rtol=1e-15)
    assert np.allclose(view.dissipative_flux(moles), 0.75 * FLUX[1] - 1.0, rtol=1e-15)
    assert np.array_equal(_view(system).dissipative_flux(energy), FLUX[0])


def test_forces_are_those_of_an_ideal_mixture(system):
    """X_q = -grad T/T^2 and X_A = -grad x/(x_A x_B), in units where R = 1, at the mean of both nodes."""
    view, per_length = _view(system), system.geometry.faces.inverse_distance
    (T, x), (dT, dx) = 0.5 * (LEFT + RIGHT), (RIGHT - LEFT) * per_length
    energy, moles = system.balances
    assert np.allclose(view.force(energy), -dT / T**2, rtol=1e-13)
    assert np.allclose(view.force(moles), -dx / (x * (1.0 - x)), rtol=1e-13)


def test_forces_of_a_linearised_model_are_those_of_its_state(system):
    energy, moles = system.balances
    view = _view(system, reference=State(((q.temperature, 4.0), (moles.field, 0.5))))
    dT, dx = (RIGHT - LEFT) * system.geometry.faces.inverse_distance
    assert np.allclose(view.force(energy), -dT / 16.0, rtol=1e-13)
    assert np.allclose(view.force(moles), -dx / 0.25, rtol=1e-13)


def test_a_state_outside_its_range_has_the_force_of_the_nearest_inside(system):
    left, right = LEFT.copy(), RIGHT.copy()
    left[1], right[1] = -0.2, 0.4
    outside = _view(system, left=left, right=right)
    left[1] = 0.0
    inside = _view(system, left=left, right=right)
    for balance in system.balances:
        assert np.array_equal(outside.force(balance), inside.force(balance))
    assert np.isfinite(outside.force(system.balances[1])).all()


def test_a_uniform_state_has_no_forces_even_where_a_species_is_absent(system):
    state = np.array([[1.0, 1.0, 1.0], [0.0, 0.5, 1.0]])
    view = _view(system, left=state, right=state)
    assert not any(view.force(balance).any() for balance in system.balances)


def test_conduction_and_diffusion_produce_entropy(system):
    values = np.array([[1.0, 1.4, 1.2, 2.0], [0.3, 0.4, 0.7, 0.6]])
    view = system.fluxes.evaluate(0.0, *system.fluxes.on_faces(values))
    produced = sum(view.dissipative_flux(balance) * view.force(balance) for balance in system.balances)
    assert np.all(produced > 0.0)
