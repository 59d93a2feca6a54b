"""The command that measures the order of convergence."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from .options import CaseFile, Format, FormatOption, Overrides, checked

__all__ = ["converge"]


def converge(
    case: CaseFile,
    levels: Annotated[int, typer.Option("--levels", min=2, max=12, help="Meshes; each halves all cells.")] = 3,
    manufactured: Annotated[
        bool,
        typer.Option("--manufactured", help="Measure with sources derived for a smooth solution, not the closed form."),
    ] = False,
    overrides: Overrides = None,
    answer: FormatOption = Format.TEXT,
) -> None:
    """Errors on meshes refined by 2 along every axis, and the observed order; the first mesh is that of the case."""
    read = checked(case, overrides, answer)
    from ..verification.converge import against_manufactured, against_solution

    found = against_manufactured(read, levels) if manufactured else against_solution(read, levels)
    if answer is Format.JSON:
        from ..results.readings import plain

        print(json.dumps(plain(found.as_dict())))
    else:
        print("\n".join(_lines(found)), file=sys.stderr)


def _lines(found: Any) -> Iterator[str]:
    """One row per quantity: its error on every mesh, each followed by the order from the mesh before."""
    yield f"{found.title or 'case'}: relative errors against {found.reference}"
    headings = ["cells", *(" x ".join(map(str, level.cells)) for level in found.levels)]
    rows = [[name, *_cells(found, name)] for name in found.quantities]
    headings = [headings[0], headings[1], *(text for heading in headings[2:] for text in (heading, "order"))]
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    for row in (headings, *rows):
        yield "  ".join([row[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(row[1:], widths[1:]))])
    yield from _remarks(found)
    if len(found.levels[0].cells) > 1 and any("flux" in name for name in found.quantities):
        yield "Fluxes through walls are weighted: errors count less over the last eighth before an edge (docs/numerics/orders.md)."


def _remarks(found: Any) -> Iterator[str]:
    """What a reader must know to judge the orders."""
    if found.numeric_because:
        yield f"Sources from numbers, balanced over the faces of each cell, for there is no formula: {found.numeric_because}"
    unsettled, peclet = found.unsettled(), found.levels[-1].cell_peclet
    if unsettled:
        about = "" if peclet is None else f"; largest cell Peclet number on the finest mesh {peclet:.3g}"
        yield f"Not yet asymptotic: the order of {', '.join(unsettled)} still changes{about}."


def _cells(found: Any, name: str) -> Iterator[str]:
    errors = [level.errors.get(name) for level in found.levels]
    yield _error(errors[0])
    for error, order in zip(errors[1:], found.orders(name)):
        yield _error(error)
        yield "" if error is None else "-" if order is None else f"{order:.2f}"


def _error(error: float | None) -> str:
    return "" if error is None else f"{error:.2e}"
