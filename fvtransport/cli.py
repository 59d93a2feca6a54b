"""The command line: human text on standard error, data on standard output, exit codes as documented.

0 done; 1 internal error; 2 bad input; 3 not converged or out of physical range; 4 balance or comparison failed; 130 stopped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from .errors import CaseError, FvtransportError

__all__ = ["app", "main"]

app = typer.Typer(
    help="Coupled heat and mass transport, from a case file to a verified answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
plugins_app = typer.Typer(help="List the plugins, or show one.", invoke_without_command=True)
app.add_typer(plugins_app, name="plugins")


class Format(str, Enum):
    """How a command answers."""

    TEXT = "text"
    JSON = "json"


CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="The case file, <name>.yaml.")]
Overrides = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Override a key: --set mesh.cells=400.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="json prints one object to standard output.")]


def main() -> None:
    """Entry point of the console script."""
    try:
        app(standalone_mode=True)
    except FvtransportError as error:
        _leave(str(error), error.exit_code)
    except KeyboardInterrupt:
        _leave("stopped", 130)


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
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    pass


@app.command()
def run(
    case: CaseFile,
    overrides: Overrides = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Result folder; by default named after the case.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing result.")] = False,
    answer: FormatOption = Format.TEXT,
) -> None:
    """Solve a case: summary, figures and a result folder."""
    checked = _checked(case, overrides, answer)
    from . import api, plot, report, store
    from .progress import ProgressReport

    directory = output if output is not None else Path(checked.path.stem)
    store.refuse_existing(directory, force)
    with ProgressReport(checked) as progress:
        result = api.run(checked, progress=progress.update)
    paths = store.write(result, directory, force=force, figures=plot.draw)
    if answer is Format.JSON:
        print(json.dumps(result.summary()))
    else:
        report.show(result, paths)
    raise typer.Exit(result.exit_code)


@app.command()
def check(case: CaseFile, overrides: Overrides = None, answer: FormatOption = Format.TEXT) -> None:
    """Everything short of solving: text, units, names, well-posedness; prints the condition of every field."""
    checked = _checked(case, overrides, answer)
    from . import report
    from .build import build
    from .case.check import conditions_table

    build(checked)
    table = conditions_table(checked)
    if answer is Format.JSON:
        warnings = [problem.as_dict() for problem in checked.warnings]
        print(json.dumps({"status": "ok", "conditions": table, "warnings": warnings}))
    else:
        report.show_check(checked, table)


@plugins_app.callback()
def _plugins(
    context: typer.Context,
    file: Annotated[list[Path] | None, typer.Option("--file", help="Also the plugins of this Python file.")] = None,
    answer: FormatOption = Format.TEXT,
) -> None:
    from .registry import Registry

    registry = Registry.installed()
    for path in file or []:
        registry.add_file(path)
    context.obj = registry
    if context.invoked_subcommand is None:
        _list(registry, answer)


@plugins_app.command("list")
def list_plugins(context: typer.Context, answer: FormatOption = Format.TEXT) -> None:
    """All plugins with their kind and origin."""
    _list(context.obj, answer)


@plugins_app.command("show")
def show_plugin(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Name of a plugin.")], answer: FormatOption = Format.TEXT
) -> None:
    """Equation, parameters, units and references of one plugin."""
    from . import catalogue

    entries = catalogue.entries_named(context.obj, name)
    _print(answer, [catalogue.as_dict(entry) for entry in entries], lambda: catalogue.show(entries))


def _list(registry: Any, answer: Format) -> None:
    from . import catalogue

    _print(answer, [catalogue.as_line(entry) for entry in registry], lambda: catalogue.show_list(registry))


def _print(answer: Format, data: Any, show: Callable[[], None]) -> None:
    if answer is Format.JSON:
        print(json.dumps(data))
    else:
        show()


def _checked(path: Path, overrides: list[str] | None, answer: Format) -> Any:
    from .case.check import load

    try:
        return load(path, overrides or ())
    except CaseError as error:
        if answer is Format.JSON:
            print(json.dumps({"status": "bad input", "problems": [problem.as_dict() for problem in error.problems]}))
        raise
