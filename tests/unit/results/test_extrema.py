"""Moments of a history: largest, smallest and zero between snapshots, of high order."""

from __future__ import annotations

import numpy as np
import pytest

from fvtransport.case.model import Reduction
from fvtransport.results.extrema import reduced
from tests.tools.cases import PURE, case_text, line

T = 4.0 * np.linspace(0.0, 1.0, 60) ** 1.5


def history(t):
    return t * np.exp(-t)


@pytest.mark.parametrize(
    "take, exact",
    [
        (Reduction.MAX, np.exp(-1.0)),
        (Reduction.ARGMAX, 1.0),
        (Reduction.MIN, -np.exp(-1.0)),
        (Reduction.ARGMIN, 1.0),
    ],
)
def test_an_extremum_between_samples(take, exact):
    sign = 1.0 if "MAX" in take.name else -1.0
    assert 1.0 not in T
    assert reduced(take, T, sign * history(T)) == pytest.approx(exact, rel=1e-7)


def test_an_extremum_at_an_end_is_that_of_the_end():
    assert reduced(Reduction.MAX, T, np.exp(T)) == np.exp(4.0)
    assert reduced(Reduction.ARGMIN, T, np.exp(T)) == 0.0


def test_the_first_zero():
    assert reduced(Reduction.FIRST_ZERO, T, np.cos(T)) == pytest.approx(np.pi / 2, rel=1e-9)
    assert reduced(Reduction.FIRST_ZERO, T, np.sin(T)) == pytest.approx(np.pi, rel=1e-9)


def test_no_zero_is_no_number():
    assert np.isnan(reduced(Reduction.FIRST_ZERO, T, np.exp(-T)))
    assert np.isnan(reduced(Reduction.MAX, [0.0], [1.0]))


CASE = case_text(
    PURE,
    mesh=line(1, 10),
    properties="{conductivity: 1, heat_capacity: 1}",
    initial="{T: 1}",
    boundaries="{left: {T: {dirichlet: 1 + sin(t)}}, right: {T: no_flux}}",
    solve="{transient: {until: 3, rtol: 1e-9}}",
    observe="{highest: {surface: {of: T, boundary: left}, reduce: max}, when: {surface: {of: T, boundary: left}, "
    "reduce: argmax}}",
)


def test_a_case_takes_them(run_text):
    observables = run_text(CASE).observables
    assert observables["highest"].value == pytest.approx(2.0, rel=1e-7)
    assert observables["when"].value == pytest.approx(np.pi / 2, rel=1e-6)


@pytest.mark.parametrize(
    "entry, message",
    [
        ("{surface: {of: T, boundary: left}, reduce: biggest}", 'unknown reduce "biggest"'),
        ("{surface: {of: T, boundary: left}, reduce: max, at: 1}", "together with at or over; expected one of them"),
        ("{reduce: max}", "but no observable"),
    ],
)
def test_mistakes(run_text, entry, message):
    from fvtransport import CaseError

    with pytest.raises(CaseError) as error:
        run_text(CASE, f"observe.highest={entry}")
    assert message in str(error.value)


def test_a_steady_case_has_no_history(run_text):
    from fvtransport import CaseError

    with pytest.raises(CaseError, match="a steady case has none"):
        run_text(CASE, "solve=steady", "boundaries.left.T={dirichlet: 1}")
