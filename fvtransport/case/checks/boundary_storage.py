"""Walls that hold something of their own, such as a vessel behind them, held against the rest of the case."""

from __future__ import annotations

from ...model.boundary import Boundary
from ...model.handles import Field
from ...model.validation import Issue
from ..model import ConditionEntry
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates

__all__ = ["check_reservoir", "storage_issues"]


def storage_issues(builder: CaseBuilder, field: Field, entry: ConditionEntry) -> list[Issue]:
    """Why what a wall holds has no place in a steady case."""
    if builder.solve is None or builder.is_transient or not _holds(entry):
        return []
    text = f"{entry.name}: its storage never changes in a steady case, so that nothing passes"
    return [Issue(text, f"no_flux, a value of {field.name}, or a run in time")]


def check_reservoir(builder: CaseBuilder, trial: TrialStates, boundary: str) -> None:
    """A vessel that takes up one species takes up all that is there: the state of the wall is that of the vessel."""
    entries = builder.boundaries[boundary]
    stored_matrices = [
        field.name for field in builder.placeholder.mole_fractions if field in entries and _holds(entries[field])
    ]
    for field, entry in entries.items():
        if stored_matrices and not _holds(entry) and not trial.fixes(field, entry.condition, boundary):
            mark = builder.mark("boundaries", "default" if entry.is_default else boundary, field.name)
            text = f"{entry.name} of {field.name} on {boundary}, behind which a vessel holds {' and '.join(stored_matrices)}: the vessel would hold no {field.name}"
            other = next(each.name for each in entries.values() if _holds(each))
            note = (
                builder.diagnostics.error if field in builder.placeholder.mole_fractions else builder.diagnostics.warn
            )
            note(mark, text, f"{other} of the same volume for {field.name} too, or its value there")


def _holds(entry: ConditionEntry) -> bool:
    return type(entry.condition).storage is not Boundary.storage
