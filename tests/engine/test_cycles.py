"""Phases in turn: periodic states with a closed form, exact edges, books that close in every phase, named endings."""

from __future__ import annotations

import dataclasses
import functools
import gc
import itertools
import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
from fvtransport.plugins.handles import energy

import fvtransport
from fvtransport import Property
from fvtransport.discretisation.build import build
from fvtransport.outcome import Outcome
from fvtransport.solvers.cycles import CycleRunner
from fvtransport.solvers.solve import solve
from tests.tools.cases import PURE, case_text, line

SLAB = case_text(
    PURE,
    title="a slab between a bath and insulation",
    parameters="{hot: 3.0, cold: 1.0}",
    mesh=line(cells=200),
    initial="{T: 2.0}",
    boundaries="{left: {T: {dirichlet: hot}}, right: {T: no_flux}}",
    solve="{transient: {rtol: 1.0e-8}}",
    protocol="""
  phases:
    heating: {duration: 0.2}
    cooling: {duration: 0.4, boundaries: {left: {T: {dirichlet: cold}}}}
  repeat: 3""",
    observe="""
  Q: {heat_from: left}
  heat: {heat_from: left, over: heating}
  power: {heat_from: left, mean_over: cooling}
  Q_cycle: {heat_from: left, over: cycle}
  dU: {amount: energy, over: cycle}""",
)
PERIODIC = "protocol.repeat=until_periodic"


def periodic_heat(heating: float, cooling: float, step: float) -> float:
    """What the slab takes up per cycle in its periodic state, by its modes: each relaxes towards the wall at mu^2."""
    mu = (np.arange(2000) + 0.5) * np.pi
    one, other = -np.expm1(-(mu**2) * heating), -np.expm1(-(mu**2) * cooling)
    return float(step * (1.0 - (2.0 / mu**2 * (1.0 - one * other / -np.expm1(-(mu**2) * (heating + cooling)))).sum()))


def of(result, name):
    return result.protocol["observables"][name]


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """A function that runs the slab as it is, with other settings once each; leave the results as they are."""
    path = tmp_path_factory.mktemp("slab") / "case.yaml"
    path.write_text(SLAB, encoding="utf-8")
    return functools.cache(lambda *overrides: fvtransport.run(path, overrides))


def test_the_periodic_state_is_that_of_the_closed_form(solved):
    result = solved(PERIODIC)
    assert result.ending.succeeded and result.protocol["periodic"] and result.exit_code == 0
    assert result.observables["heat"].value == pytest.approx(periodic_heat(0.2, 0.4, 2.0), rel=1e-5, abs=0)
    assert of(result, "heat")["cooling"][-1] == pytest.approx(-result.observables["heat"].value, rel=1e-7, abs=0)
    assert result.observables["power"].value == pytest.approx(of(result, "heat")["cooling"][-1] / 0.4, rel=1e-14, abs=0)
    assert result.observables["power"].unit == "reduced"


@pytest.mark.slow
def test_the_error_is_of_second_order_in_space(solved):
    exact = periodic_heat(0.2, 0.4, 2.0)
    sizes = [PERIODIC, "mesh.cells=50"], [PERIODIC, "mesh.cells=100"], [PERIODIC]
    errors = [solved(*overrides).observables["heat"].value / exact - 1 for overrides in sizes]
    assert [math.log2(a / b) for a, b in itertools.pairwise(errors)] == pytest.approx([2.0, 2.0], abs=0.05), errors


def test_changes_shrink_at_the_pace_of_the_slowest_mode(solved):
    """The difference from the periodic state decays as exp(-(pi/2)^2 t)."""
    result = solved(PERIODIC)
    changes = result.protocol["change"]
    assert changes[-1] <= 1e-8 < changes[-2] and len(changes) == result.protocol["cycles"]
    pace = math.exp(-0.6 * math.pi**2 / 4)
    assert np.array(changes[3:8]) / changes[2:7] == pytest.approx(np.full(5, pace), rel=1e-3)
    assert result.protocol["remaining"] == pytest.approx(changes[-1] * pace / (1 - pace), rel=0.05)


def test_cycles_are_one_run_under_a_square_wave(run_text, solved):
    edges = [0.2, 0.6, 0.8, 1.2, 1.4, 1.8]
    one = SLAB[: SLAB.index("protocol:")].replace("rtol", "until: 1.8, rtol").replace(
        "{dirichlet: hot}", "{dirichlet: {square: {low: cold, high: hot, period: 0.6, duty: 0.3333333333333333}}}"
    ) + f"observe: {{Q: {{heat_from: left, at: {edges}}}}}\n"  # fmt: skip
    whole = np.diff([0.0, *run_text(one).observables["Q"].value])
    parts = solved()
    by_phase = np.ravel([(a, b) for a, b in zip(of(parts, "heat")["heating"], of(parts, "heat")["cooling"])])
    assert by_phase == pytest.approx(whole, rel=2e-7, abs=0)
    assert parts.observables["Q"].value == pytest.approx(whole.sum(), rel=2e-7, abs=0)


