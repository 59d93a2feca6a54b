"""The thermodynamic metric by hand, of ideal and other mixtures, and where a species is absent."""

import pytest
from fvtransport.plugins.handles import thermodynamic_factor
from fvtransport.plugins.theory.thermodynamics.metric import ABSENT, composition_metric, factor_rows

from fvtransport import Property
from tests.tools.views import R, cells, gas, medium

BINARY, TERNARY = gas(temperature=300.0), gas(temperature=300.0, species=("A", "B", "C"))


class Rows(Property):
    """Gamma of three species"""

    def __call__(self, at):
        return ((2.0, 0.5), (0.25, 3.0))


def metric(mixture, state, given=()):
    return composition_metric(mixture.balances, mixture.mole_fractions, cells(medium(mixture, dict(given)), state))


def test_two_species():
    """R (1/x_A + 1/x_B) = R/(x_A x_B)."""
    (entry,) = metric(BINARY, [0.3]).values()
    assert entry[0] == pytest.approx(R / 0.21, rel=1e-14)


def test_a_factor_of_two_species_multiplies():
    (entry,) = metric(BINARY, [0.3], {thermodynamic_factor: 1.5}).values()
    assert entry[0] == pytest.approx(1.5 * R / 0.21, rel=1e-14)


def test_three_species():
    """R (delta_ij/x_i + 1/x_C) at 0.2, 0.3, 0.5, by the factor 2.0 and 0.25 of the first column."""
    A, B = TERNARY.balances
    x_A, x_B, _ = TERNARY.mole_fractions
    plain = metric(TERNARY, [0.2, 0.3])
    assert plain[A, x_A][0] == pytest.approx(7.0 * R, rel=1e-14)
    assert plain[A, x_B][0] == pytest.approx(2.0 * R, rel=1e-14) == pytest.approx(plain[B, x_A][0])
    real = metric(TERNARY, [0.2, 0.3], {thermodynamic_factor: Rows()})
    assert real[A, x_A][0] == pytest.approx((7.0 * 2.0 + 2.0 * 0.25) * R, rel=1e-14)
    assert real[B, x_B][0] == pytest.approx((2.0 * 0.5 + (1 / 0.3 + 2.0) * 3.0) * R, rel=1e-13)


def test_what_is_absent_has_no_force():
    (entry,) = metric(BINARY, [0.1 * ABSENT]).values()
    assert entry[0] == pytest.approx(R, rel=1e-11)


def test_rows_of_a_factor():
    view = cells(medium(BINARY), [0.3])
    assert factor_rows(view) is None
    assert factor_rows(cells(medium(BINARY, {thermodynamic_factor: 1.5}), [0.3])) == ((1.5,),)
