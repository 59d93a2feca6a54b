"""Terms of laws at the initial state."""

from __future__ import annotations

import pytest
from fvtransport.plugins.handles import conductivity, diffusivity

from fvtransport.case.checks.law_terms import check_laws
from fvtransport.errors import CaseError
from tests.tools.reading import messages as wrong
from tests.tools.reading import trial_of, whole


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_numbers_that_cannot_be_evaluated_are_mistakes_of_the_case(case, pump):
    found = messages(lambda: case(pump, ("-1.15796", "1/(T - 1)")))
    assert found == ["law soret_dufour cannot be evaluated at the initial state: float division by zero"]


def test_laws_use_properties_and_move_balances():
    builder = whole(boundaries="{default: {T: no_flux, x_A: no_flux}}", solve="{transient: 1}")
    used = check_laws(builder, trial_of(builder))
    assert {conductivity, diffusivity} <= used and not wrong(builder) and builder.laws_valid


def test_a_balance_that_no_law_moves_is_named():
    builder = whole(laws="[conduction]", boundaries="{default: {T: no_flux, x_A: no_flux}}", solve="{transient: 1}")
    assert check_laws(builder, trial_of(builder)) == {conductivity}
    assert wrong(builder) == ["no law gives the A balance a flux"]
