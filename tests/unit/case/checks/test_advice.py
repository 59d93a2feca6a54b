"""Balances that no law gives a flux."""

from __future__ import annotations

import pytest

from fvtransport.case.checks.advice import fixing_parameters, note_unmoved
from fvtransport.errors import CaseError
from tests.tools.reading import messages as wrong
from tests.tools.reading import trial_of, whole
from tests.tools.views import binary


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_steps_in_composition_at_a_misspelt_law_are_not_called_unmoved(case, pump):
    assert messages(lambda: case(pump, ("conduction, fick", "conducton, fick"))) == ['unknown law "conducton"']


def test_a_balance_without_a_flux_is_named_with_its_cures():
    builder = whole(laws="[conduction]", boundaries="{default: {T: no_flux, x_A: no_flux}}", solve="{transient: 1}")
    note_unmoved(builder, trial_of(builder), {0})
    (problem,) = builder.diagnostics.errors
    assert wrong(builder) == ["no law gives the A balance a flux"] and "fick" in problem.expected


def test_a_given_temperature_leaves_no_energy_to_solve():
    T, A = (balance.field for balance in binary().balances)
    assert list(fixing_parameters(binary(), T)) == ["temperature"] and not list(fixing_parameters(binary(), A))
