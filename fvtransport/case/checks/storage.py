"""Plugins evaluated at later times: properties that have no value there, storage that depends on time explicitly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...errors import Mark
from ...model.law import Law
from ...model.property import Property, properties_in
from ...model.views import CellView
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates

__all__ = ["check_storage", "check_tables"]

_PARTS = (0.0, 0.2718281828, 0.6180339887, 1.0)


def check_tables(builder: CaseBuilder, trial: TrialStates) -> None:
    """Properties that have no value at the initial state, at the start or at the end of the run."""
    if not all(field in builder.initial for field in trial.medium.fields):
        return
    for mark, prop in _properties(builder):
        for t in dict.fromkeys(_times(builder, trial)[:: len(_PARTS) - 1]):
            if prop is not None and (text := prop.objection(_cells(trial, t))):
                builder.diagnostics.error(mark, text, "a table that covers the initial state and the run")
                break


def check_storage(builder: CaseBuilder, trial: TrialStates) -> None:
    """Stored amounts may depend on time through the fields only, or the balances would not close."""
    if not builder.is_transient:
        return
    with np.errstate(all="ignore"):
        _compare_storage(builder, trial, _times(builder, trial))


def _compare_storage(builder: CaseBuilder, trial: TrialStates, times: list[float]) -> None:
    for balance in trial.medium.balances:
        conserved = [trial.medium.mixture.storage(balance, _cells(trial, t)) for t in times]
        _note_changing(builder, builder.mark("mixture", key=True), f"the storage of {balance.name}", conserved)
    for read in builder.laws:
        if type(read.law).storage is not Law.storage:
            terms = [read.law.storage(_cells(trial, t)) for t in times]
            for key in terms[0]:
                _note_changing(
                    builder, read.selection.mark, f"the storage of {read.name}", [each[key] for each in terms]
                )


def _note_changing(builder: CaseBuilder, mark: Mark, what: str, conserved: list[Any]) -> None:
    if any(not np.array_equal(conserved[0], other, equal_nan=True) for other in conserved[1:]):
        builder.diagnostics.error(
            mark, f"{what} depends on time", "a concentration, heat capacity or amount of fields and position"
        )


def _times(builder: CaseBuilder, trial: TrialStates) -> list[float]:
    if not builder.is_transient:
        return [trial.t]
    spec = builder.solve
    return [spec.start + part * (spec.until - spec.start) for part in _PARTS]


def _cells(trial: TrialStates, t: float) -> CellView:
    return CellView(trial.medium, t, trial.values, trial.position)


def _properties(builder: CaseBuilder) -> Iterator[tuple[Mark, Property | None]]:
    """Every property of the case, with its place or that of its plugin; None where it could not be read."""
    for given in builder.properties:
        yield given.mark, given.value
    for prop in properties_in(builder.placeholder):
        yield builder.mark("mixture", key=True), prop
    for read in builder.laws:
        for prop in properties_in(read.law):
            yield read.selection.mark, prop
    for boundary, entries in builder.boundaries.items():
        for field, entry in entries.items():
            mark = builder.mark("boundaries", "default" if entry.is_default else boundary, field.name)
            for prop in properties_in(entry.condition):
                yield mark, prop
