"""A dilute gas from the data of its molecules: rules for unlike pairs, exceptions, and where a view finds it."""

import math

import pytest
from fvtransport.plugins.theory.kinetic.lennard_jones import LennardJones
from fvtransport.plugins.theory.kinetic.molecules import boltzmann_constant, by_name, dilute_gas
from fvtransport.plugins.theory.kinetic.potentials import HardCore, Hertzian

from tests.tools.views import cells, gas, medium

HARD = ((4e-3, 40e-3), (2.0, 4.0), None, (), None, 1, 3)


def pairs(*given):
    return dilute_gas(*given).gas.pairs


def test_unlike_pairs_have_mean_diameters_and_wells():
    found = pairs((4e-3, 40e-3), (2.0, 4.0), (10.0, 40.0), (), None, 1, 3)
    assert found[0, 1].diameter == 3.0 and found[0, 1].energy == pytest.approx(20.0, rel=1e-15)
    assert (found[0, 0].diameter, found[1, 1].diameter) == (2.0, 4.0)
    assert isinstance(found[0, 1].potential, LennardJones)


def test_exceptions_come_first():
    found = pairs((4e-3, 40e-3), (2.0, 4.0), (10.0, 40.0), ((0, 1, 3.5, None),), None, 1, 3)
    assert found[0, 1].diameter == 3.5 and found[0, 1].energy == pytest.approx(20.0, rel=1e-15)


def test_without_wells_molecules_are_hard_or_soft():
    assert isinstance(pairs(*HARD)[0, 1].potential, HardCore)
    soft = pairs((4e-3, 40e-3), (2.0, 4.0), None, (), 7.0, 1, 2)[0, 1]
    assert isinstance(soft.potential, Hertzian) and soft.energy == pytest.approx(7.0 * 3.0**2.5, rel=1e-15)


def test_the_same_numbers_give_the_same_gas():
    assert dilute_gas(*HARD) is dilute_gas(*HARD)


def test_a_view_evaluates_it_once_at_its_own_state():
    """The viscosity of hard spheres, first order: (5/16) sqrt(pi m k T)/(pi d^2), of equal molecules."""
    d, mass = 3e-10, 0.03
    local = dilute_gas((mass, mass), (d, d), None, (), None, 1, 3)
    view = cells(medium(gas(temperature=300.0)), [0.3])
    k = view[boltzmann_constant]
    m = mass * k / 8.31446261815324
    expected = 5.0 / 16.0 * math.sqrt(math.pi * m * k * 300.0) / (math.pi * d**2)
    assert view[local] is view[local] and view[local].viscosity == pytest.approx(expected, rel=1e-10)


def test_one_number_holds_for_all_names():
    assert by_name(3.0, ("A", "B")) == (3.0, 3.0) and by_name({"B": 1.0, "A": 2.0}, ("A", "B")) == (2.0, 1.0)
