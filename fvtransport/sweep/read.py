"""A sweep read back from its folder."""

from __future__ import annotations

import json
from pathlib import Path

from ..results.folder_format import format_mistake
from .axes import read_axes
from .objective import Objective
from .plan import Method, SweepError, SweepPlan
from .run import SweepResult
from .table import read_rows

__all__ = ["load"]


def load(directory: Path) -> SweepResult:
    """The result of a sweep, complete or not, from its folder.

    Raises SweepError where the folder is not a sweep, or one of another format.
    """
    try:
        metadata = json.loads((directory / "sweep.json").read_text(encoding="utf-8"))
        known = metadata["identity"]
        if mistake := format_mistake(metadata, directory, "run the sweep again"):
            raise SweepError(mistake)
        plan = SweepPlan(
            Method(known["--method"]), read_axes(known["--over"]), samples=known["--samples"], seed=known["--seed"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SweepError(f"{directory} is not a readable sweep: {error}") from error
    goal, _, column = (metadata.get("objective") or "").partition(":")
    objective = Objective(column, goal == "max") if column else None
    title, units = metadata.get("title", ""), metadata.get("units", {})
    result = SweepResult(title, plan, objective, directory, read_rows(directory), units)
    result.is_interrupted = metadata.get("status") in ("interrupted", "running")
    return result
