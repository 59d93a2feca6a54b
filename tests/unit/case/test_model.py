"""A checked case as data: ways to solve, places in the file, phases and their edges."""

from pathlib import Path

import pytest

from fvtransport.case.model import CYCLE, Phase, Protocol, Reduction, SteadySpec, TransientSpec


@pytest.fixture
def protocol(made):
    case = made.slab()
    return Protocol((Phase("rest", 0.1, case), Phase("work", 0.2, case, ("laws",))), cycles=3)


def test_a_case_is_steady_or_runs_in_time(made):
    steady, transient = made.slab(), made.pump()
    assert steady.is_steady and not transient.is_steady
    assert isinstance(steady.steady, SteadySpec) and isinstance(transient.transient, TransientSpec)
    with pytest.raises(TypeError, match="is steady"):
        _ = steady.transient
    with pytest.raises(TypeError, match="runs in time"):
        _ = transient.steady


def test_a_linearised_law_makes_a_linearised_case(made):
    assert made.pump().is_linearised and not made.slab().is_linearised


def test_a_case_by_hand_has_one_place(made):
    mark = made.slab(path=Path("a.yaml")).mark("laws", 0)
    assert (mark.source, mark.line, mark.column) == ("a.yaml", 1, 1)


def test_edges_of_cycles(protocol):
    assert protocol.period == pytest.approx(0.3, rel=1e-15)
    assert protocol.edges(1.0, 0) == pytest.approx([1.0, 1.1, 1.3]) and protocol.edges(1.0, 2)[0] == pytest.approx(1.6)
    assert protocol.edges(0.0, 1)[0] == protocol.edges(0.0, 0)[-1]


def test_records_and_their_durations(protocol):
    assert protocol.records == ("rest", "work", CYCLE)
    assert [protocol.duration(name) for name in protocol.records] == [0.1, 0.2, protocol.period]


def test_some_reductions_are_times():
    assert {each for each in Reduction if each.is_time} == {Reduction.ARGMAX, Reduction.ARGMIN, Reduction.FIRST_ZERO}
