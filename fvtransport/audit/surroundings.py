"""Entropy produced between the boundary and what lies outside it, and conditions that something outside drives.

A condition that exchanges with surroundings declares them. With J_e and N_i the total outward fluxes, the jump produces

    J_e (1/T_out - 1/T) - sum_i N_i (mu_i,out/T_out - mu_i/T) >= 0

per area and time. A field without surroundings has the same value outside. Where a value is prescribed the jump is zero
by definition, which is no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..discretisation.boundary_equation import BoundaryEquation
from ..discretisation.interface_entropy import linear_jumps
from ..discretisation.snapshot import Snapshot
from ..discretisation.system import System
from ..model.boundary import Boundary
from ..model.handles import Field, Handle
from ..model.interface import flux_of_field
from ..model.naming import name_of
from ..model.views import BoundaryView
from .verdict import NEGLIGIBLE, Finding, Verdict

__all__ = ["boundary_findings", "boundary_production"]

_STEP = 1e-3
_SAME = 1e-12
_RULE = "second law at the boundary"


def boundary_production(snapshot: Snapshot) -> dict[str, float]:
    """Entropy production between each boundary and its surroundings over its whole area, where they are declared."""
    found = {}
    for name, equations in _exchanging(snapshot.system).items():
        produced = _Boundary.of([snapshot], equations).produced()
        if produced is not None and np.isfinite(produced[0]).all():
            found[name] = float(produced[0][0] @ equations[0].boundary.area)
    return found


def boundary_findings(snapshots: Sequence[Snapshot]) -> Iterator[Finding]:
    """One on every condition with surroundings, by the sum over its boundary, the least of all snapshots; and one on
    every condition that imposes a flux without surroundings.
    """
    system = snapshots[0].system
    with np.errstate(all="ignore"):
        for equations in _exchanging(system).values():
            yield from _judged(snapshots, equations)
        for equation in system.boundary_equations:
            yield from _agent(snapshots, equation)


def _exchanging(system: System) -> dict[str, list[BoundaryEquation]]:
    """The conditions whose class can declare surroundings, by boundary."""
    found: dict[str, list[BoundaryEquation]] = {}
    for equation in system.boundary_equations:
        if type(equation.condition).outside is not Boundary.outside:
            found.setdefault(equation.boundary.name, []).append(equation)
    return found


@dataclass(frozen=True)
class _Boundary:
    """The conditions of one boundary at some instants: states of its nodes and total fluxes along the face normals,
    (balances, instants, faces of the boundary).
    """

    system: System
    equations: Sequence[BoundaryEquation]
    times: np.ndarray
    states: np.ndarray
    flux: np.ndarray

    @classmethod
    def of(cls, snapshots: Sequence[Snapshot], equations: Sequence[BoundaryEquation]) -> _Boundary:
        """That of some snapshots of one system."""
        boundary = equations[0].boundary
        states = np.stack([each.values[:, boundary.nodes] for each in snapshots], axis=1)
        flux = np.stack([each.evaluation.flux[:, boundary.faces] for each in snapshots], axis=1)
        return cls(snapshots[0].system, equations, np.array([each.t for each in snapshots]), states, flux)

    def at(self, instant: int) -> _Boundary:
        """One of the instants."""
        own = slice(instant, instant + 1)
        return _Boundary(self.system, self.equations, self.times[own], self.states[:, own], self.flux[:, own])

    def view(self, equation: BoundaryEquation) -> BoundaryView:
        """The boundary at all instants as a condition sees it at the first."""
        return equation.own_view(self.system.medium, float(self.times[0]), self.states, self.flux[equation.row])

    def names(self) -> list[str]:
        """Conditions that declare surroundings."""
        return [_name(each) for each in self.equations if each.condition.outside(self.view(each)) is not None]

    def produced(self) -> np.ndarray | None:
        """Entropy production and the sum of the absolute values of its terms, (2, instants, faces of the boundary),
        by the potentials of the first instant; None where no condition has surroundings.
        """
        outside = self._outside()
        if not outside:
            return None
        inner, balances = self.view(self.equations[0]), self.system.balances
        jumps = _jumps(self.system, inner, inner.where(outside), outside)
        fluxes = self.equations[0].boundary.sign * self.flux
        terms = [fluxes[row] * jumps[each.field] for row, each in enumerate(balances) if each.field in jumps]
        terms = [np.zeros(fluxes.shape[1:]), *terms, *_last(self.system, fluxes, jumps)]
        stacked = np.stack(np.broadcast_arrays(*terms))
        return np.stack([stacked.sum(axis=0), np.abs(stacked).sum(axis=0)])

    def _outside(self) -> dict[Handle, Any]:
        """Values outside, each (instants, faces of the boundary) and at its own instant."""
        found: dict[Handle, list[Any]] = {}
        for instant in range(self.times.size):
            own = self.at(instant)
            for equation in self.equations:
                for field, value in (equation.condition.outside(own.view(equation)) or {}).items():
                    found.setdefault(field, []).append(np.broadcast_to(value, own.flux.shape[1:]))
        return {field: np.concatenate(values) for field, values in found.items()}

    def produced_at_their_times(self) -> np.ndarray | None:
        """The same, each instant by its own potentials; evaluated at once where these do not depend on time."""
        whole, last = self.produced(), self.times.size - 1
        if whole is None or last == 0:
            return whole
        if all(_agree(self.at(each).produced(), whole[:, each : each + 1]) for each in {last // 2, last}):
            return whole
        parts = [self.at(each).produced() for each in range(last + 1)]
        return np.concatenate([each for each in parts if each is not None], axis=1)


def _agree(own: np.ndarray | None, whole: np.ndarray) -> bool:
    """Whether the potentials of an instant give what those of the first gave."""
    return own is not None and np.allclose(
        own, whole, rtol=0.0, atol=_SAME * np.nanmax(whole[1], initial=0.0), equal_nan=True
    )


def _judged(snapshots: Sequence[Snapshot], equations: Sequence[BoundaryEquation]) -> Iterator[Finding]:
    """The verdict on one boundary, for each of its conditions that has surroundings."""
    boundary = _Boundary.of(snapshots, equations)
    produced = boundary.produced_at_their_times()
    if produced is None:
        return
    (total, size), names = produced, boundary.names()
    known = np.isfinite(total)
    part = np.where(known, total / np.where(size > 0.0, size, 1.0), np.inf)
    instant, face = np.unravel_index(part.argmin(), part.shape)
    least, share, judged = float(total[instant, face]), float(part[instant, face]), int(known.sum())
    text = f"at least {least:.3g} W/K per area is produced between the boundary and its surroundings, and must not be"
    text, verdict = f"{text} below -{NEGLIGIBLE:g} of what flows", Verdict.PASSED
    if share < -NEGLIGIBLE:
        text = f"the second law is broken by {' and '.join(names)}: it destroys entropy, {least:.3g} W/K per area"
        text += f", t = {boundary.times[instant]:.4g}; at most {NEGLIGIBLE:g} of what flows is round-off"
        verdict = Verdict.VIOLATED
    elif judged < total.size:
        text, verdict = "the entropy production towards the surroundings is not known", Verdict.NOT_JUDGED
    for name in names:
        yield Finding(name, _RULE, verdict, text, share, judged=judged, skipped=total.size - judged)


def _jumps(
    system: System, inner: BoundaryView, other: BoundaryView, outside: Mapping[Handle, Any]
) -> Mapping[Field, np.ndarray]:
    """1/T and -mu_i/T outside less those at the boundary; in a linearised model by the metric of its reference."""
    mixture = system.medium.mixture
    if system.reference is None:
        inside, there = mixture.entropy_variables(inner), mixture.entropy_variables(other)
        return {field: np.asarray(there[field] - inside[field]) for field in inside} or _unknown(outside)
    at = inner.where({field: np.asarray(value) for field, value in system.reference.values})
    return linear_jumps(mixture.metric(at), inner, other)


def _unknown(outside: Mapping[Handle, Any]) -> dict[Field, np.ndarray]:
    """Where the mixture states no potentials: not a number for what is exchanged."""
    return {field: np.asarray(np.nan) for field in outside if isinstance(field, Field)}


def _last(system: System, fluxes: np.ndarray, jumps: Mapping[Field, np.ndarray]) -> list[np.ndarray]:
    """What the last species contributes, which has no balance of its own; not a number where its flux is not known."""
    mixture = system.medium.mixture
    last = mixture.mole_fractions[-1] if mixture.mole_fractions else None
    if last is None or last not in jumps or not np.any(jumps[last]):
        return []
    if mixture.last_flux is None:
        return [np.full(fluxes.shape[1:], np.nan)]
    return [flux_of_field(system.medium, fluxes, last) * jumps[last]]


def _agent(snapshots: Sequence[Snapshot], equation: BoundaryEquation) -> Iterator[Finding]:
    """What a condition imposes that declares no surroundings, if it imposes anything."""
    condition, name = equation.condition, _name(equation)
    row, faces = equation.row, equation.boundary.faces
    if not equation.prescribes or not any(each.evaluation.flux[row, faces].any() for each in snapshots):
        return
    if _Boundary.of(snapshots[-1:], [equation]).names():
        return
    text = f"{name} imposes a flux from outside the case"
    if type(condition).reactions is not Boundary.reactions:
        text = f"{name} reacts on the boundary, which is not judged"
    elif any(_depends_on_state(condition, _Boundary.of([each], [equation]).view(equation)) for each in snapshots):
        text = (
            f"{name} depends on the state and declares no surroundings: it is an external agent, which may take heat or"
            " matter from where it is scarce and give it to where there is more"
        )
    yield Finding(name, "imposed flux", Verdict.EXTERNAL, text)


def _depends_on_state(condition: Boundary, view: BoundaryView) -> bool:
    """Whether another state of the boundary would change the flux."""
    moved = view.where({field: np.asarray(view[field]) * (1.0 + _STEP) + _STEP**4 for field in view.medium.fields})
    return not np.array_equal(np.asarray(condition.outward_flux(view)), np.asarray(condition.outward_flux(moved)))


def _name(equation: BoundaryEquation) -> str:
    return f"{name_of(type(equation.condition))} of {equation.field.name} at {equation.boundary.name}"