def test_books_close_to_round_off_over_phases_cycles_and_the_run(run_text):
    result = run_text(SLAB, "protocol.repeat=20", "solve.transient.rtol=1e-4")
    table = result.protocol["balance"]["energy"]
    for record, cycles in (("heating", 20), ("cooling", 20), ("cycle", 20)):
        assert len(table[record]["error"]) == cycles and np.abs(table[record]["error"]).max() < 1e-13
    assert abs(result.balance[0].error) < 1e-12
    assert sum(of(result, "Q_cycle")["cycle"]) == pytest.approx(result.observables["Q"].value, rel=1e-12, abs=0)
    rows = of(result, "heat")
    assert np.add(rows["heating"], rows["cooling"]) == pytest.approx(rows["cycle"], rel=1e-10, abs=1e-13)
    assert result.snapshots[-1].cumulative_outflow(energy, "left") == -result.observables["Q"].value


class Watched(Property):
    """A wall temperature that remembers when it was asked for."""

    asked: Any

    def __call__(self, at):
        self.asked.append((at.t, at.phase_time))
        return 2.0 + at.phase_time


@pytest.fixture
def checked(tmp_path):
    def of(text: str, *overrides: str):
        path = tmp_path / "case.yaml"
        path.write_text(text)
        return fvtransport.check(path, overrides)

    return of


def test_a_phase_is_asked_for_nothing_outside_its_own_time(checked):
    case, watched = checked(SLAB), Watched(asked=[])
    first, second = case.protocol.phases
    ((field, kept),) = first.case.boundaries["left"].items()
    condition = dataclasses.replace(kept, condition=type(kept.condition)(value=watched))
    own = dataclasses.replace(second.case, boundaries={**second.case.boundaries, "left": {field: condition}})
    protocol = dataclasses.replace(case.protocol, phases=(first, dataclasses.replace(second, case=own)))
    case = dataclasses.replace(case, protocol=protocol)
    problem = build(case)
    cycling = CycleRunner(case, problem)
    watched.asked.clear()
    cycling.run({})
    edges = [protocol.edges(0.0, cycle) for cycle in range(3)]
    for t, since in watched.asked:
        begin, end = next((e[1], e[2]) for e in edges if e[1] <= t <= e[2])
        assert since == t - begin and 0.0 <= since <= end - begin
    times = {t for t, _ in watched.asked}
    assert {e[1] for e in edges} <= times and len(watched.asked) > 500
    ends = [snapshot.t for snapshot in cycling.snapshots if snapshot.occurrence.phase == "cooling"]
    assert ends[-1] == edges[2][2] == cycling.cycle_history.records[-1].end


def test_states_are_handed_over_to_the_last_digit(solved):
    snapshots = solved().snapshots
    cells = snapshots[0].system.geometry.cells
    edges = [
        (a, b)
        for a, b in itertools.pairwise(snapshots)
        if a.occurrence.cycle == b.occurrence.cycle and a.occurrence != b.occurrence
    ]
    assert len(edges) == 2
    for before, after in edges:
        assert before.t == after.t and np.array_equal(before.solved[:, cells], after.solved[:, cells])
        assert after.on_boundary(energy.field, "left") == 1.0 and before.on_boundary(energy.field, "left") == 3.0
        assert before.cumulative_outflow(energy, "left") == after.cumulative_outflow(energy, "left")


def test_snapshots_are_those_of_the_first_and_last_cycle_and_of_asked_times(run_text):
    result = run_text(SLAB, "protocol.repeat=10", "observe.Q.at=[0.15, 2.0, 3.5]", "solve.transient.samples=8")
    cycles = [snapshot.occurrence.cycle for snapshot in result.snapshots]
    assert set(cycles) == {1, 4, 6, 10} and cycles == sorted(cycles)
    assert [snapshot.t for snapshot in result.snapshots if snapshot.occurrence.cycle in (4, 6)] == [2.0, 3.5]
    assert cycles.count(1) == 1 + cycles.count(10) == 13, "four samples and both edges of each phase; one asked for"
    assert all(math.isfinite(value) for value in result.observables["Q"].value)
    assert cycles.count(1) < 20


