"""Commands on a stored result: compare it again, draw it again."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from .options import Format, FormatOption, ResultFolder

__all__ = ["compare", "plot"]


def compare(result: ResultFolder, answer: FormatOption = Format.TEXT) -> None:
    """Hold a stored result against the closed form of its case again; exits with 4 when it fails."""
    from ..results.read import StoreError

    found = _read(result)
    if found.comparison is None:
        raise StoreError(f"{result}: its case names no closed form to compare with")
    if answer is Format.JSON:
        from ..results.readings import plain

        print(json.dumps(plain(found.comparison.as_dict())))
    else:
        from ..report import tables as report

        report.show_comparison(found)
    if not found.ending.succeeded:
        raise typer.Exit(3)
    raise typer.Exit(0 if found.comparison.passed else 4)


def plot(result: ResultFolder) -> None:
    """Draw the figures of a stored result again, from what it holds; of a sweep, its picture."""
    if (result / "sweep.json").is_file():
        from ..sweep import figure
        from ..sweep import read as stored

        if path := figure.draw(stored.load(result)):
            print(path, file=sys.stderr)
        return
    from ..report.figures import draw as drawing

    folder = result / "figures"
    found = _read(result)
    folder.mkdir(exist_ok=True)
    for path in drawing.draw(found, folder):
        print(path, file=sys.stderr)


def _read(folder: Any) -> Any:
    from ..api import load

    return load(folder).result
