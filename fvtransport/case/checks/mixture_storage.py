"""What the mixture needs to store its balances, and coefficients of it that may not change in time."""

from __future__ import annotations

from ...model.handles import Shared
from ...model.validation import Context
from ..reading.builder import CaseBuilder
from .needed_properties import note_missing
from .trial_points import TrialStates, safely

__all__ = ["check_mixture"]


def check_mixture(builder: CaseBuilder, trial: TrialStates) -> set[Shared]:
    """The mixture and the storage of its balances; returns the shared properties that the storage uses."""
    mixture = builder.placeholder
    means = {} if builder.solve is None or builder.is_transient else builder.solve.means
    used: set[Shared] = set()
    for balance in mixture.balances:
        needs = mixture.needs(balance)
        if builder.is_transient or balance.field in means:
            note_missing(
                builder, f"the storage of {balance.name}", builder.mark("mixture", key=True), list(needs), used
            )
        used.update(needs)
    mark = builder.mark("mixture", key=True)
    if builder.is_transient:
        _check_constant_in_time(builder, trial)
        for issue in mixture.validate(builder.context):
            if issue.is_mistake:
                builder.diagnostics.error(mark, issue.text, issue.cure)
    if builder.initial_known:
        context = Context(mixture=mixture, state=trial.cells())
        for issue in safely("the mixture", mark, lambda: list(mixture.validate(context))):
            if not issue.is_mistake:
                builder.diagnostics.warn(mark, issue.text, issue.cure)
    return used


def _check_constant_in_time(builder: CaseBuilder, trial: TrialStates) -> None:
    """Refuse coefficients of the storage that would change in time although the mixture takes them as constant."""
    for handle, allowed in builder.placeholder.constant_in_time().items():
        given = next((each for each in builder.properties if each.handle is handle), None)
        mark = given.mark if given else builder.mark("mixture", key=True)
        changing = [
            field.name for field in trial.medium.fields if field not in allowed and trial.depends_on(handle, field)
        ]
        changing += ["t"] if trial.depends_on(handle, None) else []
        if changing:
            text = (
                f"{handle.name} depends on {' and '.join(changing)} and would change in time, which "
                f"{builder.mixture_name} cannot store"
            )
            builder.diagnostics.error(mark, text, f"{handle.name} that does not change in time, or solve: steady")
