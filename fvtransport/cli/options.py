"""Arguments and answers that several commands share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import CaseError, FvtransportError

__all__ = [
    "CaseFile",
    "Format",
    "FormatOption",
    "Overrides",
    "PluginFiles",
    "ResultFolder",
    "checked",
    "registry_with",
    "telling",
]


class Format(str, Enum):
    """How a command answers."""

    TEXT = "text"
    JSON = "json"


CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="The case file, <name>.yaml.")]
ResultFolder = Annotated[Path, typer.Argument(metavar="RESULT", help="The result folder of a run.")]
Overrides = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Override a key: --set mesh.cells=400.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="json prints one object to standard output.")]
PluginFiles = Annotated[list[Path] | None, typer.Option("--file", help="Also the plugins of this Python file.")]


def checked(path: Path, overrides: list[str] | None, answer: Format) -> Any:
    """The checked case; in JSON its mistakes go to standard output as well."""
    from ..case.checks.checked_case import load

    with telling(answer):
        return load(path, overrides or ())


@contextmanager
def telling(answer: Format) -> Iterator[None]:
    """Print an error to standard output too, as one object, where the answer is JSON."""
    try:
        yield
    except FvtransportError as error:
        if answer is Format.JSON:
            found = (
                {"problems": [problem.as_dict() for problem in error.problems]} if isinstance(error, CaseError) else {}
            )
            status = "bad input" if error.exit_code == 2 else "error"
            print(json.dumps({"status": status, "message": str(error), **found}))
        raise


def registry_with(files: list[Path] | None) -> Any:
    """The installed plugins and those of some files."""
    from ..model.registry import Registry

    registry = Registry.installed()
    for path in files or []:
        registry.add_file(path)
    return registry
