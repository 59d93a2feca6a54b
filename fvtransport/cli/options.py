"""Arguments, options and error output shared by several commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import CaseError, FvtransportError

__all__ = [
    "AllowGeo",
    "CaseFile",
    "Format",
    "FormatOption",
    "Overrides",
    "PluginFiles",
    "ResultFolder",
    "errors_as_json",
    "load_checked",
    "registry_with",
]


class Format(StrEnum):
    """The output format of a command."""

    TEXT = "text"
    JSON = "json"


CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="Case file, <name>.yaml.")]
ResultFolder = Annotated[Path, typer.Argument(metavar="RESULT", help="Result folder of a run.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Override an entry of the case: --set mesh.cells=400; may be repeated."
    ),
]
AllowGeo = Annotated[
    bool,
    typer.Option(
        "--allow-geo", help="Let Gmsh execute everything that a .geo file says, commands of the system included."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="json: print one object to standard output.")]
PluginFiles = Annotated[
    list[Path] | None, typer.Option("--file", help="Also load the plugins in this Python file; may be repeated.")
]


def load_checked(path: Path, overrides: list[str] | None, output_format: Format, allow_geo: bool = False) -> Any:
    """Load and check a case; with JSON output its mistakes are also printed to standard output."""
    from ..case.checks.checked_case import load

    with errors_as_json(output_format):
        return load(path, overrides or (), allow_geo=allow_geo)


@contextmanager
def errors_as_json(output_format: Format) -> Iterator[None]:
    """With JSON output, print an error to standard output as one object before it is raised."""
    try:
        yield
    except FvtransportError as error:
        if output_format is Format.JSON:
            data: dict[str, Any] = {"status": "bad input" if error.exit_code == 2 else "error", "message": str(error)}
            if isinstance(error, CaseError):
                data["problems"] = [problem.as_dict() for problem in error.problems]
            print(json.dumps(data))
        raise


def registry_with(files: list[Path] | None) -> Any:
    """The installed plugins together with those in some files."""
    from ..model.registry import Registry

    registry = Registry.installed()
    for path in files or []:
        registry.add_file(path)
    return registry
