"""The command line: human text on standard error, data on standard output, exit codes as documented.

0 done; 1 internal error; 2 bad input; 3 not converged or out of physical range; 4 balance, comparison or strict audit failed; 130 stopped.
"""

from __future__ import annotations

import gc
import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from ..errors import FvtransportError
from . import authoring, doctor, orders, results, sweep
from .options import CaseFile, Format, FormatOption, Overrides, PluginFiles, checked, registry_with, telling

__all__ = ["app", "main"]

_NEW_OBJECTS = 50_000  # between two collections: what a command imports lives as long as it does

app = typer.Typer(
    help="Coupled heat and mass transport, from a case file to a verified answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
plugins_app = typer.Typer(help="List the plugins, or show one.", invoke_without_command=True)
app.add_typer(plugins_app, name="plugins")
app.add_typer(authoring.new_app, name="new")


def main() -> None:
    """Entry point of the console script."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        app(standalone_mode=True)
    except FvtransportError as error:
        _leave(str(error), error.exit_code)
    except KeyboardInterrupt:
        _leave("stopped", 130)
    except Exception as error:
        traceback.print_exc()
        _leave(f"internal error: {type(error).__name__}: {error}", 1)


def _leave(text: str, code: int) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(code)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"fvtransport {version('fvtransport')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    case: CaseFile,
    overrides: Overrides = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Result folder; by default named after the case."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing result.")] = False,
    answer: FormatOption = Format.TEXT,
) -> None:
    """Solve a case: summary, figures and a result folder."""
    with telling(answer):
        result, paths = _solved(case, overrides, output, force)
    from ..report import tables as report

    if answer is Format.JSON:
        print(json.dumps(result.summary()))
    else:
        report.show(result, paths)
    raise typer.Exit(result.exit_code)


def _solved(path: Path, overrides: list[str] | None, output: Path | None, force: bool) -> tuple[Any, list[Path]]:
    """Check and solve a case and write its result; a folder that cannot be written is refused before the solve."""
    from ..case.checks.checked_case import load

    case = load(path, overrides or ())
    from .. import api
    from ..report.figures import draw as plot
    from ..results import write as store
    from .progress import ProgressReport

    directory = output if output is not None else Path(case.path.stem)
    store.try_writing(directory, force)
    with ProgressReport(case) as progress:
        result = api.run(case, progress=progress.update)
    return result, store.write(result, directory, force=force, figures=plot.draw)


@app.command()
def check(case: CaseFile, overrides: Overrides = None, answer: FormatOption = Format.TEXT) -> None:
    """Everything short of solving: text, units, names, well-posedness, reciprocity; prints the condition of every field."""
    read = checked(case, overrides, answer)
    from ..case.checks.resolve import conditions_table
    from ..discretisation.build import build
    from ..discretisation.well_posed import refuse_singular
    from ..mesh.quality import quality_of
    from ..report import tables as report
    from ..results.coefficients import coefficients_at_start
    from ..results.phase_audit import audit_start
    from ..results.readings import plain

    problem = build(read)
    with telling(answer):
        refuse_singular(read, problem)
    found = audit_start(read, problem)
    coefficients = coefficients_at_start(problem)
    quality = quality_of(problem.mesh, problem.system.geometry, read.mesh)
    table = conditions_table(read)
    if answer is Format.JSON:
        warnings = [problem.as_dict() for problem in read.warnings]
        mesh = {**asdict(quality), "remarks": quality.remarks()}
        audited = found and plain(found.as_dict())
        stated = plain([asdict(each) for each in coefficients])
        protocol = {} if read.protocol is None else {"protocol": read.resolved["protocol"]}
        found_out = {
            "mesh": mesh,
            **protocol,
            "conditions": table,
            "coefficients": stated,
            "audit": audited,
            "warnings": warnings,
        }
        print(json.dumps({"status": "ok", **found_out}))
    else:
        report.show_check(read, table, quality, found, coefficients)
    if read.audit == "strict" and found is not None and found.violations:
        raise typer.Exit(4)


for command in (results.compare, orders.converge, results.plot, authoring.schema, sweep.sweep, doctor.doctor):
    app.command()(command)


@plugins_app.callback()
def _plugins(
    context: typer.Context,
    file: PluginFiles = None,
    answer: FormatOption = Format.TEXT,
) -> None:
    context.obj = registry = registry_with(file)
    if context.invoked_subcommand is None:
        _list(registry, answer)


@plugins_app.command("list")
def list_plugins(context: typer.Context, answer: FormatOption = Format.TEXT) -> None:
    """All plugins with their kind and origin."""
    _list(context.obj, answer)


@plugins_app.command("show")
def show_plugin(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a plugin.")],
    answer: FormatOption = Format.TEXT,
) -> None:
    """Equation, parameters, units and references of one plugin."""
    from ..reference import catalogue

    entries = catalogue.entries_named(context.obj, name)
    _print(answer, [catalogue.as_dict(entry) for entry in entries], lambda: catalogue.show(entries))


def _list(registry: Any, answer: Format) -> None:
    from ..reference import catalogue

    _print(answer, [catalogue.as_line(entry) for entry in registry], lambda: catalogue.show_list(registry))


def _print(answer: Format, data: Any, show: Callable[[], None]) -> None:
    if answer is Format.JSON:
        print(json.dumps(data))
    else:
        show()
