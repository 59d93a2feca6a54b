"""Tables of phases and cycles from plain data: titles, columns, widths."""

from types import SimpleNamespace

import pytest

from fvtransport.case.model import CYCLE, Phase, Protocol
from fvtransport.report.cycle_tables import (
    balance_tables,
    observable_tables,
    phases_table,
    protocol_line,
    protocol_title,
    rows_by_phase,
)

INTERVALS = ("rest", "work", CYCLE)
DONE = {
    "cycles": 3, "change": [0.5, 0.01], "until_periodic": True, "periodic": True, "tolerance": 0.1,
    "phases": {"rest": 2.0, "work": 1.0}, "period": 3.0,
    "observables": {
        "Q": {"unit": "J", **{name: [0.0, value] for name, value in zip(INTERVALS, (4.0, 5.0, 9.0))}},
        "P": {"unit": "J", **{name: [1.0, value] for name, value in zip(INTERVALS, (4.0, 5.0, 9.0))}},
        "W": {"unit": "", **{name: [0.0, value] for name, value in zip(INTERVALS, (1.0, 2.0, 3.0))}},
    },
    "balance": {
        "energy": {"unit": "J", **{
            name: {"stored": [1.5], "left_through": {"left": [-2.5]}, "produced": [0.0], "error": [1e-16],
                   "relative_error": [2e-16], "closes": [True, name != "work"]}
            for name in INTERVALS}},
    },
}  # fmt: skip


def result(**changes):
    return SimpleNamespace(protocol={**DONE, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Protocol: periodic after 3 cycles; relative change of the state in the last cycle 0.01, tolerance 0.1"),
        ({"periodic": False}, "Protocol: NOT PERIODIC after 3 cycles"),
        ({"until_periodic": False, "cycles": 1}, "Protocol: 1 cycle; relative change"),
        ({"change": []}, "Protocol: no cycle was completed"),
    ],
)
def test_titles(changes, says):
    assert protocol_title(result(**changes)).startswith(says)


def test_equal_observables_share_a_column():
    ((title, headings, rows),) = observable_tables(result(), " [s]", 100)
    assert title.startswith("Protocol: periodic") and headings == ["cycle 3", "duration [s]", "Q, P [J]", "W"]
    assert rows == [("rest", "2", "4", "1"), ("work", "1", "5", "2"), (CYCLE, "3", "9", "3")]


def test_wide_tables_are_split():
    tables = observable_tables(result(), " [s]", 22)
    assert [headings for _, headings, _ in tables] == [["cycle 3", "duration [s]"], ["cycle 3", "Q, P [J]", "W"]]
    assert tables[1][0] == "Protocol, continued"


def test_a_balance_that_does_not_close_in_one_phase():
    ((title, headings, rows),) = balance_tables(result(), 100)
    assert title == "Balance of energy [J] by phase: NOT CLOSED" and headings == ["cycle 3", *INTERVALS]
    assert rows[0] == ("stored", "1.5", "1.5", "1.5") and rows[1][:2] == ("outflow through left", "-2.5")


@pytest.fixture
def case(made):
    own = made.slab(parameters={"k": 2.0})
    phases = (Phase("rest", 2.0, made.slab(parameters={"k": 1.0}), ("parameters", "laws")), Phase("work", 1.0, own))
    return made.slab(parameters={"k": 2.0}, protocol=Protocol(phases, 3), solve=made.pump().solve)


def test_phases_of_a_checked_case(case):
    assert protocol_line(case) == "rest (2 s) and work (1 s), 3 cycles"
    _, headings, rows = phases_table(case)
    assert headings[0] == "phase" and rows == [("rest", "0", "2", "k = 1, laws"), ("work", "2", "1", "")]


def test_rows_name_the_phases_that_they_are_of(case, made):
    assert rows_by_phase(case, lambda own: [("k", str(own.parameters["k"])), ("all", "x")]) == [
        ("k", "1.0", "rest"), ("all", "x", ""), ("k", "2.0", "work"),
    ]  # fmt: skip
    assert rows_by_phase(made.slab(), lambda own: [("a",)]) == [("a",)]
