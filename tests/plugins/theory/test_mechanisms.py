"""Tabulated functions of temperature, without Cantera: series, bounds, and what is said where nothing is found."""

import numpy as np
import pytest
from fvtransport.plugins.theory import mechanisms
from fvtransport.plugins.theory.mechanisms import Factor, Fit, unreadable

BOUNDS = (200.0, 800.0)


def test_a_fit_is_a_power_of_temperature_where_its_series_is_straight():
    """On ln T from ln 200 to ln 800, whose half width is ln 2: exp(a + b s) is a power b/ln 2."""
    fit = Fit(BOUNDS, np.array([np.log(3.0), 1.7 * np.log(2.0)]))
    T = np.array([200.0, 300.0, 400.0, 800.0])
    assert fit(T) == pytest.approx(3.0 * (T / 400.0) ** 1.7, rel=1e-13)


def test_a_fit_has_no_value_outside():
    fit = Fit(BOUNDS, np.array([1.0]))
    assert np.isnan(fit(np.array([199.0, 801.0]))).all() and np.isfinite(fit(np.array(BOUNDS))).all()


def test_a_factor_depends_on_the_composition_too():
    """2 s + 3 u with s along ln T, u from -1 to 1 along x."""
    factor = Factor(BOUNDS, np.array([[0.0, 3.0], [2.0, 0.0]]))
    assert factor(np.array([400.0, 800.0]), np.array([0.25, 1.0])) == pytest.approx([-1.5, 5.0], rel=1e-13, abs=1e-13)


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setattr(mechanisms, "find_spec", lambda name: None)
    assert unreadable("gri30.yaml", ("N2",)) == 'needs the extra [cantera]: pip install "fvtransport[cantera]"'
