"""A result as arrays: dimensions, coordinates, units, and what a steady state does not have."""

import numpy as np
import pytest

from fvtransport.results.dataset import dataset_of


def test_fields_fluxes_and_observables(slab):
    """x_A = 0.9 - 0.8 x/2 and N_A = c D 0.8/2."""
    found = dataset_of(slab)
    assert found["x_A"].dims == ("time", "x") and found["A_flux"].dims == ("time", "face")
    assert found["x_A"].values[-1] == pytest.approx(0.9 - 0.4 * found["x"].values, rel=1e-9)
    assert found["A_flux"].values[-1] == pytest.approx(np.full(11, 40.0 * 2e-5 * 0.4), rel=1e-9)
    assert found["A_flux"].attrs["units"] == "mol/m^2/s" and found["x_A_boundary"].values[-1] == pytest.approx(
        [0.9, 0.1]
    )
    assert found["observable_flow"].values[-1] == pytest.approx(40.0 * 2e-5 * 0.4 * 3.0, rel=1e-9)
    assert (found.attrs["status"], found.attrs["kind"]) == ("converged", "steady") and "A_amount" not in found


def test_fluxes_by_law_sum_to_the_total(pump):
    found = dataset_of(pump)
    assert list(found["law"].values) == ["conduction", "fick", "soret_dufour"] and found.attrs["kind"] == "transient"
    total = found["energy_flux_by_law"].values.sum(axis=1)
    assert np.allclose(total, found["energy_flux"].values, rtol=0, atol=1e-6 * np.abs(total).max())
    left, amount = found["A_left"].values, found["A_amount"].values
    assert np.abs(left).max() < 1e-9 and amount == pytest.approx(np.full(amount.shape, amount[0]), rel=1e-9)


def test_entropy_by_law_is_that_of_the_cells(pump):
    found = dataset_of(pump)
    volume = pump.system.geometry.volume
    assert found["entropy_production"].values @ volume == pytest.approx(
        found["entropy_production_by_law"].values.sum(axis=1), rel=1e-9
    )


def test_a_result_without_a_state_has_no_variables(slab):
    slab.snapshots.clear()
    assert not dataset_of(slab).data_vars
