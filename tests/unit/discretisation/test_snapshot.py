"""The solution at one time: readings of straight profiles, totals, and what a steady state does not have."""

import numpy as np
import pytest
from fvtransport.plugins.handles import concentration, energy, temperature
from fvtransport.plugins.observables.entropy_produced import EntropyProduced

from fvtransport.discretisation.snapshot import Snapshot
from tests.tools.straight import AREA, CAPACITY, COLD, CONCENTRATION, HOT, KAPPA, LENGTH, straight

STATE = straight()


def test_flows_and_fluxes():
    q = KAPPA * (HOT - COLD) / LENGTH
    for name, sign in (("left", -1.0), ("right", 1.0)):
        assert STATE.outflow(energy, name) == pytest.approx(sign * AREA * q) and STATE.flux(
            energy, name
        ) == pytest.approx(q)
    assert STATE.boundary_mean(np.arange(5.0), "right") == 4.0 and STATE.through(2.0, "left").tolist() == [2.0]


def test_amounts_means_and_values():
    assert STATE.amount(energy) == pytest.approx(350.0 * CAPACITY * AREA * LENGTH)
    assert STATE.mean(temperature) == pytest.approx(350.0) and STATE.value(temperature, 0.5) == pytest.approx(375.0)
    assert np.isnan(STATE.value(temperature, 3.0)) and STATE.volumes.sum() == pytest.approx(AREA * LENGTH)


def test_places():
    x, T = STATE.along_x(temperature)
    assert np.all(np.diff(x) > 0.0) and pytest.approx(HOT + (COLD - HOT) * x / LENGTH) == T and x.size == 6
    assert STATE.on_boundary(temperature, "right").tolist() == [COLD] and STATE.cells(temperature).size == 4
    assert STATE.on_boundary(concentration, "left").tolist() == [CONCENTRATION] and STATE.dimension == 1
    assert STATE.boundary_view("left")[temperature].tolist() == [HOT] and STATE.boundary_areas("left").tolist() == [
        AREA
    ]


def test_totals_since_the_start():
    assert STATE.cumulative_outflow(energy, "left") == -7.0 and STATE.cumulative_production(energy) == 3.0
    own = EntropyProduced()
    assert straight([own], [5.0]).time_integral(own) == 5.0 and STATE.domain_integral(own) > 0.0


def test_a_steady_state_has_none():
    steady = Snapshot(STATE.system, 0.0, STATE.values)
    assert steady.is_steady and not STATE.is_steady
    for call in (
        lambda: steady.cumulative_outflow(energy, "left"),
        lambda: steady.cumulative_production(energy),
        lambda: steady.time_integral(EntropyProduced()),
    ):
        with pytest.raises(ValueError, match="since a start|has an integral in time"):
            call()
