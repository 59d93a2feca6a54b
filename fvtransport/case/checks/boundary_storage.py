"""Walls that hold something of their own, such as a vessel behind them, held against the rest of the case."""

from __future__ import annotations

from ...model.boundary import Boundary
from ...model.handles import Field
from ..model import Condition
from ..reading.draft import Draft
from .trial_points import Probe

__all__ = ["check_vessel", "vessel_objections"]


def vessel_objections(draft: Draft, field: Field, condition: Condition) -> list[str]:
    """Why what a wall holds has no place in a steady case."""
    if draft.solve is None or draft.is_transient or not _holds(condition):
        return []
    return [
        f"{condition.name}: what it holds never changes in a steady case, so that nothing passes; expected no_flux, a value of {field.name}, or a run in time"
    ]


def check_vessel(draft: Draft, probe: Probe, wall: str) -> None:
    """A vessel that takes up one species takes up all that is there: the state of the wall is that of the vessel."""
    conditions = draft.boundaries[wall]
    held = [field.name for field in draft.stand_in.mole_fractions if field in conditions and _holds(conditions[field])]
    for field, condition in conditions.items():
        if held and not _holds(condition) and not probe.pins(field, condition.boundary, wall):
            mark = draft.mark("boundaries", "default" if condition.is_default else wall, field.name)
            text = f"{condition.name} of {field.name} on {wall}, behind which a vessel holds {' and '.join(held)}: the vessel would hold no {field.name}"
            other = next(each.name for each in conditions.values() if _holds(each))
            note = draft.findings.error if field in draft.stand_in.mole_fractions else draft.findings.warn
            note(mark, text, f"{other} of the same volume for {field.name} too, or its value there")


def _holds(condition: Condition) -> bool:
    return type(condition.boundary).holds is not Boundary.holds
