"""Phases and cycles of a protocol, as tables for people: a title, headings and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..case.model import CYCLE, Case
from ..results.result import Result

__all__ = ["account_tables", "by_phase", "observed_tables", "phases_table", "protocol_line", "titled"]

Table = tuple[str, list[str], list[tuple[str, ...]]]


def titled(result: Result) -> str:
    """How far the cycles came, in one line."""
    done = result.protocol
    count = f"{done['cycles']} cycle{'' if done['cycles'] == 1 else 's'}"
    if not done["change"]:
        return "Protocol: no cycle was completed"
    last = f"the last changed the state by {done['change'][-1]:.2g}"
    if not done["until_periodic"]:
        return f"Protocol: {count}; {last}"
    word = "periodic" if done["periodic"] else "NOT PERIODIC"
    return f"Protocol: {word} after {count}; {last}, allowed are {done['tolerance']:g}"


def observed_tables(result: Result, bracket: str, width: int) -> list[Table]:
    """Durations, and the observables over spans, in the last cycle, in tables no wider than that; bracket is the unit of time."""
    done = result.protocol
    records, durations = _cycle_tables(done), {**done["phases"], CYCLE: done["period"]}
    alike: dict[tuple[Any, ...], list[str]] = {}
    for name, row in done["observables"].items():
        alike.setdefault((row["unit"], *(row[record][-1] for record in records)), []).append(name)
    columns = [(f"duration{bracket}", *(f"{durations[record]:g}" for record in records))]
    columns += [
        (f"{', '.join(names)}{_bracket(unit)}", *map(_number, numbers)) for (unit, *numbers), names in alike.items()
    ]
    return _fitted(titled(result), (f"cycle {done['cycles']}", *records), columns, width)


def account_tables(result: Result, width: int) -> list[Table]:
    """The account of every balance, a column for each phase, in the last cycle, in tables no wider than that."""
    done, tables = result.protocol, []
    for name, table in done["balance"].items():
        records = {record: table[record] for record in _cycle_tables(done) if record in table}
        boundaries = list(next(iter(records.values()))["left_through"])
        through = [f"left through {boundary}" for boundary in boundaries]
        names = (f"cycle {done['cycles']}", "stored", *through, "produced", "error", "relative error")
        columns = [
            (
                record, _number(own["stored"][-1]), *(_number(own["left_through"][boundary][-1]) for boundary in boundaries),
                _number(own["produced"][-1]), f"{own['error'][-1]:.2g}", f"{own['relative_error'][-1]:.2g}",
            )
            for record, own in records.items()
        ]  # fmt: skip
        closed = all(each for own in records.values() for each in own["closes"])
        title = f"Balance of {name}{_bracket(table['unit'])} by phase: {'closed in every cycle' if closed else 'NOT CLOSED'}"
        tables += _fitted(title, names, columns, width)
    return tables


def _fitted(title: str, names: Sequence[str], columns: Iterable[Sequence[str]], width: int) -> list[Table]:
    """Columns, each with its heading first, behind that of the names, in as many tables as the width asks for."""
    parts: list[list[Sequence[str]]] = []
    room = 0
    for column in columns:
        own = max(map(len, column)) + 2
        if room < own:
            parts.append([names])
            room = width - max(map(len, names))
        parts[-1].append(column)
        room -= own
    titles = [title, *(f"{title.partition(':')[0]}, continued" for _ in parts[1:])]
    headings = [[column[0] for column in part] for part in parts]
    rows = [list(zip(*(column[1:] for column in part))) for part in parts]
    return list(zip(titles, headings, rows))


def protocol_line(case: Case) -> str:
    """The phases of a checked case and how often they are repeated."""
    protocol, unit = case.protocol, "" if case.units.name == "reduced" else " s"
    phases = " and ".join(f"{phase.name} ({phase.duration:g}{unit})" for phase in protocol.phases)
    if protocol.tolerance is None:
        return f"{phases}, {protocol.cycles} cycle{'' if protocol.cycles == 1 else 's'}"
    return f"{phases}, until the state changes by less than {protocol.tolerance:g} per cycle, {protocol.cycles} cycles at most"


def phases_table(case: Case) -> Table:
    """What each phase of a checked case changes: parameters with their values, other blocks by name."""
    rows = []
    for phase, begin in zip(case.protocol.phases, case.protocol.edges(case.solve.start, 0)):
        own = phase.case.parameters.items()
        parameters = [f"{name} = {value:g}" for name, value in own if value != case.parameters.get(name)]
        blocks = [name for name in phase.changes if name != "parameters"]
        rows.append((phase.name, f"{begin:g}", f"{phase.duration:g}", ", ".join([*parameters, *blocks])))
    return "Phases", ["phase", "begins at", "duration", "changes"], rows


def by_phase(case: Case, rows_of: Callable[[Case], Iterable[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Rows on a case; with a protocol those of all phases, each once, and behind them the phases they hold in if not all."""
    if case.protocol is None:
        return list(rows_of(case))
    where: dict[tuple[str, ...], list[str]] = {}
    for phase in case.protocol.phases:
        for row in rows_of(phase.case):
            where.setdefault(row, []).append(phase.name)
    every = len(case.protocol.phases)
    return [(*row, "" if len(names) == every else ", ".join(names)) for row, names in where.items()]


def _cycle_tables(done: Mapping[str, Any]) -> list[str]:
    return [*done["phases"], CYCLE]


def _bracket(unit: str) -> str:
    return f" [{unit}]" if unit not in ("", "reduced") else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
