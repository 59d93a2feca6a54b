"""Kinetic theory of gases in pores, against numbers of the textbooks."""

import math

import pytest
from fvtransport.plugins.theory.knudsen import bosanquet, knudsen_diffusivity, mean_free_path, mean_speed

R = 8.31446261815324


def test_mean_speed_of_nitrogen():
    """476 m/s at 300 K."""
    assert mean_speed(300.0, 0.0280134, R) == pytest.approx(476.2, rel=1e-3)


def test_knudsen_diffusivity():
    """D_K = 97 r sqrt(T/M) in m, K and g/mol (Smith): r = 0.1 micrometre, 300 K, nitrogen."""
    assert knudsen_diffusivity(2e-7, 300.0, 0.0280134, R) == pytest.approx(
        97.0 * 1e-7 * math.sqrt(300 / 28.0134), rel=2e-3
    )


@pytest.mark.parametrize(("mutual", "own", "both"), [(2.0, 2.0, 1.0), (3.0, 6.0, 2.0), (1.0, 1e12, 1.0)])
def test_resistances_are_in_series(mutual, own, both):
    assert bosanquet(mutual, own) == pytest.approx(both, rel=1e-11)


def test_mean_free_path_follows_from_the_viscosity():
    """mu = rho v l/2 with the mean speed v."""
    path = mean_free_path(1.8e-5, 1e5, 300.0, 0.029, R)
    density = 1e5 * 0.029 / (R * 300.0)
    assert 0.5 * density * mean_speed(300.0, 0.029, R) * path == pytest.approx(1.8e-5, rel=1e-13)
