"""Properties of a case: those that something needs and are missing, those that nothing needs, and their signs."""

from __future__ import annotations

import numpy as np

from ...errors import Mark
from ...model.handles import Shared
from ...model.validation import Context, first_mistake
from ..reading.builder import CaseBuilder, PropertyEntry
from .trial_points import TrialStates, check_traced, safely

__all__ = ["check_properties", "note_missing"]


def note_missing(builder: CaseBuilder, what: str, mark: Mark, requested: list[Shared], known: set[Shared]) -> None:
    """Shared properties that something needs and the case does not give, each at its first user."""
    given = {each.handle for each in builder.properties} | set(builder.placeholder.provides()) | builder.seen
    for handle in dict.fromkeys(requested):
        if handle not in given and handle not in known:
            names = [handle.name, *(convention.name for convention in handle.conventions)]
            unit = f" [{handle.unit}]" if handle.unit else ""
            expected = f"{'one of ' if len(names) > 1 else ''}{', '.join(names)} under properties"
            builder.diagnostics.error(mark, f"{what} needs {handle.name}{unit}: {handle.meaning}", expected)


def check_properties(builder: CaseBuilder, trial: TrialStates, used: set[Shared]) -> None:
    """Coefficients that nothing uses, and those that are not positive at the initial state."""
    for given in builder.properties:
        if given.handle not in used:
            builder.diagnostics.warn(given.mark, f"{given.name} is given but nothing uses it")
        if given.value is None or not given.handle.positive or given.value.constant is not None:
            continue
        if builder.initial_known or not trial.depends_on_fields(given.value):
            what, needs = f"the sign of {given.name}", ("mesh", "mixture")
            check_traced(builder, trial, what, _check_positive, builder, trial, given, needs=needs)


def _check_positive(builder: CaseBuilder, trial: TrialStates, given: PropertyEntry) -> None:
    values = np.asarray(safely(given.name, given.mark, lambda: given.value(trial.cells())))
    is_right = values >= 0.0 if given.handle.may_vanish else values > 0.0
    wrong = np.ravel(values[~is_right])
    if len(wrong):
        reason = first_mistake(given.value.validate(Context(mixture=builder.placeholder, state=trial.cells())))
        if not reason:  # a property without a value is reported with the range of its table
            text = f"{given.name} = {wrong[0]:g} at the initial state"
            cure = (
                "a positive number, or zero in a part of the domain" if given.handle.may_vanish else "a positive number"
            )
            builder.diagnostics.error(given.mark, text, cure)
