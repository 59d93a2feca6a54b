"""Data that jump in time: never stepped over, seen from one side at a time, right where outputs are asked for too."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from fvtransport.plugins.handles import energy
from fvtransport.plugins.properties.square import Square
from hypothesis import given, settings, strategies

import fvtransport
from fvtransport import Constant, Property
from fvtransport.discretisation.build import build
from fvtransport.discretisation.jacobian import Jacobian
from fvtransport.discretisation.layout import Layout
from tests.tools.cases import PURE, case_text, line

SLAB = case_text(
    PURE,
    title="a slab between a square wave and insulation",
    mesh=line(cells=200),
    initial="{T: 2.0}",
    boundaries="{left: {T: {%s}}, right: {T: no_flux}}",
    solve="{transient: {until: %s, rtol: %s, samples: 0}}",
    observe="{heat: {heat_from: left, at: %s}}",
)


@pytest.mark.parametrize("rtol", [1e-2, 1e-4, 1e-8])
@pytest.mark.parametrize("duty", [1e-6, 1e-3, 0.5])
def test_no_pulse_is_stepped_over(run_text, rtol, duty):
    """Pulses of heat, however short against the period and loose the tolerance: their heat is
    exact, as time's digits allow.
    """
    wave = f"neumann: {{square: {{low: 0.0, high: {-1 / duty}, period: 10.0, duty: {duty}, start: 3.0}}}}"
    result = run_text(SLAB % (wave, 50.0, rtol, [3.0, 12.9, 22.9, 50.0]))
    assert result.ending.succeeded
    assert result.observables["heat"].value == pytest.approx([0.0, 10.0, 20.0, 50.0], rel=1e-8, abs=1e-9)


def test_heat_per_period_is_the_closed_form(run_text):
    """Wall at 3 and 1 by turns: in the periodic state a slab takes up and gives back 2 sum 2/mu^2
    tanh(mu^2 P/4) per period.
    """
    period = 0.8
    mu = (np.arange(200_000) + 0.5) * np.pi
    exact = 2 * (2 / mu**2 * np.tanh(mu**2 * period / 4)).sum()
    wave = f"dirichlet: {{square: {{low: 1.0, high: 3.0, period: {period}}}}}"
    times = [period * k / 2 for k in (14, 15, 16)]
    heat = run_text(SLAB % (wave, times[-1], 1e-8, times)).observables["heat"].value
    assert heat[1] - heat[0] == pytest.approx(exact, rel=1e-5, abs=0)
    assert heat[2] - heat[1] == pytest.approx(-exact, rel=1e-5, abs=0)


def test_an_output_at_a_jump_shows_the_side_behind(run_text):
    wave = "dirichlet: {step: {before: 2.0, after: 5.0, at: 0.1}}"
    result = run_text(SLAB % (wave, 0.1, 1e-6, [0.05, 0.1]))
    before, at = (next(s for s in result.snapshots if s.t == t) for t in (0.05, 0.1))
    assert before.values[0][0] == 2.0 and at.values[0][0] == 5.0 and at.solved[0][0] == 5.0
    assert np.allclose(at.values[0][1:-1], 2.0, rtol=1e-12, atol=0), "the cells have not felt it yet"
    assert result.observables["heat"].value == pytest.approx([0.0, 0.0], abs=1e-12)
    assert at.flux(energy, "left") == pytest.approx(3.0 * 2 * 200, rel=1e-12, abs=0)
    assert all(line.closes(1e-6) for line in result.balance)


def test_the_same_jump_twice_and_a_jump_at_the_start(run_text):
    """A step at the start is behind already; equal jumps in law and wall are one."""
    step = "{step: {before: 7.0, after: 0.0, at: 0.0}}"
    result = run_text(SLAB % (f"neumann: {step}", 0.2, 1e-6, [0.2]))
    assert result.observables["heat"].value == 0.0
    both = "laws=[conduction, source: {balance: energy, rate: {step: {before: 0.0, after: 4.0, at: 0.1}}}]"
    wave = "neumann: {step: {before: 0.0, after: 4.0, at: 0.1}}"
    last = run_text(SLAB % (wave, 0.3, 1e-6, [0.3]), both).snapshots[-1]
    assert last.cumulative_production(energy) == pytest.approx(0.8, rel=1e-12, abs=0)
    assert last.cumulative_outflow(energy, "left") == pytest.approx(0.8, rel=1e-12, abs=0)


def test_schedule_and_table(run_text):
    """Heat in by turns, 0 then 2 then 5; and along the broken line (0, 0), (1, 0),
    (1.001, 1000), (1.002, 0), (3, 0).
    """
    turns = "neumann: {schedule: {at: [0.0, 0.5, 1.5], values: [0.0, -2.0, -5.0]}}"
    heat = run_text(SLAB % (turns, 2.0, 1e-2, [0.5, 1.5, 2.0])).observables["heat"].value
    assert heat == pytest.approx([0.0, 2.0, 4.5], rel=1e-9, abs=1e-12)
    spike = "neumann: {table: {of: t, at: [0, 1, 1.001, 1.002, 3], values: [0, 0, -1000, 0, 0]}}"
    heat = run_text(SLAB % (spike, 2.0, 1e-4, [1.0, 2.0])).observables["heat"].value
    assert heat == pytest.approx([0.0, 1.0], rel=1e-3, abs=1e-9)


def test_an_output_next_to_a_jump_in_the_last_digit(run_text):
    """0.3 is not 3 x 0.1, which is where the wave rises."""
    wave = "neumann: {square: {low: 0.0, high: -1.0, period: 0.1}}"
    result = run_text(SLAB % (wave, 1.0, 1e-4, [0.1, 0.10000000000000002, 0.3, 0.7, 0.75]))
    assert result.ending.succeeded
    assert result.observables["heat"].value == pytest.approx([0.05, 0.05, 0.15, 0.35, 0.4], rel=1e-12, abs=0)


def test_nested_data_tell_their_jumps(run_text):
    inner = "{step: {before: 0.0, after: -3.0, at: 0.0123}}"
    wave = f"neumann: {{step: {{before: {inner}, after: 0.0, at: 0.0125}}}}"
    assert run_text(SLAB % (wave, 5.0, 1e-2, [5.0])).observables["heat"].value == pytest.approx(
        3 * 2e-4, rel=1e-9, abs=0
    )


class Watched(Property):
    """A step at t = 1 that remembers when it was asked."""

    asked: Any

    def __call__(self, at):
        self.asked.append(at.t)
        return 5.0 if at.t >= 1.0 else 2.0

    def jumps(self, start, until):
        return (1.0,)


def test_a_segment_never_sees_the_other_side(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(SLAB % ("dirichlet: 2.0", 2.0, 1e-6, [0.7, 1.0, 2.0]))
    case = fvtransport.check(path)
    (boundary, field), watched = ("left", energy.field), Watched(asked=[])
    kept = case.boundaries[boundary][field]
    condition = dataclasses.replace(kept, condition=type(kept.condition)(value=watched))
    boundaries = {**case.boundaries, boundary: {field: condition}}
    fvtransport.run(dataclasses.replace(case, boundaries=boundaries))
    times = np.array(watched.asked)
    crossing = int(np.argmax(times >= 1.0))
    assert crossing > 10 and 1.0 - 1e-14 < times[:crossing].max() < 1.0, "up to the jump, from its left"
    assert times[crossing] == 1.0 and times[crossing:].min() == 1.0, "then from its right alone"


def test_derivatives_from_before_a_jump_are_forgotten(tmp_path, monkeypatch):
    (tmp_path / "case.yaml").write_text(SLAB % ("dirichlet: 2.0", 2.0, 1e-6, [2.0]))
    problem = build(fvtransport.check(tmp_path / "case.yaml"))
    jacobian = Jacobian(problem.system, Layout(problem.system, totals=False), problem.scale)
    asked, differentiate = [], jacobian.differences.differentiate
    monkeypatch.setattr(
        jacobian.differences, "differentiate", lambda *state: asked.append(state) or differentiate(*state)
    )
    mass = np.zeros((1, 1, 200))
    for _ in range(20):
        jacobian.data(0.0, problem.values, 1.0, mass, fresh=False)
    trusted = len(asked)
    jacobian.invalidate()
    jacobian.data(0.0, problem.values, 1.0, mass, fresh=False)
    assert trusted < 10 and len(asked) == trusted + 1


@settings(max_examples=200, deadline=None)
@given(
    period=strategies.floats(1e-6, 1e6),
    duty=strategies.floats(0.01, 0.99),
    start=strategies.floats(-1e3, 1e3),
    skipped=strategies.floats(0.0, 1e3),
)
def test_a_wave_changes_at_its_jumps_and_nowhere_else(period, duty, start, skipped):
    wave = Square(low=Constant(value=0.0), high=Constant(value=1.0), period=period, duty=duty, start=start)
    begin = start + skipped * period
    jumps = wave.jumps(begin, begin + 5 * period)
    assert 8 <= len(jumps) <= 11 and all(begin < time <= begin + 5 * period for time in jumps)
    for time, following in zip(jumps, [*jumps[1:], None]):
        assert wave._is_high(time) != wave._is_high(np.nextafter(time, -np.inf))
        if following is not None:
            assert (
                wave._is_high(time)
                == wave._is_high(0.5 * (time + following))
                == wave._is_high(np.nextafter(following, -np.inf))
            )


@pytest.mark.parametrize(
    "wave, says",
    [
        ("square: {low: 1.0, high: 2.0, period: 0}", "period = 0 is out of range"),
        ("square: {low: 1.0, high: 2.0, period: 1, duty: 2}", "in [0, 1]"),
        ("schedule: {at: [1, 0], values: [1, 2]}", "do not rise"),
        ("schedule: {at: [0, 1], values: [1, 2, 3]}", "2 times and 3 values"),
        ("table: {of: t, at: [0, 1], values: [1, 2]}", "t = 5 is outside the table"),
        ("step: {before: -1.0, after: 2.0, at: 1.0}", "T: value = -1"),
    ],
)
def test_mistakes(complaints, wave, says):
    found = complaints(SLAB % (f"dirichlet: {{{wave}}}", 5.0, 1e-6, [1.0]))
    assert any(says in each for each in found), found


def test_a_steady_case_has_no_jumps(complaints):
    text = SLAB % ("dirichlet: {step: {before: 1.0, after: 2.0, at: 1.0}}", 5.0, 1e-6, [1.0])
    assert any("a steady case has no time" in each for each in complaints(text, "solve=steady", "observe={}"))
    assert any(
        "cannot depend on t" in each
        for each in complaints(text, "initial.T={step: {before: 1.0, after: 2.0, at: 1.0}}")
    )
