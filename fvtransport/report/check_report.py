"""A checked case as tables: mesh, laws, properties, boundary conditions and the audit of its initial state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from ..audit.verdict import Audit
from ..case.checks.resolve import conditions_table
from ..case.model import Case, SteadySpec
from ..mesh.quality import Quality
from ..model.state import Coefficient
from ..results.fields import shown_unit
from ..results.messages import Messages, messages_of
from .audit_rows import audit_parts
from .console import print_parts, table, text
from .cycle_tables import phases_table, protocol_line, rows_by_phase
from .mesh_text import mesh_lines
from .message_lines import message_lines
from .value_text import law_row, property_rows

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["check_report", "show_check"]


def show_check(
    case: Case, conditions: Sequence[Mapping[str, Any]], quality: Quality | None = None, audit: Audit | None = None,
    coefficients: Sequence[Coefficient] = (), messages: Messages | None = None, file: TextIO | None = None,
) -> None:  # fmt: skip
    """Print the report of a checked case; arguments as for check_report, file is standard error by default."""
    print_parts(check_report(case, conditions, quality, audit, coefficients, messages), file)


def check_report(
    case: Case, conditions: Sequence[Mapping[str, Any]], quality: Quality | None = None, audit: Audit | None = None,
    coefficients: Sequence[Coefficient] = (), messages: Messages | None = None,
) -> list[RenderableType]:  # fmt: skip
    """The parts of the report of a checked case.

    conditions has one row per field and boundary: {"boundary", "field", "condition", "default"}; quality describes the
    mesh; audit and coefficients are those of the initial state; messages are those of the case and audit unless given.
    """
    parts = [*_summary(case, quality), *_tables(case, conditions), *_coefficients(case, coefficients)]
    if audit is not None:
        parts += audit_parts(audit)
    said = messages_of(case, audit) if messages is None else messages
    return parts + message_lines(case, said, audit)


def _summary(case: Case, quality: Quality | None) -> list[RenderableType]:
    """Title, units, mesh, kind of solve and protocol, one per line."""
    parts = [
        text(f"{case.title or case.path.name}: ready to run", "bold green"),
        text(f"{'units':<8} {case.units.name}"),
        *(text(f"{label:<8} {line}") for label, line in mesh_lines(case, quality)),
        text(f"{'solve':<8} {_solve(case)}"),
    ]
    if case.protocol is not None:
        parts.append(text(f"{'protocol':<8} {protocol_line(case)}"))
    return [*parts, text("")]


def _tables(case: Case, conditions: Sequence[Mapping[str, Any]]) -> list[RenderableType]:
    """Phases, laws, properties and conditions; with a protocol, each row names the phases that it applies to."""
    phased = case.protocol is not None
    last = ("phase",) if phased else ()
    rows = _condition_rows(conditions)
    if phased:
        rows = rows_by_phase(case, lambda own: _condition_rows(conditions_table(own)))
    laws = rows_by_phase(case, lambda own: [law_row(name, law, own.registry) for name, law in own.laws.items()])
    return [
        *([table(*phases_table(case), numbers=(1, 2))] if phased else ()),
        table("Laws", ("name", "equation", "parameters", *last), laws),
        table("Properties", ("name", "value", "unit", "meaning", *last), rows_by_phase(case, property_rows)),
        table("Boundary conditions", ("boundary", "field", "condition", "", *last), rows),
    ]


def _coefficients(case: Case, coefficients: Sequence[Coefficient]) -> list[RenderableType]:
    """One table for each form in which the transport coefficients are stated."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for each in coefficients:
        unit = shown_unit(each.unit, case.units)
        rows.setdefault(each.form, []).append((each.name, f"{each.value:.8g}", unit, each.meaning))
    headings = ("name", "value", "unit", "meaning")
    return [
        table(f"Coefficients at the initial mean state: {form}", headings, lines, numbers=(1,))
        for form, lines in rows.items()
    ]


def _condition_rows(conditions: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (row["boundary"], row["field"], row["condition"], "default" if row["default"] else "") for row in conditions
    ]


def _solve(case: Case) -> str:
    spec = case.solve
    if isinstance(spec, SteadySpec):
        means = ", ".join(f"mean {field.name} = {mean:g}" for field, mean in spec.means.items())
        return f"steady{', ' if means else ''}{means}"
    unit = "" if case.units.name == "reduced" else " s"
    if case.protocol is not None and case.protocol.tolerance is not None:
        return f"transient, from {spec.start:g}{unit}, rtol {spec.rtol:g}"
    return f"transient, from {spec.start:g} to {spec.until:g}{unit}, rtol {spec.rtol:g}"
