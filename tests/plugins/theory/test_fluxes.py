"""What closures of the bulk flow are made of, at one face by hand."""

import math

import numpy as np
import pytest
from fvtransport.plugins.handles import diffusivity, smallest_diffusivity
from fvtransport.plugins.theory.fluxes import (
    against_diffusion,
    carrying_diffusivity,
    diffusive_fluxes,
    entropy_production,
    molar_fluxes,
    pressure_drive,
    ratio_flux,
    ratio_upwind_weight,
    weighted_sum,
)

from fvtransport import Constant
from tests.tools.views import R, binary, cells, flux_face, gas, medium

GAS = gas(temperature=300.0, species=("A", "B", "C"))
VIEW = flux_face(medium(GAS, {diffusivity: 2e-5}), [0.2, 0.3], [0.4, 0.1], [3.0, -1.0], 0.5)


def test_diffusive_fluxes_sum_to_zero():
    assert [each.item() for each in diffusive_fluxes(VIEW)] == [3.0, -1.0, -2.0]


def test_a_weighted_sum_has_every_species():
    assert weighted_sum(cells(medium(GAS), [0.2, 0.3]), (1.0, 2.0, 4.0))[0] == pytest.approx(2.8, rel=1e-15)


def test_a_ratio_binds_the_total_flux():
    """s = x_A + 2 x_B + 4 x_C is 2.8 and 2.6; N = -(3 - 2 - 8)/s."""
    mean = 0.2 / math.log(2.8 / 2.6)
    assert ratio_flux(VIEW, (1.0, 2.0, 4.0))[0] == pytest.approx(7.0 / mean, rel=1e-12)


def test_a_sum_that_vanishes_leaves_no_flux():
    with np.errstate(all="ignore"):
        assert np.isnan(ratio_flux(VIEW, (1.0, -1.0, 0.0))[0])


def test_upwind_weights_are_fitted_exponentially():
    """coth(Pe/2) - 2/Pe at Pe = ln(2.6/2.8), or N dx/(c D) = 0.5 N/(2e-5 p/(R T))."""
    for found, peclet in (
        (ratio_upwind_weight(VIEW, (1.0, 2.0, 4.0)), math.log(2.6 / 2.8)),
        (against_diffusion(VIEW, 2e-3), 2e-3 * 0.5 / (2e-5 * 1e5 / (R * 300.0))),
    ):
        assert found[0] == pytest.approx(1.0 / math.tanh(0.5 * peclet) - 2.0 / peclet, rel=1e-9)


def test_the_slowest_pair_is_convected_against_where_it_is_known():
    given = {diffusivity: 2e-5, smallest_diffusivity: Constant(value=1e-6)}
    assert carrying_diffusivity(cells(medium(GAS, given), [0.2, 0.3])) == 1e-6
    assert carrying_diffusivity(cells(medium(GAS, {diffusivity: 2e-5}), [0.2, 0.3])) == 2e-5


def test_a_given_pressure_drives_nothing():
    assert np.all(pressure_drive(VIEW) == 0.0)


def test_total_fluxes_have_the_rest_in_the_last_species():
    view = flux_face(medium(binary(temperature=300.0)), [0.2], [0.4], [3.0])
    assert np.ravel(molar_fluxes(view)).tolist() == [3.0, -3.0]


def test_entropy_is_produced_by_flux_times_force():
    """Negative, for a flux of 3 up the gradient: X_A = -R 0.4/(0.3 * 0.7) at the mean of 0.2 and 0.4 over 0.5 m."""
    view = flux_face(medium(binary(temperature=300.0)), [0.2], [0.4], [3.0], 0.5)
    assert entropy_production(view)[0] == pytest.approx(-3.0 * R * 0.4 / 0.21, rel=1e-12)
