"""Manufactured solutions derived from the laws' own code: every registered law converges at second
order, wrong ones do not.
"""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from fvtransport import Law
from fvtransport.model.registry import Registry
from fvtransport.verification import contract
from fvtransport.verification.manufactured import IllPosed, manufacture
from fvtransport.verification.symbolic import NotSymbolic
from tests.tools.coupled import COUPLED

MOVING = [
    entry.name
    for entry in Registry.installed()
    if entry.kind == "law" and (entry.cls.flux is not Law.flux or entry.cls.source is not Law.source)
]


@pytest.mark.parametrize("name", MOVING)
def test_every_law_is_of_second_order(case_with, name):
    observed = contract.check_order(case_with(name)).observed()
    assert {"T inside", "x_A inside", "x_A on boundaries", "flux of energy through boundaries"} <= observed.keys()
    assert max(observed.values()) < 2.3, observed


def test_the_sources_are_those_of_a_derivation_by_hand(case_with):
    x = sympy.Symbol("x", real=True)
    T, share = 1 + sympy.sin(2 * x) / 5, sympy.Rational(1, 2) + sympy.cos(3 * x) / 5
    heat = -sympy.Rational(4, 5) * T * T.diff(x) - T**2 * sympy.Rational(3, 10) * share.diff(x)
    moles = -share.diff(x) / (1 + share / 2) - share * (1 - share) * sympy.Rational(3, 10) * T.diff(x)
    made = manufacture(case_with("soret_dufour"), {"T": T, "x_A": share})
    position = np.zeros((3, 50))
    position[0] = np.linspace(0.0, 1.0, 50)
    for found, expected in (
        (made.values(position), (T, share)),
        (made.fluxes(position), (heat, moles)),
        (made.sources(position), (heat.diff(x), moles.diff(x))),
    ):
        exact = np.array([sympy.lambdify(x, each)(position[0]) for each in expected])
        np.testing.assert_allclose(found, exact, rtol=1e-12, atol=1e-13)


def handles():
    from fvtransport.plugins.handles import energy, temperature

    return energy, temperature


class FirstOrder(Law):
    """Conduction with the conductivity of the node on the left:  q = -T_left grad T"""

    def flux(self, face):
        energy, temperature = handles()
        return {energy: -face.left[temperature] * face.grad(temperature)}


class Uphill(Law):
    """Conduction with the wrong sign:  q = 3 grad T"""

    def flux(self, face):
        energy, temperature = handles()
        return {energy: 3.0 * face.grad(temperature)}


class Overwhelming(Law):
    """Cross-effects beyond the second law:  q = -9 grad x_A,  J_A = -9 grad T"""

    def flux(self, face):
        energy, temperature = handles()
        A, _ = face.species
        return {energy: -9.0 * face.grad(A), A: -9.0 * face.grad(temperature)}


class Branching(Law):
    """A law that is not element-wise:  s = 1 where T > 1"""

    def source(self, cell):
        energy, temperature = handles()
        return {energy: 1.0 if cell[temperature] > 1.0 else 0.0}


def test_a_first_order_mean_is_caught(case_with):
    with pytest.raises(contract.ContractError, match=r"expected order 1.9, but .*flux of energy .* has order [01]\.\d"):
        contract.check_order(case_with("first_order", FirstOrder()))


def test_a_wrong_sign_is_caught(case_with):
    with pytest.raises(IllPosed, match="energy flows up the gradient of T"):
        contract.check_order(case_with("uphill", Uphill()))


def test_cross_effects_that_outweigh_the_direct_ones_are_caught(case_with):
    with pytest.raises(IllPosed, match="cross-effects"):
        contract.check_order(case_with("overwhelming", Overwhelming()))


def test_a_law_that_branches_is_refused_by_name(case_with):
    with pytest.raises(NotSymbolic, match="law branching: .*np.where"):
        manufacture(case_with("branching", Branching()))


def test_a_level_that_no_wall_fixes_is_fixed_by_the_sources(case_with):
    sealed = COUPLED.replace("{dirichlet: 1.1}", "no_flux").replace(
        "{robin: {coefficient: 1.5, reference: 1.0}}", "no_flux"
    )
    found = contract.check_order(case_with("soret_dufour", text=sealed))
    assert found.observed()["T inside"] >= 1.9
