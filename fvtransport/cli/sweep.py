"""The command that solves a case many times."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..sweep.plan import Method
from .options import CaseFile, Format, FormatOption, Overrides, telling

__all__ = ["sweep"]


def sweep(
    case: CaseFile,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            metavar="PATH=RANGE",
            help=r"What is varied: from:to:n, from:to:n:log, \[v1, v2] or bounds from:to; may be repeated.",
        ),
    ] = None,
    objective: Annotated[
        str,
        typer.Option(
            "--objective", metavar="[max:|min:]NAME", help="The observable to be made large, or with min: small."
        ),
    ] = "",
    method: Annotated[
        Method,
        typer.Option("--method", help="grid: all combinations; list: one by one; latin: a sample; optimise: a search."),
    ] = Method.GRID,
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples", min=1, max=1_000_000, help="Points of latin, at most those of optimise; 100 unless given."
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the random numbers of latin and optimise.")] = 0,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes; by default one for each processor.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the table; by default named after the case."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a sweep that was interrupted.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing sweep.")] = False,
    cold: Annotated[bool, typer.Option("--cold", help="Never start a point from its neighbour's solution.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Also write a result folder for each point.")] = False,
    plot: Annotated[
        bool, typer.Option("--plot", help="Draw the objective, or all observables, over what is varied.")
    ] = False,
    overrides: Overrides = None,
    answer: FormatOption = Format.TEXT,
) -> None:
    """Solve a case at many points: a table with one row for each, the best by an objective."""
    with telling(answer):
        from ..sweep.pool import usable_processors
        from ..sweep.run import Order
        from ..sweep.run import sweep as solve_all
        from ..sweep.show import SweepProgress, summary

        order = Order(case, over or (), overrides or (), method, samples, seed, objective, not cold, keep)
        directory = output if output is not None else Path(f"{case.stem}_sweep")
        with SweepProgress() as progress:
            outcome = solve_all(order, directory, jobs or usable_processors(), resume, force, progress.update)
    if plot:
        from ..sweep.figure import draw

        outcome.files += [path for path in [draw(outcome)] if path is not None]
    if answer is Format.JSON:
        print(json.dumps(outcome.as_dict()))
    else:
        print("\n".join(summary(outcome)), file=sys.stderr)
    raise typer.Exit(outcome.exit_code)
