"""Commands for authors of cases and plugins: the JSON schema, and files to start from."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from .options import PluginFiles, registry_with

__all__ = ["new_app", "schema"]

new_app = typer.Typer(help="Write a small working case or plugin to start from.", no_args_is_help=True)


def schema(file: PluginFiles = None) -> None:
    """The JSON schema of case files, with all installed plugins, on standard output."""
    from ..reference.json_schema import case_schema

    print(json.dumps(case_schema(registry_with(file)), indent=2))


@new_app.command("case")
def new_case(name: Annotated[str, typer.Argument(help="Its name, or the path of the new file without .yaml.")]) -> None:
    """A case that runs and agrees with its closed form."""
    from ..reference.scaffold import write_case

    _tell(write_case(name))


@new_app.command("plugin")
def new_plugin(name: Annotated[str, typer.Argument(help="Name of the law, lower case.")]) -> None:
    """A law in a file of its own, a case that uses it, and the tests that prove it."""
    from ..reference.scaffold import write_plugin

    _tell(write_plugin(name, registry_with(None)))


def _tell(paths: list) -> None:
    for path in paths:
        print(path, file=sys.stderr)
