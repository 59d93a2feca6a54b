"""Boundaries with a storage of their own, such as a reservoir behind them, checked against the rest of the case."""

from __future__ import annotations

import numpy as np

from ...model.boundary import Boundary
from ...model.handles import Field
from ...model.validation import Issue
from ..model import ConditionEntry
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates

__all__ = ["check_reservoir", "storage_issues"]


def storage_issues(builder: CaseBuilder, trial: TrialStates, field: Field, entry: ConditionEntry) -> list[Issue]:
    """Why the storage of a boundary has no place in a steady case: no flux passes, though the condition states none."""
    if builder.solve is None or builder.is_transient or not _has_storage(entry) or _states_flux(trial, field, entry):
        return []
    text = f"{entry.name}: its storage never changes in a steady case, so that nothing passes"
    return [Issue(text, f"no_flux, a value of {field.name}, or a run in time")]


def _states_flux(trial: TrialStates, field: Field, entry: ConditionEntry) -> bool:
    """Whether a condition has an equation beside the balance of its storage."""
    condition = entry.condition
    if type(condition).outward_flux is not Boundary.outward_flux or trial.fixes(field, condition, "right"):
        return True
    with np.errstate(all="ignore"):
        return bool(np.any(condition.residual(trial.boundary(field, "right"))))


def check_reservoir(builder: CaseBuilder, trial: TrialStates, boundary: str) -> None:
    """A reservoir that takes up one species takes up all that is there: the state of the
    boundary is that of the reservoir.
    """
    entries = builder.boundaries[boundary]
    stored = [
        field.name for field in builder.placeholder.mole_fractions if field in entries and _is_shared(entries[field])
    ]
    for field, entry in entries.items():
        if stored and not _is_shared(entry) and not trial.fixes(field, entry.condition, boundary):
            mark = builder.mark("boundaries", "default" if entry.is_default else boundary, field.name)
            text = (
                f"{entry.name} of {field.name} on {boundary}, behind which a reservoir contains "
                f"{' and '.join(stored)}: the reservoir would contain no {field.name}"
            )
            other = next(each.name for each in entries.values() if _is_shared(each))
            note = (
                builder.diagnostics.error if field in builder.placeholder.mole_fractions else builder.diagnostics.warn
            )
            note(mark, text, f"{other} of the same volume for {field.name} too, or its value there")


def _has_storage(entry: ConditionEntry) -> bool:
    return type(entry.condition).storage is not Boundary.storage


def _is_shared(entry: ConditionEntry) -> bool:
    return _has_storage(entry) and entry.condition.is_shared
