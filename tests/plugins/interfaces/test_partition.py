"""Equal activities on both sides: Nernst, Henry and Sieverts by hand, and the heat of transfer of K(T)."""

import math

import pytest
from fvtransport.plugins.handles import energy, gas_constant, temperature
from fvtransport.plugins.interfaces.partition import Partition, Solubility

from fvtransport import Constant, Context, Property
from tests.tools.views import between, binary, medium

MIXTURE = binary(50.0)


def view(left: float, right: float, flux: float = 0.0):
    return between(medium(MIXTURE), [300.0, left], [300.0, right], [0.0, flux], row=1)


def side(**given: float | str) -> Solubility:
    return Solubility(**{name: Constant(value=each) if name != "counts" else each for name, each in given.items()})


class Dissolving(Property):
    """K = exp(-H/(R T)) with H = 4 kJ/mol."""

    def __call__(self, at):
        return math.e ** (-4000.0 / (at[gas_constant] * at[temperature]))


@pytest.mark.parametrize(
    ("condition", "right"),
    [
        (Partition(ratio=Constant(value=4.0)), 0.1),
        (Partition(left=side(henry=2.0), right=side(henry=0.5)), 0.1),
        (Partition(left=side(sieverts=2.0), right=side(sieverts=0.5)), 0.1),
        (Partition(left=side(sieverts=2.0), right=side(henry=0.05)), 0.1),
        (Partition(left=side(sieverts=2.0), right=side(henry=0.025, counts="molecules")), 0.1),
    ],
    ids=["Nernst", "Henry", "Sieverts", "both", "molecules"],
)
def test_the_pressures_of_both_sides_are_equal(condition, right):
    """c = 20 mol/m^3 on the left, 5 on the right; Sieverts of 2 at p = 100, of 0.5 too; Henry of 0.05 at p = 100."""
    assert condition.residual(view(0.4, right))[0] == pytest.approx(0.0, abs=1e-12)
    assert condition.residual(view(0.4, 0.9 * right))[0] > 0.0 > condition.residual(view(0.3, right))[0]


def test_heat_goes_with_a_ratio_that_depends_on_temperature():
    """K = c_left/c_right = exp(-H/(R T)): R T^2 d ln(1/K)/dT = -H is taken up per mole from left to right."""
    made = Partition(ratio=Dissolving()).production(view(0.4, 0.1, flux=0.3))
    assert made[energy][0] == pytest.approx(4000.0 * 0.3, rel=1e-6)
    assert not Partition(ratio=Constant(value=4.0)).production(view(0.4, 0.1, flux=0.3))[energy]


def test_equilibrium_produces_no_entropy():
    """A jump of mu/T of R ln of both activities: none at c_left = 4 c_right, R ln 2 at twice that on the right."""
    own = Partition(ratio=Constant(value=4.0))
    for right, jump in ((0.1, 0.0), (0.2, math.log(2.0))):
        at = view(0.4, right)
        assert own.potential_jumps(at)[at.field][0] == pytest.approx(at.left[gas_constant] * jump, abs=1e-10)


def test_one_way_of_giving_it():
    for given in ({}, {"ratio": Constant(value=1.0), "left": side(henry=1.0)}):
        (issue,) = Partition(**given).validate(Context())
        assert "ratio" in issue.text
    (issue,) = side(henry=1.0, sieverts=1.0).validate(Context())
    assert "both of sieverts and henry" in issue.text
