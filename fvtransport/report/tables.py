"""A result, or a checked case, as tables for people; always on standard error."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from ..case.blocks.properties import Converted
from ..case.checks.resolve import conditions_table
from ..case.model import Case, SteadySpec
from ..mesh.quality import Quality
from ..model.parameters import Declared
from ..model.registry import Registry
from ..model.state import Coefficient, State
from ..results.audit import Audit
from ..results.fields import shown_unit
from ..results.result import Result
from .cycle_tables import account_tables, by_phase, observed_tables, phases_table, protocol_line, titled
from .mesh_text import mesh_lines

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["check_report", "show", "show_check", "show_comparison", "summary_table"]

_PLAIN_WIDTH = 100
_NORMS = {"l2": "error L2", "max": "error max", "relative": "error"}
_COUNTS = {
    "steps": "steps",
    "rejected": "rejected",
    "iterations": "iterations",
    "residual_evaluations": "residual evaluations",
    "jacobian_evaluations": "Jacobians",
}


def show(result: Result, paths: Sequence[Path] = (), file: TextIO | None = None) -> None:
    """Print the summary of a result and where its files are: colour on a terminal, plain text elsewhere."""
    _print(summary_table(result), file)
    for number, path in enumerate(paths):
        print(f"{'' if number else 'files':<8} {path}", file=sys.stderr if file is None else file)


def show_check(
    case: Case, conditions: Sequence[Mapping[str, Any]], quality: Quality | None = None, audit: Audit | None = None,
    coefficients: Sequence[Coefficient] = (), file: TextIO | None = None,
) -> None:  # fmt: skip
    """Print what a checked case is: mesh and its quality, laws, properties, conditions, the audit of the initial state."""
    _print(check_report(case, conditions, quality, audit, coefficients), file)


def show_comparison(result: Result, file: TextIO | None = None) -> None:
    """Print the errors of a result against the closed form of its case."""
    _print([_comparison(result)], file)


def summary_table(result: Result) -> list[RenderableType]:
    """The parts of the summary: status, observables, comparison, balance, timing, warnings."""
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
        parts.append(_audit(result))
    parts.append(_text(f"{'time':<8} {_timing(result)}"))
    return parts + [_text(f"warning: {warning}", "yellow") for warning in result.all_warnings()]


def check_report(
    case: Case, conditions: Sequence[Mapping[str, Any]], quality: Quality | None = None, audit: Audit | None = None,
    coefficients: Sequence[Coefficient] = (),
) -> list[RenderableType]:  # fmt: skip
    """The parts of the report on a checked case; quality is that of its mesh, audit and coefficients those of its initial state.

    conditions has one row per field and boundary: {"boundary", "field", "condition", "default"}.
    """
    phases = case.protocol is not None
    marked = by_phase(case, lambda own: _marked(conditions_table(own))) if phases else _marked(conditions)
    laws = by_phase(case, lambda own: [_law(name, law, own.registry) for name, law in own.laws.items()])
    last = ("phase",) if phases else ()
    parts = [
        _text(f"{case.title or case.path.name}: ready to run", "bold green"),
        _text(f"{'units':<8} {case.units.name}"),
        *(_text(f"{word:<8} {text}") for word, text in mesh_lines(case, quality)),
        _text(f"{'solve':<8} {_solve(case)}"),
        *([_text(f"{'protocol':<8} {protocol_line(case)}")] if phases else ()),
        _text(""),
        *([_table(*phases_table(case), numbers=(1, 2))] if phases else ()),
        _table("Laws", ("name", "equation", "parameters", *last), laws),
        _table("Properties", ("name", "value", "unit", "meaning", *last), by_phase(case, _properties)),
        _table("Conditions", ("boundary", "field", "condition", "", *last), marked),
        *_coefficients(case, coefficients),
    ]
    if audit is not None:
        parts.append(_table(_audit_title(audit), ("", "result", "measure"), _verdicts(audit), numbers=(1,)))
    texts = [*(quality.remarks() if quality else ()), *(audit.violations if audit else ())]
    word = "refused by audit: strict (exit 4)" if case.audit == "strict" and audit and audit.violations else "warning"
    remarks = [_text(f"{word}: {text}", "yellow") for text in texts]
    return parts + remarks + [_text(problem.render(), "yellow") for problem in case.warnings]


def _coefficients(case: Case, coefficients: Sequence[Coefficient]) -> list[RenderableType]:
    """One table for each form in which the transport coefficients are stated."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for each in coefficients:
        rows.setdefault(each.form, []).append(
            (each.name, f"{each.value:.8g}", shown_unit(each.unit, case.units), each.meaning)
        )
    headings = ("name", "value", "unit", "meaning")
    return [
        _table(f"Coefficients at the initial mean state: {form}", headings, lines, numbers=(1,))
        for form, lines in rows.items()
    ]


