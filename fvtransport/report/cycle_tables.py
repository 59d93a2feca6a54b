"""Phases and cycles of a protocol as tables, each a title, headings and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..case.model import CYCLE, Case
from .console import number_text

if TYPE_CHECKING:
    from ..results.result import Result

__all__ = ["balance_tables", "observable_tables", "phases_table", "protocol_line", "protocol_title", "rows_by_phase"]

Table = tuple[str, list[str], list[tuple[str, ...]]]


def protocol_title(result: Result) -> str:
    """Number of cycles, whether they are periodic and the change of the state in the last one, in one line."""
    done = result.protocol
    count = f"{done['cycles']} cycle{'' if done['cycles'] == 1 else 's'}"
    if not done["change"]:
        return "Protocol: no cycle was completed"
    last = f"relative change of the state in the last cycle {done['change'][-1]:.2g}"
    if not done["until_periodic"]:
        return f"Protocol: {count}; {last}"
    verdict = "periodic" if done["periodic"] else "NOT PERIODIC"
    return f"Protocol: {verdict} after {count}; {last}, tolerance {done['tolerance']:g}"


def observable_tables(result: Result, time_unit: str, width: int) -> list[Table]:
    """Durations and observables of each phase of the last cycle, in tables of at most `width` characters.

    time_unit follows the heading of the durations. Observables with equal values share a column.
    """
    done = result.protocol
    intervals, durations = _intervals(done), {**done["phases"], CYCLE: done["period"]}
    names_by_values: dict[tuple[Any, ...], list[str]] = {}
    for name, row in done["observables"].items():
        values = (row["unit"], *(row[interval][-1] for interval in intervals))
        names_by_values.setdefault(values, []).append(name)
    columns = [(f"duration{time_unit}", *(f"{durations[interval]:g}" for interval in intervals))]
    columns += [
        (f"{', '.join(names)}{_bracket(unit)}", *map(number_text, numbers))
        for (unit, *numbers), names in names_by_values.items()
    ]
    return _split_to_width(protocol_title(result), (f"cycle {done['cycles']}", *intervals), columns, width)


def balance_tables(result: Result, width: int) -> list[Table]:
    """Each balance over the last cycle, one column per phase, in tables of at most `width` characters."""
    done, tables = result.protocol, []
    for name, table in done["balance"].items():
        records = {interval: table[interval] for interval in _intervals(done) if interval in table}
        boundaries = list(next(iter(records.values()))["left_through"])
        outflows = [f"outflow through {boundary}" for boundary in boundaries]
        names = (f"cycle {done['cycles']}", "stored", *outflows, "produced", "error", "relative error")
        columns = [
            (
                interval, number_text(own["stored"][-1]),
                *(number_text(own["left_through"][boundary][-1]) for boundary in boundaries),
                number_text(own["produced"][-1]), f"{own['error'][-1]:.2g}", f"{own['relative_error'][-1]:.2g}",
            )
            for interval, own in records.items()
        ]  # fmt: skip
        closed = all(each for own in records.values() for each in own["closes"])
        verdict = "closed in every cycle" if closed else "NOT CLOSED"
        title = f"Balance of {name}{_bracket(table['unit'])} by phase: {verdict}"
        tables += _split_to_width(title, names, columns, width)
    return tables


def _split_to_width(title: str, names: Sequence[str], columns: Iterable[Sequence[str]], width: int) -> list[Table]:
    """Columns (heading first) distributed over tables of at most `width` characters, each starting with `names`."""
    parts: list[list[Sequence[str]]] = []
    free = 0
    for column in columns:
        needed = max(map(len, column)) + 2
        if free < needed:
            parts.append([names])
            free = width - max(map(len, names))
        parts[-1].append(column)
        free -= needed
    titles = [title, *(f"{title.partition(':')[0]}, continued" for _ in parts[1:])]
    headings = [[column[0] for column in part] for part in parts]
    rows = [list(zip(*(column[1:] for column in part))) for part in parts]
    return list(zip(titles, headings, rows))


def protocol_line(case: Case) -> str:
    """The phases of a checked case with their durations, and the number of cycles, in one line."""
    protocol, unit = case.protocol, "" if case.units.name == "reduced" else " s"
    phases = " and ".join(f"{phase.name} ({phase.duration:g}{unit})" for phase in protocol.phases)
    if protocol.tolerance is None:
        return f"{phases}, {protocol.cycles} cycle{'' if protocol.cycles == 1 else 's'}"
    limit = f"until the state changes by less than {protocol.tolerance:g} per cycle"
    return f"{phases}, {limit}, at most {protocol.cycles} cycles"


def phases_table(case: Case) -> Table:
    """Start, duration and changes of each phase of a checked case: parameters with values, other blocks by name."""
    rows = []
    for phase, begin in zip(case.protocol.phases, case.protocol.edges(case.solve.start, 0)):
        own = phase.case.parameters.items()
        parameters = [f"{name} = {value:g}" for name, value in own if value != case.parameters.get(name)]
        blocks = [name for name in phase.changes if name != "parameters"]
        rows.append((phase.name, f"{begin:g}", f"{phase.duration:g}", ", ".join([*parameters, *blocks])))
    return "Phases", ["phase", "start", "duration", "changes"], rows


def rows_by_phase(case: Case, rows_of: Callable[[Case], Iterable[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """The rows of a case; with a protocol the distinct rows of all phases, with the names of their phases appended.

    The names are omitted for rows that apply in all phases.
    """
    if case.protocol is None:
        return list(rows_of(case))
    phases_of: dict[tuple[str, ...], list[str]] = {}
    for phase in case.protocol.phases:
        for row in rows_of(phase.case):
            phases_of.setdefault(row, []).append(phase.name)
    count = len(case.protocol.phases)
    return [(*row, "" if len(names) == count else ", ".join(names)) for row, names in phases_of.items()]


def _intervals(done: Mapping[str, Any]) -> list[str]:
    """The names of all phases and of the whole cycle."""
    return [*done["phases"], CYCLE]


def _bracket(unit: str) -> str:
    return f" [{unit}]" if unit not in ("", "reduced") else ""
