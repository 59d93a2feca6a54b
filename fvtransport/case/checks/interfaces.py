"""Conditions between two regions: whether each suits its field and the mixture, and what it needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...errors import Mark, Problem
from ...model.handles import Field, Shared
from ...model.interface import Interface, InterfaceView
from ..reading.builder import CaseBuilder
from .needed_properties import note_missing
from .returned_values import as_terms, numbers
from .trial_points import TrialStates, safely

__all__ = ["check_interfaces"]


def check_interfaces(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """Note what is wrong with the conditions of a case; the shared properties that they use."""
    used: set[Shared] = set()
    for what, mark, *condition in _conditions(builder):
        found = builder.check(what, _check, builder, trial, what, mark, *condition) or set()
        note_missing(builder, what, mark, list(found), used)
        used |= found
    return used


def _conditions(builder: CaseBuilder) -> list[tuple[str, Mark, tuple[str, str], Field, Interface]]:
    """Every condition with its name for messages, its place, the regions and the field."""
    return [
        (
            f"condition {each.name}",
            builder.mark("interfaces", "-".join(regions), field.name),
            regions,
            field,
            each.condition,
        )
        for regions, entries in builder.interfaces.items()
        for field, each in entries.items()
    ]


def _check(
    builder: CaseBuilder,
    trial: TrialStates,
    what: str,
    mark: Mark,
    regions: tuple[str, str],
    field: Field,
    condition: Interface,
) -> set[Shared]:
    """Note what is wrong with a condition; the shared properties that it reads at the trial points."""
    others = {each: entry.condition for each, entry in builder.interfaces[regions].items() if each is not field}
    issues = list(condition.validate(replace(builder.context, field=field, conditions=others)))
    builder.diagnostics.problems += [
        Problem(mark, each.text, each.cure, warning=not each.is_mistake) for each in issues
    ]
    trial.medium.requested.clear()
    if not any(each.is_mistake for each in issues):
        safely(what, mark, lambda: _residuals(trial, regions, field, condition))
    return set(trial.medium.requested)


def _residuals(trial: TrialStates, regions: tuple[str, str], field: Field, condition: Interface) -> list[np.ndarray]:
    """The residual, the production and the storage of a condition at the trial points, when nothing passes."""
    sides = []
    for region in regions:
        position = trial.position.copy()
        position[3] = trial.medium.regions[region]
        sides.append(position)
    none = np.zeros(trial.values.shape)
    view = InterfaceView(
        trial.medium, trial.t, trial.medium.row[field], (trial.values,) * 2, (none, none), tuple(sides)
    )
    shape = trial.values.shape[1:]
    terms = [condition.residual(view), *as_terms(condition.production(view)).values()]
    if type(condition).storage is not Interface.storage:
        terms.append(condition.storage(view))
    return [numbers(term, shape) for term in terms]
