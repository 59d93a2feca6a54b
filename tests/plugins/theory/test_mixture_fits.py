"""Conductivities of the multicomponent model against Cantera; skipped where the extra `cantera` is absent."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.theory.mechanisms import multicomponent_gas
from fvtransport.plugins.theory.mixture_fits import conductivity_at_rest, conductivity_fit

cantera = pytest.importorskip("cantera", reason="the extra [cantera] is absent")

GRI, R = "gri30.yaml", 8314.46261815324
GASES = [
    ("H2", "CO2"),
    ("CO2", "H2"),
    ("H2", "N2", "CO2"),
    ("H2", "N2", "CO2", "CH4"),
    ("O2", "N2", "H2O", "H2", "CO2"),
]


def at_rest(gas) -> float:
    """q/(-grad T) with the driving forces that make every mass flux vanish, from Cantera's own matrix:

    0 = rho M_k/M^2 sum_j M_j D_kj d_j - D^T_k grad ln T ,  sum_j d_j = 0
    q = -lambda_0 grad T - sum_k R T D^T_k d_k/(M_k x_k)
    """
    masses, count = gas.molecular_weights, gas.n_species
    rows = gas.density * masses[:, None] / gas.mean_molecular_weight**2 * gas.multi_diff_coeffs * masses
    rows, right = np.vstack([rows, np.ones(count)]), np.append(gas.thermal_diff_coeffs, 0.0)
    forces, *_ = np.linalg.lstsq(rows / np.abs(rows).max(axis=1)[:, None], right / np.abs(rows).max(axis=1), rcond=None)
    return gas.thermal_conductivity + (R * gas.thermal_diff_coeffs * forces / (masses * gas.X)).sum()


@pytest.mark.parametrize("names", GASES, ids="-".join)
def test_fits_are_canteras(names):
    gas, rng = multicomponent_gas(GRI, names), np.random.default_rng(17)
    x, T = rng.dirichlet(np.full(len(names), 0.6), 40), rng.uniform(271.0, 2990.0, 40)
    uniform, still = (conductivity_fit(GRI, names, at_rest=each)(T, x.T) for each in (False, True))
    expected = []
    for temperature, shares in zip(T, x):
        gas.TPX = temperature, 3e4, np.maximum(shares, 1e-12)
        expected.append((gas.thermal_conductivity, conductivity_at_rest(gas, temperature, shares)))
    np.testing.assert_allclose(np.transpose([uniform, still]), expected, rtol=1e-4 if len(names) > 4 else 1e-5)


@pytest.mark.parametrize("names", GASES, ids="-".join)
def test_no_species_moves(names):
    gas, rng = multicomponent_gas(GRI, names), np.random.default_rng(19)
    for shares in rng.dirichlet(np.ones(len(names)), 5):
        found = conductivity_at_rest(gas, 500.0, shares)
        assert found == pytest.approx(at_rest(gas), rel=1e-9) and found < gas.thermal_conductivity


@pytest.mark.parametrize(("names", "T"), [(("H2", "CO2"), 269.0), (("H2", "CO2"), 3001.0)])
def test_there_is_no_value_outside_of_the_mechanism(names, T):
    assert np.isnan(conductivity_fit(GRI, names, at_rest=True)(T, [0.5, 0.5]))


def test_pieces_meet_where_heat_capacities_have_kinks():
    fit = conductivity_fit(GRI, ("H2", "CO2"), at_rest=False)
    assert fit.edges[1:-1] == (1000.0,)
    below, above = fit(np.array([1000.0 * (1.0 - 1e-9), 1000.0 * (1.0 + 1e-9)]), [0.3, 0.7])
    assert below == pytest.approx(above, rel=1e-4)
