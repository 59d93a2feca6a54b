"""A ramp: a straight line in the time of its phase, then constant; what the solver is told of it; mistakes."""

from __future__ import annotations

import numpy as np
import pytest
from fvtransport.plugins.properties.ramp import Ramp
from fvtransport.plugins.properties.step import Step
from hypothesis import given, settings, strategies

from fvtransport import Constant, View
from tests.tools.cases import PURE, case_text, line

CASE = case_text(
    PURE,
    mesh=line(cells=10),
    initial="{T: 2.0}",
    boundaries="{left: {T: {dirichlet: {ramp: {%s}}}}, right: {T: no_flux}}",
    solve="{transient: {start: 3.0, until: 5.0, rtol: 1.0e-6}}",
    observe="{T: {surface: {of: T, boundary: left}, at: [3.25, 3.5, 4.0, 5.0]}}",
)


class Phase:
    """A medium that knows when its phase began."""

    def __init__(self, start: float) -> None:
        self.phase_start = start


def made(before, after, over: float) -> Ramp:
    values = [each if not isinstance(each, float) else Constant(value=each) for each in (before, after)]
    return Ramp(**{"from": values[0], "to": values[1], "over": over})


def at(ramp: Ramp, start: float, t: float) -> float:
    return ramp(View(Phase(start), t))


@settings(deadline=None)
@given(
    start=strategies.floats(-1e6, 1e6), over=strategies.floats(1e-3, 1e6), share=strategies.floats(0.0, 1.0),
    ends=strategies.tuples(strategies.floats(-1e3, 1e3), strategies.floats(-1e3, 1e3)),
)  # fmt: skip
def test_it_goes_straight_from_one_end_to_the_other(start, over, share, ends):
    ramp, size = made(*ends, over), max(map(abs, ends))
    slack = 4e-16 * (abs(start) + over) / over * abs(ends[1] - ends[0]) + 1e-14 * size
    assert at(ramp, start, start) == ends[0]
    assert at(ramp, start, start + share * over) == pytest.approx(
        ends[0] + share * (ends[1] - ends[0]), abs=slack, rel=0
    )
    assert at(ramp, start, start + 2.0 * over + 1.0) == ends[1]
    assert min(ends) - slack <= at(ramp, start, start + over) <= max(ends) + slack


def test_its_end_is_a_kink_where_it_lies_inside():
    ramp = made(0.0, 1.0, 0.5)
    assert ramp.jumps(7.0, 9.0) == (7.5,) and ramp.jumps(7.0, 7.5) == (7.5,) and ramp.jumps(7.0, 7.4) == ()
    inner = Step(before=Constant(value=0.0), after=Constant(value=1.0), at=8.0)
    assert made(inner, 2.0, 0.5).jumps(7.0, 9.0) == (7.5, 8.0)


def test_its_ends_may_be_functions():
    inner = Step(before=Constant(value=1.0), after=Constant(value=3.0), at=0.25)
    assert at(made(0.0, inner, 1.0), 0.0, 0.2) == 0.2 and at(made(0.0, inner, 1.0), 0.0, 0.5) == 1.5


def test_a_run_follows_it_from_its_start(run_text):
    result = run_text(CASE % "from: 2.0, to: 4.0, over: 1.0")
    assert result.observables["T"].value == pytest.approx([2.5, 3.0, 4.0, 4.0], rel=1e-12)
    counted = [np.isclose(snapshot.t, 4.0, rtol=0, atol=0) for snapshot in result.snapshots]
    assert any(counted), "a step ends where the ramp does"


@pytest.mark.parametrize(
    "ramp, says",
    [
        ("from: 2.0, to: 4.0", "ramp lacks over; expected over [s]"),
        ("from: 2.0, to: 4.0, over: 0", "over = 0 is out of range"),
        ("from: 2.0, too: 4.0, over: 1", 'ramp has no parameter "too"'),
    ],
)
def test_mistakes(complaints, ramp, says):
    found = complaints(CASE % ramp)
    assert any(says in each for each in found), found


def test_a_steady_case_has_none(complaints):
    found = complaints(CASE % "from: 2.0, to: 4.0, over: 1.0", "solve=steady", "observe={}")
    assert any("a steady case has no time" in each for each in found)
