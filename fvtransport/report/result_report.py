"""A result as tables: status, observables, comparison, cycles, balances, audit and cost."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..audit.verdict import Audit
from ..results.fields import shown_unit
from ..results.result import Result
from .audit_rows import audit_parts
from .console import PLAIN_WIDTH, number_text, print_parts, table, text
from .cycle_tables import balance_tables, observable_tables, protocol_title
from .message_lines import message_lines

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["show", "show_comparison", "summary_parts"]

_NORMS = {"l2": "error L2", "max": "error max", "relative": "error"}
_COUNTS = {
    "steps": "steps",
    "rejected": "rejected",
    "iterations": "iterations",
    "residual_evaluations": "residual evaluations",
    "jacobian_evaluations": "Jacobians",
}


def show(result: Result, paths: Sequence[Path] = (), file: TextIO | None = None) -> None:
    """Print the summary of a result and the paths of its files: in colour on a terminal, as plain text elsewhere."""
    print_parts(summary_parts(result), file)
    for number, path in enumerate(paths):
        print(f"{'' if number else 'files':<8} {path}", file=sys.stderr if file is None else file)


def show_comparison(result: Result, file: TextIO | None = None) -> None:
    """Print the errors of a result relative to the closed form of its case."""
    print_parts([_comparison(result)], file)


def summary_parts(result: Result) -> list[RenderableType]:
    """The parts of the summary: status, observables, comparison, balance, timing, messages."""
    parts = [_status(result)]
    if result.observables:
        parts.append(_observables(result))
    if result.comparison is not None:
        parts.append(_comparison(result))
    if result.protocol is not None:
        parts += _protocol(result)
    if result.balance:
        parts.append(_balance(result))
    if result.audit is not None and result.snapshots:
        parts += _audit(result, result.audit)
    parts.append(text(f"{'time':<8} {_timing(result)}"))
    return parts + message_lines(result.case, result.messages, result.audit)


def _status(result: Result) -> RenderableType:
    ending = result.ending
    message = f": {ending.message}" if ending.message else ""
    line = f"{result.case.title or result.case.path.name}: {ending.outcome.value}{message}\n"
    return text(line, "bold green" if ending.succeeded else "bold red")


def _observables(result: Result) -> RenderableType:
    rows = []
    for name, reading in result.observables.items():
        values = reading.value if isinstance(reading.value, list) else [reading.value]
        times = reading.times or [None] * len(values)
        record = f"{'mean over' if reading.is_mean else 'over'} {reading.over}" if reading.over else ""
        for index, (time, value) in enumerate(zip(times, values)):
            when = record if time is None else f"{time:g}"
            undefined = name in result.case.derived and result.ending.succeeded
            number = f"{value:.8g}" if value == value else "undefined" if undefined else "not reached"
            rows.append((name if index == 0 else "", number, reading.unit, when))
    records = any(reading.over for reading in result.observables.values())
    headings = ("name", "value", "unit", "time or interval" if records else f"time{_unit(result, 's')}")
    if not any(row[-1] for row in rows):
        headings, rows = headings[:-1], [row[:-1] for row in rows]
    return table("Observables", headings, rows, numbers=(1, 3))


def _protocol(result: Result) -> list[RenderableType]:
    """Convergence of the cycles, observables of the last cycle by phase, and its balances."""
    if not result.protocol["cycles"]:
        return [text(f"{protocol_title(result)}\n", "bold")]
    tables = [*observable_tables(result, _unit(result, "s"), PLAIN_WIDTH), *balance_tables(result, PLAIN_WIDTH)]
    return [table(*each, numbers=range(1, len(each[1])), names=(0,)) for each in tables]


def _comparison(result: Result) -> RenderableType:
    comparison = result.comparison
    norms = list(dict.fromkeys(norm for errors in comparison.errors.values() for norm in errors))
    rows = [
        (
            quantity,
            *(f"{errors[norm]:.3g}" if norm in errors else "" for norm in norms),
            _verdict(errors, comparison.tolerance),
        )
        for quantity, errors in comparison.errors.items()
    ]
    title = f"Comparison with {comparison.solution}: {'passed' if comparison.passed else 'FAILED'}"
    title += f", relative tolerance {comparison.tolerance:g}"
    if comparison.message:
        return text(f"{title}\n{comparison.message}\n", "bold")
    headings = ("quantity", *(_NORMS.get(norm, norm) for norm in norms), "")
    return table(title, headings, rows, numbers=range(1, len(norms) + 1))


def _verdict(errors: Mapping[str, float], tolerance: float) -> str:
    return "passed" if all(error <= tolerance for error in errors.values()) else "FAILED"


def _balance(result: Result) -> RenderableType:
    lines = result.balance
    verdict = "closed" if result.balances else "NOT CLOSED"
    rows: list[tuple[str, ...]] = []
    if not result.is_steady:
        rows.append(("stored", *(number_text(line.stored) for line in lines)))
    for boundary in lines[0].left_through:
        rows.append((f"outflow through {boundary}", *(number_text(line.left_through[boundary]) for line in lines)))
    rows += [
        ("produced", *(number_text(line.produced) for line in lines)),
        ("error", *(f"{line.error:.2g}" for line in lines)),
        ("relative error", *(f"{line.relative_error:.2g}" for line in lines)),
        ("max. instantaneous error", *(f"{line.instant_relative_error:.2g}" for line in lines)),
        ("closed", *("yes" if line.closes(result.rtol) else "NO" for line in lines)),
    ]
    headings = ("", *(f"{line.name}{_unit(result, line.unit)}" for line in lines))
    return table(f"Balance: {verdict}", headings, rows, numbers=range(1, len(lines) + 1))


def _audit(result: Result, audit: Audit) -> list[RenderableType]:
    """What was judged, and the entropy production of each law in the final state."""
    rows = [(name, number_text(value)) for name, value in _entropy(result).items()]
    heading = f"value{_unit(result, 'W/K')}"
    return [*audit_parts(audit), table("Entropy production at the end", ("term", heading), rows, numbers=(1,))]


def _entropy(result: Result) -> dict[str, float]:
    by_law = result.entropy_production_by_law
    return {"all laws": sum(by_law.values()), **by_law} if len(by_law) > 1 else by_law


def _timing(result: Result) -> str:
    seconds = [f"{name.removesuffix('_s')} {value:.3g} s" for name, value in result.timing.items()]
    counts = [f"{value:g} {_COUNTS.get(name, name)}" for name, value in result.counters.items()]
    return ", ".join(seconds + counts)


def _unit(result: Result, unit: str) -> str:
    """The unit in brackets, after a space; empty in reduced units."""
    shown = shown_unit(unit, result.case.units)
    return "" if shown == "reduced" else f" [{shown}]"
