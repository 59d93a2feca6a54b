"""A sweep read back from its folder."""

from __future__ import annotations

import json
from pathlib import Path

from .axes import read_axes
from .objective import Objective
from .plan import Method, Plan, SweepError
from .run import Outcome
from .table import read_rows

__all__ = ["load"]


def load(directory: Path) -> Outcome:
    """What a sweep came to, as far as it has come; raises SweepError where the folder is none."""
    try:
        about = json.loads((directory / "sweep.json").read_text(encoding="utf-8"))
        known = about["identity"]
        plan = Plan(
            Method(known["--method"]), read_axes(known["--over"]), samples=known["--samples"], seed=known["--seed"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SweepError(f"{directory} is no readable sweep: {error}") from error
    goal, _, column = (about.get("objective") or "").partition(":")
    objective = Objective(column, goal == "max") if column else None
    outcome = Outcome(about.get("title", ""), plan, objective, directory, read_rows(directory), about.get("units", {}))
    outcome.is_interrupted = about.get("status") in ("interrupted", "running")
    return outcome