def test_an_observable_read_at_an_edge_shows_the_phase_that_begins(run_text):
    observe = "observe={T: {surface: {of: T, boundary: left}, at: [0.2, 1.8]}}"
    text = SLAB.replace("duration: 0.4", "duration: 0.7")
    assert run_text(text, observe).observables["T"].value == [1.0, 3.0]


def test_jumps_inside_a_phase_and_at_its_end(run_text):
    """Heat in by pulses that rise inside the second phase and on its edge: what comes in is exact."""
    wave = "{square: {low: 0.0, high: -10.0, period: 0.3, duty: 0.1, start: 0.0}}"
    phases = "protocol.phases={a: {duration: 0.15, boundaries: {left: {T: no_flux}}}, b: {duration: 0.45}}"
    result = run_text(
        SLAB,
        phases,
        f"boundaries.left.T={{neumann: {wave}}}",
        "solve.transient.rtol=1e-3",
        "protocol.repeat=2",
        "observe={Q: {heat_from: left, over: b}}",
    )
    assert of(result, "Q")["b"] == pytest.approx([0.3, 0.3], rel=1e-9) and of(result, "Q")["a"] == [0.0, 0.0]
    last = result.snapshots[-1]
    assert last.t == pytest.approx(1.2, rel=1e-15) and last.flux(energy, "left") == 0.0, (
        "the pulse that begins there is not its own"
    )


def test_ramps_begin_anew_with_their_phase(run_text):
    """A flux that rises from 0 to 5 in 0.1 of each phase: 5 (duration - 0.05)."""
    ramp = "{neumann: {ramp: {from: 0.0, to: -5.0, over: 0.1}}}"
    result = run_text(
        SLAB,
        f"boundaries.left.T={ramp}",
        f"protocol.phases.cooling.boundaries.left.T={ramp}",
        "solve.transient.rtol=1e-5",
    )
    rows = of(result, "heat")
    assert rows["heating"] == pytest.approx([0.75] * 3, rel=1e-9) and rows["cooling"] == pytest.approx(
        [1.75] * 3, rel=1e-9
    )
    cooling = [snapshot for snapshot in result.snapshots if snapshot.occurrence.phase == "cooling"]
    begin = {snapshot.occurrence.cycle: snapshot.t for snapshot in reversed(cooling)}
    since = np.array([snapshot.t - begin[snapshot.occurrence.cycle] for snapshot in cooling])
    fluxes = [snapshot.flux(energy, "left") for snapshot in cooling]
    assert fluxes == pytest.approx(np.minimum(50 * since, 5.0), rel=1e-9, abs=1e-12), (
        "early snapshots know when their phase began"
    )
    assert ((since > 0.0) & (since < 0.1)).sum() > 10


def test_a_ramp_without_phases_counts_from_the_start_of_the_run(run_text):
    text = (
        SLAB[: SLAB.index("protocol:")].replace("rtol", "start: 7.0, until: 7.5, rtol")
        + "observe: {Q: {heat_from: left}}\n"
    )
    ramp = "boundaries.left.T={neumann: {ramp: {from: 0.0, to: -5.0, over: 0.1}}}"
    assert run_text(text, ramp).observables["Q"].value == pytest.approx(5 * 0.45, rel=1e-9)


def test_laws_sources_and_gathering_differ_by_phase(run_text):
    """A source in one phase only: the totals run on through phases with other unknowns."""
    laws = "protocol.phases.heating.laws=[conduction, source: {balance: energy, rate: 3.0}]"
    observe = (
        "observe={W: work, W_cycle: {work: {}, over: cycle}, S: entropy_produced, S_c: {entropy_produced: {}, "
        "over: cooling}}"
    )
    result = run_text(SLAB, laws, observe, "boundaries.left.T=no_flux")
    assert result.exit_code == 0
    assert result.observables["W"].value == pytest.approx(3 * 3.0 * 0.2, rel=1e-12)
    assert of(result, "W_cycle")["cooling"] == [0.0] * 3 and of(result, "W_cycle")["heating"] == pytest.approx(
        [0.6] * 3, rel=1e-12
    )
    rows = of(result, "S_c")
    assert sum(rows["heating"]) + sum(rows["cooling"]) == pytest.approx(result.observables["S"].value, rel=1e-10)
    assert min(rows["cooling"]) > 0.0


