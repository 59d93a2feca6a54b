"""One substance: the energy alone, stored as the integral of c_p dT."""

import pytest
from fvtransport.plugins.handles import energy, heat_capacity, temperature
from fvtransport.plugins.mixtures.pure import Pure

from fvtransport import Property
from tests.tools.views import cells, medium


class Quadratic(Property):
    """c_p = 3 T^2"""

    def __call__(self, at):
        return 3.0 * at[temperature] ** 2


def test_only_the_energy_is_solved_for():
    pure = Pure()
    assert pure.balances == (energy,) and not pure.mole_fractions
    assert pure.needs(energy) == (heat_capacity,) and pure.constant_in_time() == {heat_capacity: (temperature,)}


def test_heat_is_stored():
    assert Pure().storage(energy, cells(medium(Pure(), {heat_capacity: 2e6}), [400.0]))[0] == 8e8


def test_heat_of_a_function_counts_from_the_reference():
    own = Pure(reference_temperature=300.0)
    stored = own.storage(energy, cells(medium(own, {heat_capacity: Quadratic()}), [400.0]))
    assert stored[0] == pytest.approx(400.0**3 - 300.0**3, rel=1e-13)


def test_the_force_of_heat():
    found = Pure().metric(cells(medium(Pure()), [400.0]))
    assert list(found) == [(energy, temperature)] and found[energy, temperature][0] == pytest.approx(6.25e-6, rel=1e-15)
