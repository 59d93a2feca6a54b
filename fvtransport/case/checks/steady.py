"""Steady problems: what fixes the level of each field, and whether imposed fluxes can balance."""

from __future__ import annotations

import numpy as np

from ...errors import Mark
from ...model.boundary import Boundary
from ...model.handles import Field
from ...model.law import Law
from ..reading.draft import Draft
from .trial_points import Probe

__all__ = ["check_steady"]

_ROUND_OFF = 1e-12
_FACTORS = (1e-9, 0.01, 0.1, 1.0, 10.0)
_PARTS = (0.05, 0.35, 0.65, 0.95)


def check_steady(draft: Draft, probe: Probe) -> None:
    """Every field must be fixed by a condition, by a source that answers to it, or else by its mean."""
    means = draft.solve.means
    for field in probe.medium.fields:
        conditions = {wall: given[field] for wall, given in draft.boundaries.items() if field in given}
        if len(conditions) < len(draft.scope.boundaries or ()) or not conditions:
            continue
        pinned = any(probe.pins(field, each.boundary, wall) for wall, each in conditions.items())
        fed = any(_sources(read.law) and probe.feeds_on(field, read.law) for read in draft.laws)
        if field in means and (pinned or fed):
            mark = draft.mark("solve", "steady", "mean", field.name, key=True)
            what = "boundaries" if pinned else "sources"
            text = f"the mean of {field.name} is given, but its {what} already fix {field.name}"
            draft.findings.error(mark, text, "no mean")
        if pinned:
            continue
        if field not in means and not fed:
            _note_floating(draft, field)
        elif field not in means and (sign := _only_grows(draft, probe, field)):
            _note_growing(draft, probe, field, sign)
        if not any(_sources(read.law) for read in draft.laws):
            _check_balance(draft, probe, field)


def _note_floating(draft: Draft, field: Field) -> None:
    text = f"{field.name} is not fixed: every boundary imposes its flux, so a steady {field.name} may have any level"
    cure = f"`solve: {{steady: {{mean: {{{field.name}: ...}}}}}}`, or a value or an exchange on one boundary"
    draft.findings.error(_solve_mark(draft), text, cure)


def _only_grows(draft: Draft, probe: Probe, field: Field) -> int:
    """Sign of sources that no level of a field brings to zero and no imposed flux answers; 0 where there may be a balance.

    They drive the field off, the faster the farther it is, or towards a bound that it may not reach, such as T or p of zero.
    """
    made = _made(draft, probe, field)
    sign = int(np.sign(made.flat[0]))
    if not sign or not np.all(sign * made > 0.0):
        return 0
    if not np.all(np.diff(made, axis=0) > 0.0) and not (sign < 0 and np.isinf(field.upper)):
        return 0
    given = [(each[field].boundary, wall) for wall, each in draft.boundaries.items()]
    if any(type(boundary).outward_flux is Boundary.outward_flux for boundary, _ in given):
        return 0
    return sign if all(sign * probe.imposed(field, boundary, wall) <= 0.0 for boundary, wall in given) else 0


def _made(draft: Draft, probe: Probe, field: Field) -> np.ndarray:
    """What the sources make of a field at levels throughout its range, (levels, points)."""
    slot, laws = probe.medium.slot[field], [read.law for read in draft.laws if _sources(read.law)]
    kept, found = probe.values, []
    if np.isfinite(field.upper - field.lower):
        levels = [np.full(kept.shape[1], field.lower + part * (field.upper - field.lower)) for part in _PARTS]
    else:
        levels = [factor * kept[slot] for factor in _FACTORS]
    try:
        for level in levels:
            probe.values = kept.copy()
            probe.values[slot] = level
            found.append(probe.produced(slot, laws))
    finally:
        probe.values = kept
    return np.array(found)


def _note_growing(draft: Draft, probe: Probe, field: Field, sign: int) -> None:
    balance = next(each for each in probe.medium.balances if each.field is field)
    text = (
        f"{field.name} is not fixed: no boundary lets {balance.name} {'out' if sign > 0 else 'in'}, and the sources"
        f" {'make' if sign > 0 else 'use'} them at every {field.name}"
    )
    draft.findings.error(
        _solve_mark(draft), text, f"a value or an exchange of {field.name} on one boundary, or a run in time"
    )


def _check_balance(draft: Draft, probe: Probe, field: Field) -> None:
    """Imposed fluxes that are mere numbers must sum to zero, for nothing else takes up the difference."""
    imposed = []
    for wall, given in draft.boundaries.items():
        boundary = given[field].boundary
        if type(boundary).outward_flux is Boundary.outward_flux:
            return
        imposed.append(probe.imposed(field, boundary, wall))
        if any(_hangs(probe, field, other, boundary, wall) for other in probe.medium.fields):
            return
    total, size = sum(imposed), max(abs(flux) for flux in imposed)
    if abs(total) > _ROUND_OFF * size:
        balance = next(each for each in probe.medium.balances if each.field is field)
        unit = f" {balance.flux_unit}" if draft.scope.units.name == "SI" else ""
        walls = " and ".join(draft.boundaries)
        text = f"unbalanced fluxes: what leaves through {walls} sums to {total:g}{unit} for {balance.name}"
        first = next(iter(draft.boundaries))
        where = "default" if draft.boundaries[first][field].is_default else first
        mark = draft.mark("boundaries", where, field.name)
        draft.findings.error(mark, text, "fluxes that sum to zero in a steady state")


def _hangs(probe: Probe, field: Field, other: Field, boundary: Boundary, wall: str) -> bool:
    """Whether an imposed flux answers to some field."""
    slot = probe.medium.slot[other]
    before = probe.imposed(field, boundary, wall)
    kept = probe.values
    probe.values = kept.copy()
    probe.values[slot] *= 1.001
    try:
        return probe.imposed(field, boundary, wall) != before
    finally:
        probe.values = kept


def _sources(law: Law) -> bool:
    return type(law).source is not Law.source


def _solve_mark(draft: Draft) -> Mark:
    return draft.mark("solve", "steady") if isinstance(draft.root.value["solve"].value, dict) else draft.mark("solve")