def test_not_periodic_is_a_named_ending_and_no_number(run_text):
    result = run_text(SLAB, "protocol.repeat={until_periodic: {max_cycles: 5}}")
    assert result.ending.outcome is Outcome.NOT_PERIODIC and result.exit_code == 3
    assert "after 5 cycles the state still changes by 0.00055 per cycle" in result.ending.message
    assert "at this pace it takes 8 more" in result.ending.message
    assert run_text(SLAB, "protocol.repeat={until_periodic: {max_cycles: 13}}").ending.succeeded
    assert run_text(SLAB, "protocol.repeat={until_periodic: {max_cycles: 1}}").ending.message.endswith(
        "is allowed; raise max_cycles"
    )
    assert math.isnan(result.observables["heat"].value) and math.isnan(result.observables["Q"].value)
    assert result.protocol["periodic"] is False and len(result.protocol["change"]) == 5


def test_a_state_that_drifts_for_ever_is_not_periodic(run_text):
    drift = "boundaries.left.T={neumann: -1.0}", "protocol.phases.cooling.boundaries.left.T=no_flux"
    result = run_text(SLAB, *drift, "protocol.repeat={until_periodic: {max_cycles: 6}}")
    assert result.ending.outcome is Outcome.NOT_PERIODIC and "no longer comes closer" in result.ending.message


def test_a_state_that_repeats_itself_at_once_takes_one_cycle(run_text):
    result = run_text(SLAB, "parameters.hot=2", "parameters.cold=2", PERIODIC)
    assert result.ending.succeeded and result.protocol["cycles"] == 1


def test_a_failure_says_where_and_keeps_what_was_done(run_text):
    freezing = "protocol.phases.cooling.boundaries.left.T={neumann: 5.0}"
    result = run_text(SLAB, freezing, "protocol.repeat=9")
    assert result.ending.outcome is Outcome.OUT_OF_RANGE and result.exit_code == 3
    assert "in phase cooling of cycle 1" in result.ending.message
    assert result.snapshots[-1].occurrence.phase == "cooling" and 0.2 < result.snapshots[-1].t < 0.6
    assert of(result, "heat")["heating"] and not of(result, "heat")["cooling"]
    assert math.isnan(result.observables["heat"].value)


def test_an_interruption_keeps_what_was_done(checked):
    case = checked(SLAB, "protocol.repeat=50")
    problem = build(case)

    def stop(counters):
        if counters.time > 1.3:
            raise KeyboardInterrupt

    found = solve(case, problem, stop)
    assert found.ending.outcome is Outcome.INTERRUPTED
    whole = [record.cycle for record in found.cycle_history.records if record.name == "cycle"]
    assert whole == list(range(1, len(whole) + 1)) and 1 < len(whole) < 50
    result = fvtransport.results.result.Result.of(case, problem, found)
    assert result.exit_code == 130 and len(result.protocol["change"]) == len(whole) and result.balances
    assert math.isnan(result.observables["Q_cycle"].value)


@pytest.mark.slow
def test_memory_does_not_grow_with_cycles(checked):
    """What stays of a cycle are a few numbers, below 10 kB; a single snapshot of these cells is more."""
    case = checked(SLAB, "mesh.cells=2000", "solve.transient.rtol=1e-2", "protocol.phases.heating.duration=1e-9",
                   "protocol.phases.cooling.duration=1e-9", "protocol.repeat=15")  # fmt: skip
    problem = build(case)
    few = dataclasses.replace(case, protocol=dataclasses.replace(case.protocol, cycles=5))
    used = []
    for each in (few, case):
        gc.collect()
        tracemalloc.start()
        solved = solve(each, problem)
        gc.collect()
        used.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert solved.ending.succeeded
    assert (used[1] - used[0]) / 10 < 10_000, used


def test_two_dimensions_and_other_meshes(run_text):
    text = SLAB.replace("{type: Grid1D, length: 1.0, cells: 200}", "{type: Grid2D, length: [1.0, 1.0], cells: [40, 4]}")
    text = text.replace("right: {T: no_flux}", "default: {T: no_flux}")
    result = run_text(
        text, PERIODIC, "solve.transient.rtol=1e-6", "protocol.repeat={until_periodic: {tolerance: 1e-5}}"
    )
    assert result.exit_code == 0
    assert result.observables["heat"].value == pytest.approx(periodic_heat(0.2, 0.4, 2.0), rel=1e-3, abs=0)


def test_storage_that_is_not_linear(run_text):
    result = run_text(
        SLAB,
        "properties.heat_capacity=1 + 0.3*T",
        "mixture={pure: {reference_temperature: 2.0}}",
        "mesh.cells=20",
        "protocol.repeat=2",
        "solve.transient.rtol=1e-5",
    )
    assert result.exit_code == 0
    table = result.protocol["balance"]["energy"]
    assert max(np.abs(table[record]["error"]).max() for record in ("heating", "cooling", "cycle")) < 1e-12
