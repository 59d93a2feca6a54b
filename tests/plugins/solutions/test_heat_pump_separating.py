"""The separated gas of the heat pump: Boltzmann's ratio, its particles, and the work of the field by quadrature."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.heat_pump_separating import HeatPumpSeparating
from scipy.integrate import simpson

L, E, T, Q, MEAN = 40.0, 0.05, 1.3, 0.8, 0.3
SOLUTION = HeatPumpSeparating(n=0.1, L=L, L_y=25.0, E=E, x_mean=MEAN, T_0=T, q=Q)
X = np.linspace(0.0, L, 2001)
FIELDS = SOLUTION.fields(X, 1e9)


def test_the_ratio_of_the_species_is_that_of_boltzmann():
    """ln(x_B/x_A) rises by 2 E q/(k_B T) per length."""
    ratio = np.log(FIELDS["x_B"] / FIELDS["x_A"])
    assert np.diff(ratio) == pytest.approx(2.0 * E * Q / T * np.diff(X), rel=1e-9)


def test_it_keeps_its_particles_at_the_temperature_of_the_bath():
    assert simpson(FIELDS["x_A"], x=X) / L == pytest.approx(MEAN, rel=1e-9)
    assert FIELDS["x_A"] + FIELDS["x_B"] == pytest.approx(np.ones(X.size), rel=1e-14) and np.all(FIELDS["T"] == T)


def test_the_heat_that_is_given_off_is_the_work_of_the_field():
    """2 n E q L_y times the integral of x (x_mean - x_A)."""
    work = 2.0 * 0.1 * E * Q * 25.0 * simpson(X * (MEAN - FIELDS["x_A"]), x=X)
    assert SOLUTION.observables() == {"Qh": pytest.approx(work, rel=1e-8), "W": pytest.approx(work, rel=1e-8)}
