"""Plugins tried beyond the start: properties where they have no value, storage that would change without its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...errors import Mark
from ...model.law import Law
from ...model.property import Property, properties_in
from ...model.views import CellView
from ..reading.draft import Draft
from .trial_points import Probe

__all__ = ["check_storage", "check_tables"]

_PARTS = (0.0, 0.2718281828, 0.6180339887, 1.0)


def check_tables(draft: Draft, probe: Probe) -> None:
    """Properties that have no value at the initial state, at the start or at the end of the run."""
    if not all(field in draft.initial for field in probe.medium.fields):
        return
    for mark, prop in _properties(draft):
        for t in dict.fromkeys(_times(draft, probe)[:: len(_PARTS) - 1]):
            if text := prop.objection(_cells(probe, t)):
                draft.findings.error(mark, text, "a table that covers the initial state and the run")
                break


def check_storage(draft: Draft, probe: Probe) -> None:
    """What is stored must change through the fields alone, or the balances would lose it."""
    if not draft.is_transient:
        return
    with np.errstate(all="ignore"):
        _compare_storage(draft, probe, _times(draft, probe))


def _compare_storage(draft: Draft, probe: Probe, times: list[float]) -> None:
    for balance in probe.medium.balances:
        amounts = [probe.medium.mixture.storage(balance, _cells(probe, t)) for t in times]
        _note_changing(draft, draft.mark("mixture", key=True), f"the storage of {balance.name}", amounts)
    for read in draft.laws:
        if type(read.law).storage is not Law.storage:
            terms = [read.law.storage(_cells(probe, t)) for t in times]
            for key in terms[0]:
                _note_changing(draft, read.chosen.mark, f"the storage of {read.name}", [each[key] for each in terms])


def _note_changing(draft: Draft, mark: Mark, what: str, amounts: list[Any]) -> None:
    if any(not np.array_equal(amounts[0], other, equal_nan=True) for other in amounts[1:]):
        draft.findings.error(
            mark, f"{what} hangs on time", "a concentration, heat capacity or amount of fields and position"
        )


def _times(draft: Draft, probe: Probe) -> list[float]:
    if not draft.is_transient:
        return [probe.t]
    spec = draft.solve
    return [spec.start + part * (spec.until - spec.start) for part in _PARTS]


def _cells(probe: Probe, t: float) -> CellView:
    return CellView(probe.medium, t, probe.values, probe.place)


def _properties(draft: Draft) -> Iterator[tuple[Mark, Property]]:
    """Every property of the case and where it, or the plugin that it belongs to, stands."""
    for given in draft.properties:
        yield given.mark, given.value
    for prop in properties_in(draft.stand_in):
        yield draft.mark("mixture", key=True), prop
    for read in draft.laws:
        for prop in properties_in(read.law):
            yield read.chosen.mark, prop
    for wall, conditions in draft.boundaries.items():
        for field, condition in conditions.items():
            mark = draft.mark("boundaries", "default" if condition.is_default else wall, field.name)
            for prop in properties_in(condition.boundary):
                yield mark, prop
