"""Entropy produced since the start: the integral in time of flux times force."""

import numpy as np
from fvtransport.plugins.observables.entropy_produced import EntropyProduced
from fvtransport.plugins.observables.entropy_production import EntropyProduction

from tests.tools.straight import straight

OWN = EntropyProduced()


def test_it_is_the_integral_that_was_solved():
    assert OWN.measure(straight([OWN], [12.5])) == 12.5 and OWN.is_time_integral


def test_its_density_is_that_of_the_entropy_production(snapshot):
    found = OWN.rate_density(snapshot.flux_view)
    assert np.all(found > 0.0) and np.array_equal(found, EntropyProduction().rate_density(snapshot.flux_view))
    assert OWN.reading_unit == "J/K"
