"""Boundary conditions evaluated on the ends of the trial points, and whether they fix the fields of a steady state."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ...errors import Problem
from ...model.handles import Field, Shared
from ...model.validation import Issue
from ..model import ConditionEntry
from ..reading.builder import CaseBuilder
from .boundary_storage import check_reservoir, storage_issues
from .needed_properties import note_missing
from .steady import check_steady
from .trial_points import TrialStates, check_traced, safely

__all__ = ["check_conditions"]


def check_conditions(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """Conditions evaluated at the trial state, and whether a steady state is determined; returns the shared properties
    that the conditions use.
    """
    used: set[Shared] = set()
    whole = builder.laws_valid and builder.solve_valid
    for boundary, entries in builder.boundaries.items():
        for field, entry in entries.items():
            trial.medium.requested.clear()
            where = "default" if entry.is_default else boundary
            mark = builder.mark("boundaries", where, field.name)
            what = f"condition {entry.name}"
            condition = entry.condition
            issues = builder.check(what, _issues, builder, trial, field, entry)
            builder.diagnostics.problems += [
                Problem(mark, each.text, each.cure, warning=not each.is_mistake) for each in issues or ()
            ]
            if issues is None or any(each.is_mistake for each in issues):
                whole = False
                continue
            done = builder.check(what, safely, what, mark, partial(trial.fixes, field, condition, boundary))
            whole = whole and done is not None
            note_missing(builder, what, mark, list(trial.medium.requested), used)
            used |= trial.medium.requested
        if whole:
            check_reservoir(builder, trial, boundary)
    if builder.solve is not None and not builder.is_transient:
        if whole:
            check_traced(builder, trial, "the steady state", check_steady, builder, trial, needs=("mixture", "solve"))
        else:
            builder.diagnostics.skipped.append("the steady state")
    return used


def _issues(builder: CaseBuilder, trial: TrialStates, field: Field, entry: ConditionEntry) -> list[Issue]:
    """Why a condition does not suit the field or the case."""
    context = replace(builder.context, field=field)
    return [*entry.condition.validate(context), *storage_issues(builder, trial, field, entry)]
