"""Expressions with resolved names: evaluated on what they name, numbers where they name nothing."""

import numpy as np

from fvtransport.model.formula import Formula
from fvtransport.model.handles import Field

T, x = Field("T", "K", "temperature"), Field("x", "1", "fraction")


def test_a_formula_reads_its_handles_in_their_order():
    formula = Formula("T/x", lambda above, below: above / below, (T, x))
    assert formula.constant is None
    np.testing.assert_array_equal(formula({x: np.array([2.0, 4.0]), T: 8.0}), [4.0, 2.0])


def test_a_formula_without_names_is_a_number():
    formula = Formula("2*3", lambda: 6, ())
    assert formula.constant == 6.0 and isinstance(formula.constant, float) and formula({}) == 6
