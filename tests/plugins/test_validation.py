"""What several plugins ask of their parameters and mixtures: each helper says yes and no."""

import pytest
from fvtransport.plugins.bulk_flow.flux_ratio import FluxRatio
from fvtransport.plugins.bulk_flow.mechanical_equilibrium import MechanicalEquilibrium
from fvtransport.plugins.handles import pressure, temperature
from fvtransport.plugins.validation import (
    binary_only,
    condition_of,
    distinct_species,
    each_species,
    exactly_one,
    known_species,
    molar_masses_known,
    moles_kept,
    pairs_once,
    ratio_kept,
    thermal_only,
)

from fvtransport import Context
from tests.tools.views import binary, gas

THREE = gas(temperature=300.0, species=("A", "B", "C"))
RATIO = gas(temperature=300.0, bulk_flow=FluxRatio(coefficients={"A": 2.0, "B": 1.0}))
FREE = gas(temperature=300.0, bulk_flow=MechanicalEquilibrium())


def texts(issues):
    return [issue.text for issue in issues]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"a": 1, "b": None}, []),
        ({"a": None, "b": None}, ["neither of a and b given"]),
        ({"a": 1, "b": 2}, ["both of a and b given"]),
    ],
)
def test_one_of_two(given, found):
    assert texts(exactly_one(**given)) == found


@pytest.mark.parametrize(("names", "count"), [(("A", "B"), 0), (("A",), 1), (("A", "A"), 1)])
def test_species_have_names_of_their_own(names, count):
    assert len(list(distinct_species(names))) == count


def test_a_mapping_by_species_has_all_of_them():
    assert not texts(each_species("m", None, ("A", "B"))) and not texts(each_species("m", {"B": 1, "A": 2}, ("A", "B")))
    assert texts(each_species("m", {"A": 1}, ("A", "B"))) == ["m has A"]
    assert texts(each_species("m", {}, ("A", "B"))) == ["m has nothing"]


def test_a_law_of_two_species():
    assert not texts(binary_only(Context())) and not texts(binary_only(Context(mixture=binary())))
    assert "the mixture has 3" in texts(binary_only(Context(mixture=THREE)))[0]


def test_a_law_of_heat_and_diffusion():
    assert not texts(thermal_only(Context(mixture=binary()), "it has"))
    (issue,) = thermal_only(Context(mixture=THREE), "it has")
    assert not issue.is_mistake and issue.text == "it has no effect: the mixture gives T, which has no gradient"


def test_names_of_species():
    assert not texts(known_species(Context(), ["Z"])) and not texts(known_species(Context(mixture=THREE), ["A", "C"]))
    assert texts(known_species(Context(mixture=THREE), ["A", "D"])) == [
        "the mixture has no species D; its species are A, B, C"
    ]


def test_molar_masses():
    given = gas(temperature=300.0, molar_masses={"A": 0.1, "B": 0.2})
    assert not texts(molar_masses_known(Context(mixture=given), "it"))
    assert texts(molar_masses_known(Context(mixture=THREE), "it")) == ["it needs the molar_masses of all species"]


def test_a_condition_of_one_field():
    assert not texts(condition_of(Context(field=pressure), pressure, "it")) and not texts(
        condition_of(Context(), pressure, "it")
    )
    assert texts(condition_of(Context(field=temperature), pressure, "it")) == ["it is a condition of p, not of T"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["A-B", "C-A", "B-C"], []),
        (["A-D"], ["w: A-D is not a pair of species"]),
        (["A-B", "B-A"], ["w: A-B and B-A are the same pair"]),
    ],
)
def test_pairs_are_given_once(given, found):
    assert texts(pairs_once(given, ("A", "B", "C"), "w")) == found


@pytest.mark.parametrize(("made", "kept"), [({"A": -1.0, "B": 2.0}, True), ({"A": -1.0, "B": 1.0}, False)])
def test_what_is_made_suits_the_ratio_of_fluxes(made, kept):
    """2 N_A + N_B = 0."""
    assert (not texts(ratio_kept(Context(mixture=RATIO), made, "it"))) == kept
    assert not texts(ratio_kept(Context(mixture=FREE), made, "it"))


@pytest.mark.parametrize(
    ("mixture", "products", "kept"),
    [(binary(), 1.0, True), (binary(), 2.0, False), (FREE, 2.0, True), (RATIO, 2.0, True)],
)
def test_moles_that_a_reaction_makes_are_carried(mixture, products, kept):
    reactants, products = {"A": 1.0}, {"B": products}
    made = {"A": -1.0, **products}
    assert (not texts(moles_kept(Context(mixture=mixture), made, reactants, products))) == kept
