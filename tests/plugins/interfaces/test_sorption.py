"""What an interface holds by a linear isotherm and by Langmuir's."""

import pytest
from fvtransport.plugins.interfaces.sorption import Sorption

from fvtransport import Context
from tests.tools.views import between, binary, medium

MIXTURE = binary(50.0)
VIEW = between(medium(MIXTURE), [300.0, 0.4], [300.0, 0.1], [0.0, 0.0], row=1)


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        ({"coefficient": 0.01}, 0.01 * 20.0),
        ({"coefficient": 0.01, "side": "right"}, 0.01 * 5.0),
        ({"capacity": 3.0, "affinity": 0.15}, 2.25),
    ],
)
def test_the_amount_follows_the_concentration(given, amount):
    """c = 50 mol/m^3: 20 on the left and 5 on the right; Langmuir: 3 * 0.15 * 20/(1 + 0.15 * 20)."""
    assert Sorption(**given).storage(VIEW)[0] == pytest.approx(amount, rel=1e-14)


def test_langmuir_fills_up():
    crowded = between(medium(binary(1e9)), [300.0, 0.4], [300.0, 0.1], [0.0, 0.0], row=1)
    assert Sorption(capacity=3.0, affinity=0.15).storage(crowded)[0] == pytest.approx(3.0, rel=1e-7)


def test_the_field_is_continuous_and_has_the_potentials_of_the_mixture():
    assert Sorption(coefficient=1.0).residual(VIEW)[0] == pytest.approx(0.3, rel=1e-14)
    assert Sorption(coefficient=1.0).potential_jumps(VIEW) == {}


@pytest.mark.parametrize(
    ("given", "says"),
    [({}, "neither"), ({"capacity": 1.0}, "neither"), ({"coefficient": 1.0, "affinity": 1.0}, "both isotherms")],
)
def test_one_isotherm_is_given(given, says):
    (issue,) = Sorption(**given).validate(Context())
    assert says in issue.text


def test_it_is_a_condition_of_a_species():
    (issue,) = Sorption(coefficient=1.0).validate(Context(mixture=MIXTURE, field=MIXTURE.balances[0].field))
    assert "T is not the mole fraction" in issue.text
