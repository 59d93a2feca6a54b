"""A case while it is being checked: blocks of the file, what could not be read, the period of a protocol."""

from pathlib import Path

import pytest

from fvtransport.case.model import SteadySpec, TransientSpec
from fvtransport.case.reading.builder import CaseBuilder, PhaseRead, ProtocolEntry
from fvtransport.case.reading.scope import Scope
from fvtransport.case.text.problems import InvalidValue
from fvtransport.case.text.units import UnitSystem
from fvtransport.case.text.yaml_reader import parse
from fvtransport.errors import Problem

TEXT = """\
title: a slab
audit: wern
mesh: {cells: 3}
laws: [fick]
initial:
"""


@pytest.fixture
def builder(registry):
    root = parse(TEXT, "a.yaml")
    return CaseBuilder(Path("a.yaml"), root, Scope(units=UnitSystem("SI"), registry=registry))


def _messages(builder):
    return [problem.message for problem in builder.diagnostics.errors]


def test_blocks_that_are_missing_or_empty_are_none(builder):
    assert builder.block("mesh") is not None
    assert builder.block("initial") is None and builder.block("solve") is None


def test_required_blocks_are_told_apart(builder):
    for name in ("mesh", "initial", "solve"):
        builder.require(name)
    assert _messages(builder) == ["initial is empty", "solve is missing"]
    assert builder.diagnostics.errors[0].mark.line == 5


def test_a_block_that_must_be_a_mapping(builder):
    assert list(builder.mapping("mesh")) == ["cells"] and builder.mapping("solve") == {}
    assert not _messages(builder)
    assert builder.mapping("laws") == {} and _messages(builder) == ["laws: found a list"]


def test_one_of_a_few_words(builder):
    assert builder.one_of("solve", ("warn", "off")) == "warn" and not _messages(builder)
    assert builder.one_of("audit", ("off", "warn")) == "off"
    (problem,) = builder.diagnostics.errors
    assert problem.message == 'unknown audit "wern"' and problem.nearest == "warn" and problem.mark.line == 2


def test_a_mistake_in_a_block_marks_it_as_unread(builder):
    builder.read("laws", lambda own: own.diagnostics.error(own.mark("laws"), "wrong"))
    builder.read("mesh", lambda own: own.diagnostics.warn(own.mark("mesh"), "odd"))
    builder.read("initial", lambda own: own.fail())
    assert builder.unread == {"laws", "initial"}


def test_checks_are_skipped_where_a_block_that_they_need_is_unread(builder):
    builder.unread.add("laws")
    assert builder.check("the balance", lambda: 1, needs=("mesh", "laws")) is None
    assert builder.check("the mesh", lambda a: a + 1, 1, needs=("mesh",)) == 2
    assert builder.diagnostics.skipped == ["the balance"]


def test_stopping_silently_notes_nothing(builder):
    with pytest.raises(InvalidValue) as caught:
        builder.fail()
    assert caught.value.problems == ()
    assert str(InvalidValue(Problem(builder.mark("mesh"), "wrong"))) == "wrong"


def test_places_in_the_file(builder):
    assert (builder.mark("mesh", "cells").line, builder.mark("mesh", "cells").column) == (3, 15)
    assert builder.mark("mesh", "cells", key=True).column == 8


def test_a_case_runs_in_time_where_its_solve_does(builder):
    assert not builder.is_transient and not builder.is_linearised and not builder.initial_known
    builder.solve = TransientSpec(until=1.0)
    assert builder.is_transient and builder.context.is_transient
    builder.solve = SteadySpec()
    assert not builder.is_transient


def test_the_scope_is_widened(builder):
    before = builder.scope
    builder.know(units=UnitSystem("reduced"))
    assert builder.scope.units.name == "reduced" and before.units.name == "SI"


@pytest.mark.parametrize("durations, period", [((1.0, 0.5), 1.5), ((0.1,) * 10, 1.0), ((1.0, None), None), ((), None)])
def test_the_period_is_known_where_all_durations_are(builder, durations, period):
    phases = tuple(PhaseRead(f"p{k}", each, builder.root) for k, each in enumerate(durations))
    assert ProtocolEntry(phases, 3, None).period == period
