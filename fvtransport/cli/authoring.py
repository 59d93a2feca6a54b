"""Commands for authors of cases and plugins: the JSON schema and templates."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from .options import PluginFiles, registry_with

__all__ = ["new_app", "schema"]

new_app = typer.Typer(help="Write a small working case or plugin as a template.", no_args_is_help=True)


def schema(file: PluginFiles = None) -> None:
    """Print the JSON schema of case files, with all installed plugins."""
    from ..reference.json_schema import case_schema

    print(json.dumps(case_schema(registry_with(file)), indent=2))


@new_app.command("case")
def new_case(
    name: Annotated[str, typer.Argument(help="Name of the case, or path of the new file without .yaml.")],
) -> None:
    """Write a case that runs and agrees with its closed form."""
    from ..reference.scaffold import write_case

    _print_paths(write_case(name))


@new_app.command("plugin")
def new_plugin(name: Annotated[str, typer.Argument(help="Name of the law, in lower case.")]) -> None:
    """Write a law in its own file, a case that uses it, and its tests."""
    from ..reference.scaffold import write_plugin

    _print_paths(write_plugin(name, registry_with(None)))


def _print_paths(paths: list) -> None:
    for path in paths:
        print(path, file=sys.stderr)
