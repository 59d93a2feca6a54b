"""Boundaries with a storage of their own, such as a vessel behind them, held against the rest of the case."""

from __future__ import annotations

import numpy as np

from ...model.boundary import Boundary
from ...model.handles import Field
from ..model import ConditionEntry
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates

__all__ = ["check_reservoir", "storage_issues"]


def storage_issues(builder: CaseBuilder, trial: TrialStates, field: Field, entry: ConditionEntry) -> list[str]:
    """Why the storage of a boundary has no place in a steady case: no flux passes, though the condition states none."""
    if builder.solve is None or builder.is_transient or not _has_storage(entry) or _states_flux(trial, field, entry):
        return []
    text = f"{entry.name}: what it holds never changes in a steady case, so that nothing passes"
    return [f"{text}; expected no_flux, a value of {field.name}, or a run in time"]


def _states_flux(trial: TrialStates, field: Field, entry: ConditionEntry) -> bool:
    """Whether a condition says more than that its storage takes up the flux."""
    condition = entry.condition
    if type(condition).outward_flux is not Boundary.outward_flux or trial.fixes(field, condition, "right"):
        return True
    with np.errstate(all="ignore"):
        return bool(np.any(condition.residual(trial.boundary(field, "right"))))


def check_reservoir(builder: CaseBuilder, trial: TrialStates, boundary: str) -> None:
    """A vessel that takes up one species takes up all of them: the state of the boundary is that of the vessel."""
    entries = builder.boundaries[boundary]
    stored = [field.name for field in builder.placeholder.mole_fractions if field in entries and _holds(entries[field])]
    for field, entry in entries.items():
        if stored and not _holds(entry) and not trial.fixes(field, entry.condition, boundary):
            mark = builder.mark("boundaries", "default" if entry.is_default else boundary, field.name)
            vessel = f"behind which a vessel holds {' and '.join(stored)}"
            text = f"{entry.name} of {field.name} on {boundary}, {vessel}: the vessel would hold no {field.name}"
            other = next(each.name for each in entries.values() if _holds(each))
            note = (
                builder.diagnostics.error if field in builder.placeholder.mole_fractions else builder.diagnostics.warn
            )
            note(mark, text, f"{other} of the same volume for {field.name} too, or its value there")


def _has_storage(entry: ConditionEntry) -> bool:
    return type(entry.condition).storage is not Boundary.storage


def _holds(entry: ConditionEntry) -> bool:
    """Whether a condition stands for a vessel, whose contents have the composition of the boundary."""
    return _has_storage(entry) and entry.condition.is_shared
