"""Two species: what is solved and stored, what follows, and the thermodynamic metric of an ideal mixture."""

import pytest
from fvtransport.plugins.handles import concentration, energy, heat_capacity, temperature
from fvtransport.plugins.mixtures.binary import Binary

from fvtransport import Constant, Context, Property
from tests.tools.views import R, binary, cells, medium

MIXTURE = binary(40.0)
A, B = MIXTURE.mole_fractions


class Heating(Property):
    """c_p = 2 T"""

    def __call__(self, at):
        return 2.0 * at[temperature]


def test_one_species_is_solved_for_and_the_energy_unless_a_temperature_is_given():
    assert [each.name for each in MIXTURE.balances] == ["energy", "A"]
    still = binary(temperature=300.0)
    assert [each.name for each in still.balances] == ["A"] and still.known() == {temperature: 300.0}


def test_the_other_species_closes_the_sum():
    assert cells(medium(MIXTURE), [300.0, 0.3])[B][0] == pytest.approx(0.7, rel=1e-15)


def test_stored_are_moles_and_heat():
    view = cells(medium(MIXTURE, {heat_capacity: 1200.0}), [300.0, 0.3])
    first = MIXTURE.balances[1]
    assert MIXTURE.storage(first, view)[0] == pytest.approx(12.0, rel=1e-15)
    assert MIXTURE.storage(energy, view)[0] == pytest.approx(3.6e5, rel=1e-15)
    assert MIXTURE.internal_energy(view)[0] == pytest.approx(3.6e5 - 40.0 * R * 300.0, rel=1e-14)


def test_heat_of_a_capacity_that_depends_on_temperature_is_its_integral():
    """The integral of 2 T from 298.15 K to 300 K."""
    view = cells(medium(MIXTURE, {heat_capacity: Heating()}), [300.0, 0.3])
    assert MIXTURE.storage(energy, view)[0] == pytest.approx(300.0**2 - 298.15**2, rel=1e-10)


def test_a_molar_capacity_is_per_mole():
    own = binary(40.0, molar_heat_capacity=29.0)
    assert cells(medium(own), [300.0, 0.3])[heat_capacity] == pytest.approx(40.0 * 29.0, rel=1e-15)
    assert own.provides()[heat_capacity].constant == 1160.0 and own.provides()[concentration].constant == 40.0


def test_metric_of_an_ideal_mixture():
    """X_q = -grad T/T^2 and X_A = -R grad x_A/(x_A x_B)."""
    found = MIXTURE.metric(cells(medium(MIXTURE), [300.0, 0.3]))
    assert found[energy, temperature][0] == pytest.approx(1.0 / 9e4, rel=1e-14)
    assert found[MIXTURE.balances[1], A][0] == pytest.approx(R / 0.21, rel=1e-13)


def test_molar_masses_are_those_of_its_species():
    (issue,) = binary(molar_masses={"A": 0.1, "C": 0.2}).validate(Context())
    assert issue.text == "molar_masses has A, C" and issue.parameter == "molar_masses"


def test_two_mixtures_of_the_same_names_have_fields_of_their_own():
    own = [Binary(species=("A", "B"), concentration=Constant(value=1.0)) for _ in range(2)]
    assert own[0].mole_fractions[0] is not own[1].mole_fractions[0] and own[0].species_names == ("A", "B")
