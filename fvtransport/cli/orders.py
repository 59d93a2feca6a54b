"""The command that measures the order of convergence."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from .options import AllowGeo, CaseFile, Format, FormatOption, Overrides, load_checked

__all__ = ["converge"]


def converge(
    case: CaseFile,
    levels: Annotated[int, typer.Option("--levels", min=2, max=12, help="Number of meshes, each refined by 2.")] = 3,
    manufactured: Annotated[
        bool,
        typer.Option("--manufactured", help="Use a manufactured solution instead of the closed form of the case."),
    ] = False,
    overrides: Overrides = None,
    allow_geo: AllowGeo = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Measure the order of convergence on meshes refined by 2 along every axis, starting with the mesh of the case."""
    checked = load_checked(case, overrides, output_format, allow_geo)
    from ..verification.converge import against_manufactured, against_solution

    study = against_manufactured(checked, levels) if manufactured else against_solution(checked, levels)
    if output_format is Format.JSON:
        from ..results.readings import plain

        print(json.dumps(plain(study.as_dict())))
    else:
        print("\n".join(_lines(study)), file=sys.stderr)


def _lines(study: Any) -> Iterator[str]:
    """One row per quantity: the error on every mesh, followed from the second mesh on by the observed order."""
    yield f"{study.title or 'case'}: relative errors against {study.reference}"
    headings = ["cells", *(" x ".join(map(str, level.cells)) for level in study.levels)]
    rows = [[name, *_cells(study, name)] for name in study.quantities]
    headings = [headings[0], headings[1], *(text for heading in headings[2:] for text in (heading, "order"))]
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    for row in (headings, *rows):
        yield "  ".join([row[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(row[1:], widths[1:]))])
    yield from _remarks(study)
    if len(study.levels[0].cells) > 1 and any("flux" in name for name in study.quantities):
        yield "Errors of boundary fluxes have a reduced weight near edges of the boundary (docs/numerics/orders.md)."


def _remarks(study: Any) -> Iterator[str]:
    """What a reader must know to judge the orders."""
    if study.numeric_because:
        yield f"The sources were computed numerically, because there is no formula: {study.numeric_because}"
    not_asymptotic, peclet = study.not_yet_asymptotic(), study.levels[-1].cell_peclet
    if not_asymptotic:
        about = "" if peclet is None else f"; largest cell Peclet number on the finest mesh {peclet:.3g}"
        yield f"Not yet asymptotic: the order of {', '.join(not_asymptotic)} still changes{about}."


def _cells(study: Any, name: str) -> Iterator[str]:
    errors = [level.errors.get(name) for level in study.levels]
    yield _error(errors[0])
    for error, order in zip(errors[1:], study.orders(name)):
        yield _error(error)
        yield "" if error is None else "-" if order is None else f"{order:.2f}"


def _error(error: float | None) -> str:
    return "" if error is None else f"{error:.2e}"
