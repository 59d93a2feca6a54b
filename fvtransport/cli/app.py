"""The command line: messages on standard error, data on standard output.

Exit codes: 0 success; 1 internal error; 2 bad input; 3 not converged or out of physical range; 4 balance, comparison or
strict audit failed; 130 interrupted.
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
from .options import (
    AllowGeo,
    CaseFile,
    Format,
    FormatOption,
    Overrides,
    PluginFiles,
    errors_as_json,
    load_checked,
    registry_with,
)

__all__ = ["app", "main"]

_NEW_OBJECTS = 50_000  # between two collections: what a command imports lives as long as it does

app = typer.Typer(
    help="Coupled heat and mass transport by finite volumes, from a case file to a verified result.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
plugins_app = typer.Typer(help="List the plugins, or show one of them.", invoke_without_command=True)
app.add_typer(plugins_app, name="plugins")
app.add_typer(authoring.new_app, name="new")


def main() -> None:
    """Entry point of the console script."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        app(standalone_mode=True)
    except FvtransportError as error:
        _exit(str(error), error.exit_code)
    except KeyboardInterrupt:
        _exit("interrupted", 130)
    except Exception as error:
        traceback.print_exc()
        _exit(f"internal error: {type(error).__name__}: {error}", 1)


def _exit(text: str, code: int) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(code)


def _version(requested: bool) -> None:
    if requested:
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
        typer.Option("--output", "-o", metavar="DIR", help="Result folder; default: the name of the case."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing result.")] = False,
    allow_geo: AllowGeo = False,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Solve a case; prints a summary and writes a result folder with figures."""
    with errors_as_json(output_format):
        result, paths = _solved(case, overrides, output, force, allow_geo)
    from ..report import result_report

    if output_format is Format.JSON:
        print(json.dumps(result.summary()))
    else:
        result_report.show(result, paths)
    raise typer.Exit(result.exit_code)


def _solved(
    path: Path, overrides: list[str] | None, output: Path | None, force: bool, allow_geo: bool
) -> tuple[Any, list[Path]]:
    """Check and solve a case and write its result; raises before the solve if the folder cannot be written."""
    from ..case.checks.checked_case import load

    case = load(path, overrides or (), allow_geo=allow_geo)
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
def check(
    case: CaseFile, overrides: Overrides = None, allow_geo: AllowGeo = False, output_format: FormatOption = Format.TEXT
) -> None:
    """Check a case without solving it: syntax, units, names, well-posedness, reciprocity; prints what it defines."""
    checked = load_checked(case, overrides, output_format, allow_geo)
    from ..audit.at_start import audit_start
    from ..case.checks.resolve import conditions_table
    from ..discretisation.build import build
    from ..discretisation.well_posed import refuse_singular
    from ..mesh.quality import quality_of
    from ..report import check_report
    from ..results.coefficients import coefficients_at_start
    from ..results.messages import messages_of
    from ..results.readings import plain

    discretised = build(checked)
    with errors_as_json(output_format):
        refuse_singular(checked, discretised)
    audit = audit_start(checked, discretised)
    coefficients = coefficients_at_start(discretised)
    quality = quality_of(discretised.mesh, discretised.system.geometry)
    messages = messages_of(checked, audit, discretised.warnings, quality.remarks())
    conditions = conditions_table(checked)
    if output_format is Format.JSON:
        data = {
            "status": "ok",
            "mesh": asdict(quality),
            **({} if checked.protocol is None else {"protocol": checked.resolved["protocol"]}),
            "conditions": conditions,
            "coefficients": plain([asdict(each) for each in coefficients]),
            "audit": audit and plain(audit.as_dict()),
            **messages.as_dict(),
            "problems": [problem.as_dict() for problem in checked.warnings],
        }
        print(json.dumps(data))
    else:
        check_report.show_check(checked, conditions, quality, audit, coefficients, messages)
    if audit is not None and audit.refused:
        raise typer.Exit(4)


for command in (results.compare, orders.converge, results.plot, authoring.schema, sweep.sweep, doctor.doctor):
    app.command()(command)


@plugins_app.callback()
def _plugins(
    context: typer.Context,
    file: PluginFiles = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    context.obj = registry = registry_with(file)
    if context.invoked_subcommand is None:
        _list(registry, output_format)


@plugins_app.command("list")
def list_plugins(context: typer.Context, output_format: FormatOption = Format.TEXT) -> None:
    """List all plugins with their kind and origin."""
    _list(context.obj, output_format)


@plugins_app.command("show")
def show_plugin(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the plugin.")],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Show equation, parameters, units and references of a plugin."""
    from ..reference import catalogue

    entries = catalogue.entries_named(context.obj, name)
    _print(output_format, [catalogue.as_dict(entry) for entry in entries], lambda: catalogue.show(entries))


def _list(registry: Any, output_format: Format) -> None:
    from ..reference import catalogue

    _print(output_format, [catalogue.as_line(entry) for entry in registry], lambda: catalogue.show_list(registry))


def _print(output_format: Format, data: Any, show: Callable[[], None]) -> None:
    if output_format is Format.JSON:
        print(json.dumps(data))
    else:
        show()
