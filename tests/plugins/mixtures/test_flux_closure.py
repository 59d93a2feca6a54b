"""What a ratio of fluxes must leave determined, and the ideal gas law."""

import pytest
from fvtransport.plugins.bulk_flow.flux_ratio import FluxRatio
from fvtransport.plugins.bulk_flow.stagnant import Stagnant
from fvtransport.plugins.mixtures.flux_closure import (
    IdealGasLaw,
    last_species_free,
    moles_not_kept,
    unbounded_flux,
)

from fvtransport import Context
from tests.tools.views import R, cells, gas, medium

STILL_B = gas(temperature=300.0, bulk_flow=Stagnant(species="B"))
STILL_A = gas(temperature=300.0, bulk_flow=Stagnant(species="A"))
OPPOSED = gas(temperature=300.0, bulk_flow=FluxRatio(coefficients={"A": 1.0, "B": -1.0}))


def test_the_last_species_follows_from_the_ratio():
    assert not list(last_species_free(STILL_B))
    (issue,) = last_species_free(STILL_A)
    assert issue.text.endswith("write species: [B, A]")


@pytest.mark.parametrize(
    ("mixture", "x", "refused"), [(STILL_B, 1.0, True), (STILL_B, 0.9, False), (OPPOSED, 0.5, True)]
)
def test_a_boundary_on_which_no_flux_satisfies_the_ratio(mixture, x, refused):
    """sum of a_i x_i vanishes: x_B = 0, or x_A = x_B."""
    found = list(unbounded_flux(mixture, {mixture.mole_fractions[0]: x}))
    assert len(found) == refused and all("without bound" in each.text for each in found)


def test_a_ratio_in_time_does_not_keep_the_moles():
    assert not list(moles_not_kept(gas(temperature=300.0)))
    (issue,) = moles_not_kept(STILL_B)
    assert issue.parameter == "bulk_flow" and "does not solve for p" in issue.text
    (issue,) = moles_not_kept(gas(molar_heat_capacity=29.0))
    assert "concentration depends on T" in issue.text


def test_the_concentration_is_that_of_an_ideal_gas():
    at = cells(medium(gas(1e5, temperature=300.0)), [0.2])
    assert IdealGasLaw()(at) == pytest.approx(1e5 / (R * 300.0), rel=1e-14)


@pytest.mark.parametrize(("x", "refused"), [(0.2, False), (1.0, True)])
def test_a_state_without_the_species_at_rest_is_refused(x, refused):
    found = list(IdealGasLaw(weights=(0.0, 1.0)).validate(Context(state=cells(medium(STILL_B), [x]))))
    assert len(found) == refused