def _marked(conditions: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (row["boundary"], row["field"], row["condition"], "default" if row["default"] else "") for row in conditions
    ]


def _print(parts: Iterable[RenderableType], file: TextIO | None) -> None:
    """Print to standard error unless told otherwise; off a terminal without colour, padding or broken sentences."""
    from rich.console import Console
    from rich.text import Text

    stream = sys.stderr if file is None else file
    if stream.isatty():
        Console(file=stream, highlight=False).print(*parts, sep="\n")
        return
    console = Console(file=stream, width=_PLAIN_WIDTH, highlight=False, color_system=None)
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, Text))
    print("\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n")), file=stream)


def _text(text: str, style: str = "") -> RenderableType:
    from rich.text import Text

    return Text(text, style=style)


def _table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    names: Sequence[int] = (),
) -> RenderableType:
    """A borderless table under its title; columns in `numbers` are set to the right, they and those in `names` never broken."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for index, heading in enumerate(headings):
        right, whole = index in numbers, index in (*numbers, *names)
        table.add_column(Text(heading), justify="right" if right else "left", no_wrap=whole, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return Group(Text(title, style="bold"), table, Text(""))


def _status(result: Result) -> RenderableType:
    ending = result.ending
    message = f": {ending.message}" if ending.message else ""
    text = f"{result.case.title or result.case.path.name}: {ending.outcome.value}{message}\n"
    return _text(text, "bold green" if ending.succeeded else "bold red")


def _observables(result: Result) -> RenderableType:
    rows = []
    for name, reading in result.observables.items():
        values = reading.value if isinstance(reading.value, list) else [reading.value]
        times = reading.times or [None] * len(values)
        record = f"{'mean over' if reading.is_mean else 'over'} {reading.over}" if reading.over else ""
        for index, (time, value) in enumerate(zip(times, values)):
            at = record if time is None else f"{time:g}"
            undefined = name in result.case.derived and result.ending.succeeded
            number = f"{value:.8g}" if value == value else "undefined" if undefined else "not reached"
            rows.append((name if index == 0 else "", number, reading.unit, at))
    records = any(reading.over for reading in result.observables.values())
    headings = ("name", "value", "unit", "time or span" if records else f"time{_in(result, 's')}")
    if not any(row[-1] for row in rows):
        headings, rows = headings[:-1], [row[:-1] for row in rows]
    return _table("Observables", headings, rows, numbers=(1, 3))


def _protocol(result: Result) -> list[RenderableType]:
    """How far the cycles came, the last of them phase by phase, and its accounts."""
    if not result.protocol["cycles"]:
        return [_text(f"{titled(result)}\n", "bold")]
    tables = [*observed_tables(result, _in(result, "s"), _PLAIN_WIDTH), *account_tables(result, _PLAIN_WIDTH)]
    return [_table(*each, numbers=range(1, len(each[1])), names=(0,)) for each in tables]


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
        return _text(f"{title}\n{comparison.message}\n", "bold")
    headings = ("quantity", *(_NORMS.get(norm, norm) for norm in norms), "")
    return _table(title, headings, rows, numbers=range(1, len(norms) + 1))


def _verdict(errors: Mapping[str, float], tolerance: float) -> str:
    return "within" if all(error <= tolerance for error in errors.values()) else "TOO LARGE"


def _balance(result: Result) -> RenderableType:
    lines = result.balance
    verdict = "closed" if result.balances else "NOT CLOSED"
    rows: list[tuple[str, ...]] = []
    if not result.is_steady:
        rows.append(("stored", *(_number(line.stored) for line in lines)))
    for boundary in lines[0].left_through:
        rows.append((f"left through {boundary}", *(_number(line.left_through[boundary]) for line in lines)))
    rows += [
        ("produced", *(_number(line.produced) for line in lines)),
        ("error", *(f"{line.error:.2g}" for line in lines)),
        ("relative error", *(f"{line.relative_error:.2g}" for line in lines)),
        ("worst at an instant", *(f"{line.instant_relative_error:.2g}" for line in lines)),
        ("closes", *("yes" if line.closes(result.rtol) else "NO" for line in lines)),
    ]
    headings = ("", *(f"{line.name}{_in(result, line.unit)}" for line in lines))
    return _table(f"Balance: {verdict}", headings, rows, numbers=range(1, len(lines) + 1))


def _audit(result: Result) -> RenderableType:
    """Reciprocity, second law, and the entropy production at the end by law."""
    rows = _verdicts(result.audit) + [
        (f"entropy production{_in(result, 'W/K')}" if index == 0 else "", _number(value), name)
        for index, (name, value) in enumerate(_entropy(result).items())
    ]
    return _table(_audit_title(result.audit), ("", "result", "measure, law"), rows, numbers=(1,))


def _audit_title(audit: Audit) -> str:
    return f"Audit: {'VIOLATED' if audit.violations else 'passed'}"


def _verdicts(audit: Audit) -> list[tuple[str, str, str]]:
    return [
        ("reciprocity", "holds" if audit.symmetric else "BROKEN", f"asymmetry {audit.asymmetry:.2g}"),
        ("second law", "holds" if audit.positive else "BROKEN", f"margin {audit.margin:.4g}"),
        *(("", "", remark) for remark in audit.remarks),
    ]


def _entropy(result: Result) -> dict[str, float]:
    by_law = result.entropy_production_by_law
    return {"all laws": sum(by_law.values()), **by_law} if len(by_law) > 1 else by_law


def _timing(result: Result) -> str:
    seconds = [f"{name.removesuffix('_s')} {value:.3g} s" for name, value in result.timing.items()]
    counts = [f"{value:g} {_COUNTS.get(name, name)}" for name, value in result.counters.items()]
    return ", ".join(seconds + counts)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _in(result: Result, unit: str) -> str:
    shown = shown_unit(unit, result.case.units)
    return "" if shown == "reduced" else f" [{shown}]"


def _solve(case: Case) -> str:
    spec = case.solve
    if isinstance(spec, SteadySpec):
        means = ", ".join(f"mean {field.name} = {mean:g}" for field, mean in spec.means.items())
        return f"steady{', ' if means else ''}{means}"
    unit = "" if case.units.name == "reduced" else " s"
    if case.protocol is not None and case.protocol.tolerance is not None:
        return f"transient, from {spec.start:g}{unit}, rtol {spec.rtol:g}"
    return f"transient, from {spec.start:g} to {spec.until:g}{unit}, rtol {spec.rtol:g}"


def _law(name: str, law: Declared, registry: Registry) -> tuple[str, str, str]:
    facts = [f"{key}: {text}" for key, text in _parameters(law, registry).items()]
    return name, _equation(law), "\n".join(facts)


def _equation(law: Declared) -> str:
    """The docstring down to its equations: the first paragraph and an indented one that follows."""
    paragraphs = (inspect.getdoc(type(law)) or "").split("\n\n")
    follows = paragraphs[1:2] if len(paragraphs) > 1 and paragraphs[1].startswith(" ") else []
    return "\n".join(paragraphs[:1] + [inspect.cleandoc(part) for part in follows])


def _properties(case: Case) -> list[tuple[str, str, str, str]]:
    return [
        (handle.name, _value(prop, case.registry), shown_unit(handle.unit, case.units), handle.meaning)
        for handle, prop in case.properties.items()
    ]


def _value(value: Any, registry: Registry) -> str:
    """A parameter in words; a property as it was given: number, formula, name with parameters, other convention."""
    if isinstance(value, Converted):
        return f"{value.convention.name} = {_value(value.given, registry)} {value.convention.unit}".rstrip()
    if isinstance(value, Declared):
        given, shorthand = _parameters(value, registry), type(value).shorthand
        if list(given) == [shorthand]:
            return given[shorthand]
        entry = registry.entry_of(type(value))
        name = entry.name if entry else type(value).__name__
        return f"{name} ({', '.join(f'{key} = {text}' for key, text in given.items())})"
    if isinstance(value, State):
        return ", ".join(f"{field.name} = {number:g}" for field, number in value.values)
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_value(each, registry)}" for key, each in value.items())
    return str(getattr(value, "name", getattr(value, "text", value)))


def _parameters(plugin: Declared, registry: Registry) -> dict[str, str]:
    given = {declaration.name: getattr(plugin, declaration.name) for declaration in plugin.declarations()}
    return {name: _value(value, registry) for name, value in given.items() if value is not None}
