"""Commands on a stored result: repeat its comparison, draw its figures."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from .options import AllowGeo, Format, FormatOption, ResultFolder

__all__ = ["compare", "plot"]


def compare(result: ResultFolder, allow_geo: AllowGeo = False, output_format: FormatOption = Format.TEXT) -> None:
    """Compare a stored result with the closed form of its case; exit code 4 if the errors are too large."""
    from ..results.read import StoreError

    stored = _read(result, allow_geo)
    if stored.comparison is None:
        raise StoreError(f"{result}: the case defines no comparison with a closed form")
    if output_format is Format.JSON:
        from ..results.readings import plain

        print(json.dumps(plain(stored.comparison.as_dict())))
    else:
        from ..report import result_report

        result_report.show_comparison(stored)
    if not stored.ending.succeeded:
        raise typer.Exit(3)
    raise typer.Exit(0 if stored.comparison.passed else 4)


def plot(result: ResultFolder, allow_geo: AllowGeo = False) -> None:
    """Draw the figures of a stored result or sweep again."""
    if (result / "sweep.json").is_file():
        from ..sweep import figure, read

        if path := figure.draw(read.load(result)):
            print(path, file=sys.stderr)
        return
    from ..report.figures import draw as drawing

    folder = result / "figures"
    stored = _read(result, allow_geo)
    folder.mkdir(exist_ok=True)
    for path in drawing.draw(stored, folder):
        print(path, file=sys.stderr)


def _read(folder: Any, allow_geo: bool) -> Any:
    from ..api import load

    return load(folder, allow_geo=allow_geo).result
