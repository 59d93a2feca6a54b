"""Heat conduction through a dissociating gas."""

import numpy as np
import pytest
from fvtransport.plugins.solutions.dissociating_gas import DissociatingGas

GIVEN = {
    "species": ("A2", "A"), "pressure": 1e5, "conductivity": 0.02, "diffusivity": 1e-5,
    "diffusivity_temperature": 300.0, "enthalpy": 57e3, "entropy": 176.0, "T_left": 300.0,
    "T_right": 350.0, "length": 0.01,
}  # fmt: skip


def test_the_fraction_is_that_of_equilibrium():
    """x_A^2 p/(x_A2 p_0) = exp(-Delta_G/(R T))."""
    T = np.array([280.0, 320.0, 400.0])
    x = DissociatingGas(**GIVEN).fraction(T)
    np.testing.assert_allclose((1 - x) ** 2 / x, np.exp(-(57e3 - 176.0 * T) / (8.31446261815324 * T)), rtol=1e-9)


def test_a_reaction_without_heat_conducts_as_the_gas_at_rest():
    own = DissociatingGas(**{**GIVEN, "enthalpy": 0.0})
    assert own.effective_conductivity(np.array([300.0, 350.0])) == pytest.approx(0.02)


def test_the_reaction_carries_heat_most_where_it_is_half_way():
    T = np.linspace(250.0, 450.0, 401)
    extra = DissociatingGas(**GIVEN).effective_conductivity(T) - 0.02
    assert (extra > 0.0).all() and 0 < extra.argmax() < 400
