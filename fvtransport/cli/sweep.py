"""The command that solves a case at many points."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..sweep.plan import Method
from .options import AllowGeo, CaseFile, Format, FormatOption, Overrides, errors_as_json

if TYPE_CHECKING:
    from ..sweep.run import SweepResult

__all__ = ["sweep"]

_OVER = r"Parameter to vary: from:to:n, from:to:n:log, \[v1, v2] or bounds from:to; may be repeated."
_OBJECTIVE = "Observable to maximise or, with min:, to minimise."
_METHOD = "grid: all combinations; list: values one by one; latin: Latin hypercube sample; optimise: search."
_SAMPLES = "Number of points of latin, maximum of optimise; default: 100."
_PLOT = "Plot the objective, or all observables, against the varied parameters."

OverOption = Annotated[list[str] | None, typer.Option("--over", metavar="PATH=RANGE", help=_OVER)]
ObjectiveOption = Annotated[str, typer.Option("--objective", metavar="[max:|min:]NAME", help=_OBJECTIVE)]
MethodOption = Annotated[Method, typer.Option("--method", help=_METHOD)]
SamplesOption = Annotated[int | None, typer.Option("--samples", min=1, max=1_000_000, help=_SAMPLES)]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of the random numbers of latin and optimise.")]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Number of processes; default: one per processor.")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Result folder; default: <case>_sweep.")
]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Continue an interrupted sweep.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace an existing sweep.")]
ColdOption = Annotated[bool, typer.Option("--cold", help="Never start a point from a neighbouring solution.")]
KeepOption = Annotated[bool, typer.Option("--keep", help="Also write a result folder for each point.")]
PlotOption = Annotated[bool, typer.Option("--plot", help=_PLOT)]


def sweep(
    case: CaseFile,
    over: OverOption = None,
    objective: ObjectiveOption = "",
    method: MethodOption = Method.GRID,
    samples: SamplesOption = None,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
    output: OutputOption = None,
    resume: ResumeOption = False,
    force: ForceOption = False,
    cold: ColdOption = False,
    keep: KeepOption = False,
    plot: PlotOption = False,
    overrides: Overrides = None,
    allow_geo: AllowGeo = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Solve a case at many parameter values: a table with one row per point, and the optimum of an objective."""
    with errors_as_json(output_format):
        from ..sweep.pool import usable_processors
        from ..sweep.run import SweepRequest
        from ..sweep.run import sweep as run_sweep
        from ..sweep.show import SweepProgress

        request = SweepRequest(
            case, over or (), overrides or (), method, samples, seed, objective, not cold, keep, allow_geo
        )
        directory = output if output is not None else Path(f"{case.stem}_sweep")
        with SweepProgress() as progress:
            result = run_sweep(request, directory, jobs or usable_processors(), resume, force, progress.update)
    _show(result, plot, output_format)
    raise typer.Exit(result.exit_code)


def _show(result: SweepResult, plot: bool, output_format: Format) -> None:
    """Draw the figure of a sweep if it is asked for, and print its summary."""
    from ..sweep.show import summary

    if plot:
        from ..sweep.figure import draw

        if path := draw(result):
            result.files.append(path)
    if output_format is Format.JSON:
        print(json.dumps(result.as_dict()))
    else:
        print("\n".join(summary(result)), file=sys.stderr)
