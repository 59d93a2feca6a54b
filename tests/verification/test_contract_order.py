"""The order test is made in the range of the case, names what has no value, and does without formulas."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.verification import contract
from fvtransport.verification.manufactured import manufacture


def exact_range(case, name: str) -> tuple[float, float]:
    made = manufacture(case)
    position = np.zeros((3, 200))
    position[0] = np.linspace(0.0, 1e-3, 200)
    row = [field.name for field in made.expressions].index(name)
    values = made.values(position)[row]
    return float(values.min()), float(values.max())


def test_exact_fields_keep_to_the_range_of_the_case(case_of):
    low, high = exact_range(case_of(), "x_A")
    assert 0.5e-3 < low < high < 2e-3 and high - low > 1e-4
    low, high = exact_range(case_of(), "T")
    assert 300.0 <= low < high <= 310.0 and high - low > 1.0


def test_a_dilute_soret_law_is_of_second_order(case_of):
    """S_T dT = 3, so that the cell Peclet number is 0.05; at shares of 1/2 and dT = 30 K it fails with 1.2."""
    observed = contract.check_order(case_of()).observed()
    assert observed.keys() >= {"x_A inside", "flux of A through boundaries"}
    assert min(observed.values()) >= 1.9 and max(observed.values()) < 2.3


def test_a_coefficient_of_one_side_still_fails(case_of):
    with pytest.raises(
        contract.ContractError, match=r"x_A inside has order (0\.9|1\.0)\d, x_A on boundaries has order 1\.00"
    ):
        contract.check_order(case_of(at="face.left[A]"))


def test_strong_drift_is_refined_until_it_is_asymptotic(case_of):
    found = contract.check_order(case_of(soret="20.0"))
    assert min(found.observed().values()) >= 1.9
    assert found.levels[0].cell_peclet > 2.0 > 4 * found.levels[-1].cell_peclet


def test_what_is_not_asymptotic_says_so_with_the_peclet_number(case_of):
    text = r"not yet asymptotic: .*x_A inside \(1\.0\d, .*\).* cell Peclet number on 1280 cells is 89\.\d"
    with pytest.raises(contract.ContractError, match=text):
        contract.check_order(case_of(soret="3.0e4"))
