"""Steady problems: what fixes the level of each field, and whether imposed fluxes can balance."""

from __future__ import annotations

import numpy as np

from ...errors import Mark
from ...model.boundary import Boundary
from ...model.handles import Field
from ...model.law import Law
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates

__all__ = ["check_steady"]

_ROUND_OFF = 1e-12
_FACTORS = (1e-9, 0.01, 0.1, 1.0, 10.0)
_PARTS = (0.05, 0.35, 0.65, 0.95)


def check_steady(builder: CaseBuilder, trial: TrialStates) -> None:
    """Every field must be fixed by a condition, by a source that depends on it, or else by its mean."""
    means = builder.solve.means
    for field in trial.medium.fields:
        entries = {boundary: given[field] for boundary, given in builder.boundaries.items() if field in given}
        if len(entries) < len(builder.scope.boundaries or ()) or not entries:
            continue
        fixed = any(trial.fixes(field, each.condition, boundary) for boundary, each in entries.items())
        sourced = any(_sources(read.law) and trial.has_source(field, read.law) for read in builder.laws)
        if field in means and (fixed or sourced):
            mark = builder.mark("solve", "steady", "mean", field.name, key=True)
            what = "boundaries" if fixed else "sources"
            text = f"the mean of {field.name} is given, but its {what} already fix {field.name}"
            builder.diagnostics.error(mark, text, "no mean")
        if fixed:
            continue
        if field not in means and not sourced:
            _note_undetermined(builder, field)
        elif field not in means and (sign := _only_grows(builder, trial, field)):
            _note_unbalanced_source(builder, trial, field, sign)
        if not any(_sources(read.law) for read in builder.laws):
            _check_balance(builder, trial, field)


def _note_undetermined(builder: CaseBuilder, field: Field) -> None:
    text = f"{field.name} is not fixed: every boundary imposes its flux, so a steady {field.name} may have any level"
    cure = (
        f"`solve: {{steady: {{mean: {{{field.name}: ...}}}}}}`, or a value or an exchange coefficient on one boundary"
    )
    builder.diagnostics.error(_solve_mark(builder), text, cure)


def _only_grows(builder: CaseBuilder, trial: TrialStates, field: Field) -> int:
    """Sign of sources that vanish at no level of a field and that no imposed flux balances; 0 if a balance is possible.

    Such sources grow with the field, or drive it to a bound that it may not reach, such as T or p of zero.
    """
    rates = _source_rates(builder, trial, field)
    sign = int(np.sign(rates.flat[0]))
    if not sign or not np.all(sign * rates > 0.0):
        return 0
    if not np.all(np.diff(rates, axis=0) > 0.0) and not (sign < 0 and np.isinf(field.upper)):
        return 0
    given = [(each[field].condition, boundary) for boundary, each in builder.boundaries.items()]
    if any(type(condition).outward_flux is Boundary.outward_flux for condition, _ in given):
        return 0
    return sign if all(sign * trial.imposed(field, condition, boundary) <= 0.0 for condition, boundary in given) else 0


def _source_rates(builder: CaseBuilder, trial: TrialStates, field: Field) -> np.ndarray:
    """Rate of the sources of a field at levels throughout its range, (levels, points)."""
    row, laws = trial.medium.row[field], [read.law for read in builder.laws if _sources(read.law)]
    kept, found = trial.values, []
    if np.isfinite(field.upper - field.lower):
        levels = [np.full(kept.shape[1], field.lower + part * (field.upper - field.lower)) for part in _PARTS]
    else:
        levels = [factor * kept[row] for factor in _FACTORS]
    try:
        for level in levels:
            trial.values = kept.copy()
            trial.values[row] = level
            found.append(trial.produced(row, laws))
    finally:
        trial.values = kept
    return np.array(found)


def _note_unbalanced_source(builder: CaseBuilder, trial: TrialStates, field: Field, sign: int) -> None:
    balance = next(each for each in trial.medium.balances if each.field is field)
    text = (
        f"{field.name} is not fixed: no boundary lets {balance.name} {'out' if sign > 0 else 'in'}, and the sources"
        f" {'produce' if sign > 0 else 'consume'} them at every {field.name}"
    )
    builder.diagnostics.error(
        _solve_mark(builder),
        text,
        f"a value or an exchange coefficient of {field.name} on one boundary, or a run in time",
    )


def _check_balance(builder: CaseBuilder, trial: TrialStates, field: Field) -> None:
    """Imposed fluxes that depend on no field must sum to zero, because nothing can balance the difference."""
    imposed = []
    for boundary, given in builder.boundaries.items():
        condition = given[field].condition
        if type(condition).outward_flux is Boundary.outward_flux:
            return
        imposed.append(trial.imposed(field, condition, boundary))
        if any(_depends(trial, field, other, condition, boundary) for other in trial.medium.fields):
            return
    total, size = sum(imposed), max(abs(flux) for flux in imposed)
    if abs(total) > _ROUND_OFF * size:
        balance = next(each for each in trial.medium.balances if each.field is field)
        unit = f" {balance.flux_unit}" if builder.scope.units.name == "SI" else ""
        boundaries = " and ".join(builder.boundaries)
        text = f"unbalanced fluxes: what leaves through {boundaries} sums to {total:g}{unit} for {balance.name}"
        first = next(iter(builder.boundaries))
        where = "default" if builder.boundaries[first][field].is_default else first
        mark = builder.mark("boundaries", where, field.name)
        builder.diagnostics.error(mark, text, "fluxes that sum to zero in a steady state")


def _depends(trial: TrialStates, field: Field, other: Field, condition: Boundary, boundary: str) -> bool:
    """Whether an imposed flux depends on a field."""
    row = trial.medium.row[other]
    before = trial.imposed(field, condition, boundary)
    kept = trial.values
    trial.values = kept.copy()
    trial.values[row] *= 1.001
    try:
        return trial.imposed(field, condition, boundary) != before
    finally:
        trial.values = kept


def _sources(law: Law) -> bool:
    return type(law).source is not Law.source


def _solve_mark(builder: CaseBuilder) -> Mark:
    return (
        builder.mark("solve", "steady")
        if isinstance(builder.root.value["solve"].value, dict)
        else builder.mark("solve")
    )
