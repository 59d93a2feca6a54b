"""Entropy produced between the boundary and what lies outside it, and conditions that something outside drives.

A condition that exchanges with surroundings declares them. With J_e and N_i the total outward fluxes, the jump produces

    J_e (1/T_out - 1/T) - sum_i N_i (mu_i,out/T_out - mu_i/T) >= 0

per area and time. A field without surroundings has the same value outside. Where a value is prescribed the jump is zero
by definition, which is no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ..discretisation.boundary_equation import BoundaryEquation
from ..discretisation.interface_entropy import linear_jumps
from ..discretisation.snapshot import Snapshot
from ..model.boundary import Boundary
from ..model.handles import Field, Handle
from ..model.interface import flux_of_field
from ..model.naming import name_of
from ..model.views import BoundaryView
from .verdict import NEGLIGIBLE, Finding, Verdict, most_serious

__all__ = ["boundary_findings", "boundary_production"]

_STEP = 1e-3
_RULE = "second law at the boundary"


def boundary_production(snapshot: Snapshot) -> dict[str, float]:
    """Entropy production between each boundary and its surroundings over its whole area, where they are declared."""
    found = {}
    for name, equations in _exchanging(snapshot).items():
        produced = _produced(snapshot, equations)
        if produced is not None and np.isfinite(produced[0]).all():
            found[name] = float(produced[0] @ equations[0].boundary.area)
    return found


def boundary_findings(snapshots: Sequence[Snapshot]) -> Iterator[Finding]:
    """One on every condition with surroundings, by the sum over its boundary, the most serious of all snapshots; and
    one on every condition that imposes a flux without surroundings.
    """
    with np.errstate(all="ignore"):
        found = most_serious(
            finding
            for snapshot in snapshots
            for equations in _exchanging(snapshot).values()
            for finding in _judged(snapshot, equations)
        )
        yield from found.values()
        for equation in snapshots[-1].system.boundary_equations:
            yield from _agent(snapshots, equation)


def _exchanging(snapshot: Snapshot) -> dict[str, list[BoundaryEquation]]:
    """The conditions whose class can declare surroundings, by boundary."""
    found: dict[str, list[BoundaryEquation]] = {}
    for equation in snapshot.system.boundary_equations:
        if type(equation.condition).outside is not Boundary.outside:
            found.setdefault(equation.boundary.name, []).append(equation)
    return found


def _judged(snapshot: Snapshot, equations: Sequence[BoundaryEquation]) -> Iterator[Finding]:
    """The verdict on one boundary at one snapshot, for each of its conditions that has surroundings."""
    produced = _produced(snapshot, equations)
    if produced is None:
        return
    total, size = produced
    names = [_name(each) for each in equations if each.condition.outside(_view(snapshot, each)) is not None]
    least, share = float(total.min()), float((total / np.where(size > 0.0, size, 1.0)).min())
    text = f"at least {least:.3g} W/K per area is produced between the boundary and its surroundings, and must not be"
    text, verdict = f"{text} below -{NEGLIGIBLE:g} of what flows", Verdict.PASSED
    if not np.isfinite(total).all():
        text, verdict = "the entropy production towards the surroundings is not known", Verdict.NOT_JUDGED
    elif share < -NEGLIGIBLE:
        text = f"the second law is broken by {' and '.join(names)}: it destroys entropy, {least:.3g} W/K per area"
        text += f", t = {snapshot.t:.4g}; at most {NEGLIGIBLE:g} of what flows is round-off"
        verdict = Verdict.VIOLATED
    judged = total.size if verdict is not Verdict.NOT_JUDGED else 0
    for name in names:
        yield Finding(name, _RULE, verdict, text, share, judged=judged, skipped=total.size - judged)


def _produced(snapshot: Snapshot, equations: Sequence[BoundaryEquation]) -> tuple[np.ndarray, np.ndarray] | None:
    """Entropy production and the sum of the absolute values of its terms, (faces of the boundary,); None where no
    condition has surroundings.
    """
    outside: dict[Handle, Any] = {}
    for equation in equations:
        outside.update((equation.condition.outside(_view(snapshot, equation)) or {}).items())
    if not outside:
        return None
    inner = _view(snapshot, equations[0])
    jumps, boundary = _jumps(snapshot, inner, inner.where(outside), outside), equations[0].boundary
    fluxes = boundary.sign * snapshot.evaluation.flux[:, boundary.faces]
    terms = [np.zeros(fluxes.shape[1:])]
    for row, balance in enumerate(snapshot.system.balances):
        if balance.field in jumps:
            terms.append(fluxes[row] * jumps[balance.field])
    terms += _last(snapshot, fluxes, jumps)
    stacked = np.stack(np.broadcast_arrays(*terms))
    return stacked.sum(axis=0), np.abs(stacked).sum(axis=0)


def _jumps(
    snapshot: Snapshot, inner: BoundaryView, other: BoundaryView, outside: Mapping[Handle, Any]
) -> Mapping[Field, np.ndarray]:
    """1/T and -mu_i/T outside less those at the boundary; in a linearised model by the metric of its reference."""
    system, mixture = snapshot.system, snapshot.mixture
    if system.reference is None:
        inside, there = mixture.entropy_variables(inner), mixture.entropy_variables(other)
        return {field: np.asarray(there[field] - inside[field]) for field in inside} or _unknown(outside)
    at = inner.where({field: np.asarray(value) for field, value in system.reference.values})
    return linear_jumps(mixture.metric(at), inner, other)


def _unknown(outside: Mapping[Handle, Any]) -> dict[Field, np.ndarray]:
    """Where the mixture states no potentials: not a number for what is exchanged."""
    return {field: np.asarray(np.nan) for field in outside if isinstance(field, Field)}


def _last(snapshot: Snapshot, fluxes: np.ndarray, jumps: Mapping[Field, np.ndarray]) -> list[np.ndarray]:
    """What the last species contributes, which has no balance of its own; not a number where its flux is not known."""
    mixture = snapshot.mixture
    last = mixture.mole_fractions[-1] if mixture.mole_fractions else None
    if last is None or last not in jumps or not np.any(jumps[last]):
        return []
    if mixture.last_flux is None:
        return [np.full(fluxes.shape[1:], np.nan)]
    return [flux_of_field(snapshot.system.medium, fluxes, last) * jumps[last]]


def _agent(snapshots: Sequence[Snapshot], equation: BoundaryEquation) -> Iterator[Finding]:
    """What a condition imposes that declares no surroundings, if it imposes anything."""
    condition, name = equation.condition, _name(equation)
    if not equation.prescribes or condition.outside(_view(snapshots[-1], equation)) is not None:
        return
    if not any(np.any(condition.outward_flux(_view(each, equation))) for each in snapshots):
        return
    text = f"{name} imposes a flux from outside the case"
    if type(condition).reactions is not Boundary.reactions:
        text = f"{name} reacts on the boundary, which is not judged"
    elif any(_depends_on_state(condition, _view(each, equation)) for each in snapshots):
        text = (
            f"{name} depends on the state and declares no surroundings: it is an external agent, which may take heat or"
            " matter from where it is scarce and give it to where there is more"
        )
    yield Finding(name, "imposed flux", Verdict.EXTERNAL, text)


def _depends_on_state(condition: Boundary, view: BoundaryView) -> bool:
    """Whether another state of the boundary would change the flux."""
    moved = view.where({field: np.asarray(view[field]) * (1.0 + _STEP) + _STEP**4 for field in view.medium.fields})
    return not np.array_equal(np.asarray(condition.outward_flux(view)), np.asarray(condition.outward_flux(moved)))


def _view(snapshot: Snapshot, equation: BoundaryEquation) -> BoundaryView:
    states, flux = snapshot.values[:, equation.boundary.nodes], snapshot.evaluation.flux[equation.row]
    return equation.own_view(snapshot.system.medium, snapshot.t, states, flux[equation.boundary.faces])


def _name(equation: BoundaryEquation) -> str:
    return f"{name_of(type(equation.condition))} of {equation.field.name} at {equation.boundary.name}"
