"""Checks of a case as a whole."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError


def messages(load):
    with pytest.raises(CaseError) as caught:
        load()
    return [problem.message for problem in caught.value.problems]


def test_a_broken_mixture_hides_nothing_but_what_hangs_on_it(case, pump):
    negative = ("concentration: 0.1", "concentration: -1")
    misspelt = ("x_A: no_flux}\n  right", "x_C: no_flux}\n  right")
    found = messages(lambda: case(pump, negative, misspelt))
    assert [each.split(" ")[0] for each in found] == ["concentration", "unknown"]
    found = messages(lambda: case(pump, ("species: [A, B]", "species: [A]"), ("cells: 200", "cells: 0")))
    assert len(found) == 2
