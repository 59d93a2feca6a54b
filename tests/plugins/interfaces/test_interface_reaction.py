"""Mass action on an interface: rates by hand, what they make of each balance, their entropy."""

import math

import pytest
from fvtransport.plugins.handles import energy
from fvtransport.plugins.interfaces.interface_reaction import InterfaceReaction

from fvtransport import Constant, Context
from tests.tools.views import R, between, binary, medium

MIXTURE = binary(50.0)
VIEW = between(medium(MIXTURE), [300.0, 0.4], [300.0, 0.1], [0.0, 0.0], row=1)
GIVEN = {"reactants": {"A": 1.0}, "products": {"B": 1.0}, "rate_constant": Constant(value=1e-3)}
BOTH_WAYS = GIVEN | {"reverse_rate_constant": Constant(value=2e-4)}


@pytest.mark.parametrize(
    ("given", "rate"),
    [
        (GIVEN, 1e-3 * 20.0),
        (BOTH_WAYS, 1e-3 * 20.0 - 2e-4 * 30.0),
        (BOTH_WAYS | {"side": "right"}, 1e-3 * 5.0 - 2e-4 * 45.0),
        (GIVEN | {"reactants": {"A": 2.0}, "products": {"B": 2.0}}, 1e-3 * 400.0),
    ],
)
def test_the_rate_is_that_of_mass_action(given, rate):
    """c = 50 mol/m^3: c_A = 20, c_B = 30 on the left, 5 and 45 on the right."""
    made = InterfaceReaction(**given, heat_of_reaction=-9e4).production(VIEW)
    order = given["reactants"]["A"]
    first, second = MIXTURE.mole_fractions
    assert made[first][0] == pytest.approx(-order * rate, rel=1e-13)
    assert made[second][0] == pytest.approx(order * rate, rel=1e-13)
    assert made[energy][0] == pytest.approx(9e4 * rate, rel=1e-13)


def test_fields_are_continuous():
    assert InterfaceReaction(**GIVEN).residual(VIEW)[0] == pytest.approx(0.3, rel=1e-14)


def test_entropy_of_a_reversible_reaction():
    forward, reverse = 1e-3 * 20.0, 2e-4 * 30.0
    produced = InterfaceReaction(**BOTH_WAYS).further_entropy_production(VIEW)
    assert produced[0] == pytest.approx(R * (forward - reverse) * math.log(forward / reverse), rel=1e-13)
    assert InterfaceReaction(**GIVEN).further_entropy_production(VIEW) is None


def test_units_follow_from_the_order():
    units = InterfaceReaction.place_units({"reactants": {"A": 1.0}, "products": {"B": 2.0}})
    assert units == {"forward": "m/s", "reverse": "m^4/mol/s"}


def test_moles_that_nothing_carries_are_refused():
    split = InterfaceReaction(**GIVEN | {"products": {"B": 2.0}})
    (issue,) = split.validate(Context(mixture=MIXTURE))
    assert "makes 2 mol out of 1 mol" in issue.text
    (issue,) = InterfaceReaction(**GIVEN | {"products": {"C": 1.0}}).validate(Context(mixture=MIXTURE))
    assert "no species C" in issue.text
