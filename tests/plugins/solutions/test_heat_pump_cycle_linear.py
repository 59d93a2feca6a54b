"""A cycle of the heat pump at uniform density."""

from __future__ import annotations

import pytest
from fvtransport.plugins.solutions.heat_pump_cycle_linear import HeatPumpCycleLinear
from fvtransport.plugins.solutions.heat_pump_theory import (
    Pump,
    heat_drawn,
)

PUMP = Pump(n=0.1, L=40.0, L_y=25.0, k_T=-0.13657, conductivity=0.419877, capacity=0.2)


def test_a_cycle_at_uniform_density_yields_by_46_at_any_field():
    made = {"n": 0.1, "L": 40.0, "L_y": 25.0, "k_T": -0.13657, "duration": 15000.0}
    for E, share in ((0.05, 0.5), (0.2, 0.3)):
        found = HeatPumpCycleLinear(E=E, x_mean=share, **made).observables()
        assert found["cop"] == pytest.approx(0.13657 / (2 * share * (1 - share) * E * 40), rel=1e-12, abs=0)
        assert found["Qh_cycle"] == pytest.approx(found["Qc_cycle"] + found["W_cycle"], rel=1e-14, abs=0)
        assert found["cooling_power"] == pytest.approx(found["Qc_cycle"] / 15000, rel=1e-14, abs=0)
    exact = heat_drawn(PUMP, 0.05, profile="exact")
    assert HeatPumpCycleLinear(E=0.05, **made).observables()["Qc_cycle"] == pytest.approx(exact, rel=1e-12, abs=0)
