"""Plugins evaluated at later times: properties without a value, storage that depends on time or on no field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...errors import Mark
from ...model.law import Law
from ...model.property import Property, properties_in
from ...model.validation import Context
from ...model.views import CellView
from ..reading.builder import CaseBuilder
from .returned_values import numbers
from .trial_points import TrialStates
from .trial_variation import varied

__all__ = ["check_storage", "check_tables"]

_STEP = 1e-3
_SINGULAR = 1e-9
_PARTS = (0.0, 0.2718281828, 0.6180339887, 1.0)


def check_tables(builder: CaseBuilder, trial: TrialStates) -> None:
    """Properties that have no value at the initial state, at the start or at the end of the run."""
    if not all(field in builder.initial for field in trial.medium.fields):
        return
    for mark, prop in _properties(builder):
        for t in dict.fromkeys(_times(builder, trial)[:: len(_PARTS) - 1]):
            issues = prop.validate(Context(state=_cells(trial, t))) if prop is not None else ()
            if (issue := next((each for each in issues if each.is_mistake), None)) is not None:
                cure = issue.cure or "a table that covers the initial state and the run"
                builder.diagnostics.error(mark, issue.text, cure)
                break


def check_storage(builder: CaseBuilder, trial: TrialStates) -> None:
    """Stored amounts may depend on time through the fields only, and must depend on all of them."""
    if not builder.is_transient:
        return
    with np.errstate(all="ignore"):
        _compare_storage(builder, trial, _times(builder, trial))
        _require_storage(builder, trial)


def _require_storage(builder: CaseBuilder, trial: TrialStates) -> None:
    """Every balance must store something that depends on a field, and the stored amounts together must determine the
    fields.
    """
    matrix = _storage_matrix(builder, trial)
    if not np.isfinite(matrix).all() or not builder.laws_valid:
        return
    mark, cure = builder.mark("mixture", key=True), "solve: steady, or a mixture or a law with a storage"
    empty = [balance for balance, row in zip(trial.medium.balances, matrix) if not row.any(axis=0).all()]
    for balance in empty:
        needed = f"a run in time needs a storage that depends on {balance.field.name}"
        text = f"the {balance.name} balance stores nothing: {needed}"
        builder.diagnostics.error(mark, text, f"{cure} of {balance.name}")
    idle = [field for j, field in enumerate(trial.medium.fields) if not matrix[:, j].any(axis=0).all()]
    for field in idle if not empty else ():
        text = f"no balance stores anything that depends on {field.name}, so that its rate of change is undetermined"
        builder.diagnostics.error(mark, text, f"{cure} that depends on {field.name}")
    if not empty and not idle and _is_singular(matrix):
        names = " and ".join(field.name for field in trial.medium.fields)
        text = f"the storages of the balances depend on each other and do not determine how {names} change in time"
        builder.diagnostics.error(mark, text, cure)


def _storage_matrix(builder: CaseBuilder, trial: TrialStates) -> np.ndarray:
    """Derivatives of what each balance stores per volume by each field, (balances, fields, points)."""
    values, columns = varied(trial), []
    for j, row in enumerate(values):
        step = _STEP * np.where(row == 0.0, 1.0, row)
        stored = []
        for sign in (-1.0, 1.0):
            moved = values.copy()
            moved[j] += sign * step
            stored.append(_stored(builder, trial, moved))
        columns.append((stored[1] - stored[0]) / (2.0 * step))
    return np.stack(columns, axis=1)


def _stored(builder: CaseBuilder, trial: TrialStates, values: np.ndarray) -> np.ndarray:
    """What each balance stores per volume at the trial points, (balances, points)."""
    cell, medium = trial.cells(values), trial.medium
    total = [numbers(medium.mixture.storage(each, cell), values.shape[1:]) for each in medium.balances]
    for read in builder.laws:
        for key, term in read.law.storage(cell).items():
            if (row := medium.row.get(key)) is not None:
                total[row] = total[row] + term
    return np.stack(total).astype(float)


def _is_singular(matrix: np.ndarray) -> bool:
    """Whether the matrix of some point is singular, whatever the units of its rows and columns."""
    scaled = matrix / np.abs(matrix).max(axis=1, keepdims=True)
    scaled = scaled / np.abs(scaled).max(axis=0, keepdims=True)
    return bool((np.linalg.svd(np.moveaxis(scaled, -1, 0), compute_uv=False)[:, -1] < _SINGULAR).any())


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
