"""The flux of each species, the one that follows from the others too."""

import pytest
from fvtransport.plugins.observables.species_flux import SpeciesFlux

from tests.tools.films import N, stefan
from tests.tools.straight import CONCENTRATION, DIFFUSIVITY, LENGTH, POOR, RICH


@pytest.mark.parametrize(("name", "sign"), [("A", 1.0), ("B", -1.0)])
def test_species_that_change_places(snapshot, name, sign):
    J = CONCENTRATION * DIFFUSIVITY * (RICH - POOR) / LENGTH
    found = SpeciesFlux(species=name, boundary="right").measure(snapshot)
    assert found == pytest.approx(sign * J, rel=1e-12)


def test_vapour_moves_and_the_gas_is_at_rest(run_text):
    seen = stefan(
        run_text, "{A: {species_flux: {species: A, boundary: left}}, B: {species_flux: {species: B, boundary: left}}}"
    )
    assert seen["A"] == pytest.approx(N, rel=1e-8) and abs(seen["B"]) < 1e-12 * N


def test_an_unknown_species_is_named(snapshot):
    with pytest.raises(ValueError, match="no species C; its species are A, B"):
        SpeciesFlux(species="C", boundary="left").measure(snapshot)
