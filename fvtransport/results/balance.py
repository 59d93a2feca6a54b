"""The balance of every conserved quantity: stored, left through each boundary, produced, and the remaining error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..discretisation.derivatives import FiniteDifferences
from ..discretisation.flux_evaluation import FluxEvaluation
from ..discretisation.mass_matrix import Storage
from ..discretisation.snapshot import Snapshot
from ..discretisation.surface_storage import SurfaceStorage
from ..discretisation.surfaces import InterfaceSurface, surfaces_of
from ..discretisation.system import System
from ..model.handles import Balance

__all__ = ["BalanceLine", "account", "amount_floor", "line_of", "rate_floor"]

# Round-off of 1e-16 of the parts that cancel must stay below the 1e-10 asked of an account: hence 1e-5 of them.
_AMOUNT_FLOOR, _RATE_FLOOR = 1e-3, 1e-5
_INSTANT = 1e-10


@dataclass(frozen=True)
class BalanceLine:
    """One balance: amounts since the start of a run in time, or rates of a steady state (stored is then None).

    error is stored + left - produced; relative errors refer to the largest term, or, where all terms are smaller than
    that, to 1e-5 of what neighbouring nodes exchange (rates) or to 1e-5 of the content of the domain (amounts; the
    whole content where storage is not linear in the fields, because rtol bounds no less). instant_relative_error is the
    worst mismatch, over all snapshots, between what the cells lose by their discrete equations and the flows reported
    for boundaries and sources.
    """

    name: str
    unit: str
    stored: float | None
    left_through: dict[str, float]
    produced: float
    error: float
    relative_error: float
    instant_relative_error: float

    def closes(self, rtol: float = 0.0) -> bool:
        """Whether the account is closed: ten times rtol over time, 1e-10 in a steady state and at every instant."""
        allowed = _INSTANT if self.stored is None else max(10.0 * rtol, _INSTANT)
        return self.relative_error <= allowed and self.instant_relative_error <= _INSTANT

    def as_dict(self, unit: str, rtol: float) -> dict[str, Any]:
        """Plain data, as `summary.json` has it, in a unit as it is printed."""
        return {
            "unit": unit,
            **({} if self.stored is None else {"stored": self.stored}),
            "left_through": self.left_through,
            "produced": self.produced,
            "error": self.error,
            "relative_error": self.relative_error,
            "instant_relative_error": self.instant_relative_error,
            "closes": self.closes(rtol),
        }


def account(system: System, snapshots: Sequence[Snapshot]) -> list[BalanceLine]:
    """One line per balance, from snapshots in order of time; a steady state is the only snapshot."""
    if not snapshots:
        return []
    scale = _scale(system, snapshots)
    instants = np.max([_mismatch(snapshot.system, snapshot, scale) for snapshot in snapshots], axis=0)
    last = snapshots[-1]
    floors = (_rate_floor if last.is_steady else _amount_floor)(last.system, last, scale)
    return [
        _line(balance, system, snapshots, float(floors[row]), float(instants[row]))
        for row, balance in enumerate(system.balances)
    ]


def rate_floor(system: System, snapshot: Snapshot) -> np.ndarray:
    """Rates (balances,) below which a balance cannot tell physics from round-off.

    It is 1e-5 of the largest sum over both sides of a face of |d flow / d field| |field|: the parts whose difference
    the flow is, such as (kappa / distance) T on either side.
    """
    return _rate_floor(system, snapshot, _scale(system, [snapshot]))


def amount_floor(snapshots: Sequence[Snapshot]) -> np.ndarray:
    """Amounts (balances,) below which an account over a part of a run in time cannot tell
    physics from the solver's errors.
    """
    last = snapshots[-1]
    return _amount_floor(last.system, last, _scale(last.system, snapshots))


def line_of(balance: Balance, stored: float, left: dict[str, float], produced: float, floor: float) -> BalanceLine:
    """The account of one balance over a part of a run in time, from what was stored, left and produced in it."""
    return _closed(balance.name, balance.amount_unit, stored, left, produced, floor, 0.0)


def _line(balance: Balance, system: System, snapshots: Sequence[Snapshot], floor: float, instant: float) -> BalanceLine:
    first, last = snapshots[0], snapshots[-1]
    boundaries = system.geometry.boundaries
    if last.is_steady:
        stored = None
        left = {name: last.outflow(balance, name) + 0.0 for name in boundaries}
        produced = float(last.evaluation.production(system.geometry)[last.row(balance)])
        unit = f"{balance.amount_unit}/s"
    else:
        stored = last.amount(balance) - first.amount(balance)
        left = {
            name: float(last.cumulative_outflow(balance, name) - first.cumulative_outflow(balance, name))
            for name in boundaries
        }
        produced = last.cumulative_production(balance) - first.cumulative_production(balance)
        unit = balance.amount_unit
    return _closed(balance.name, unit, stored, left, produced, floor, instant)


def _closed(
    name: str, unit: str, stored: float | None, left: dict[str, float], produced: float, floor: float, instant: float
) -> BalanceLine:
    error = (stored or 0.0) + sum(left.values()) - produced
    terms = [stored or 0.0, *left.values(), produced]
    return BalanceLine(name, unit, stored, left, produced, error, _ratio(error, terms, floor), instant)


def _mismatch(system: System, snapshot: Snapshot, scale: np.ndarray) -> np.ndarray:
    """Relative mismatch of each balance at one instant."""
    evaluation, geometry = snapshot.evaluation, system.geometry
    flows = [evaluation.outflow(boundary) for boundary in geometry.boundaries.values()]
    produced = evaluation.production(geometry)
    left = np.zeros(snapshot.values.shape)
    evaluation.divergence(geometry, evaluation.flux * geometry.faces.area, left)
    lost = left[:, geometry.cells].sum(axis=-1)
    growth = np.zeros(lost.shape) if snapshot.is_steady else _interface_growth(system, evaluation)
    error = lost - growth - (sum(flows) - produced)
    floor = _rate_floor(system, snapshot, scale)
    return np.array([_ratio(e, terms, f) for e, terms, f in zip(error, np.transpose([*flows, produced, lost]), floor)])


def _interface_growth(system: System, evaluation: FluxEvaluation) -> np.ndarray:
    """Rate (balances,) at which what interfaces store grows: what flows in from both sides, and what they produce."""
    growth = np.zeros(len(evaluation.flux))
    for each, terms in zip(system.interfaces, evaluation.interface_terms):
        own, rows = each.interface, list(each.stored)
        arriving = own.sign * (evaluation.flux[:, own.left_faces] - evaluation.flux[:, own.right_faces])
        growth[rows] += (arriving[rows] + terms[rows]) @ own.area
    return growth


def _ratio(error: float, terms: Sequence[float], floor: float) -> float:
    size = np.max(np.abs([*terms, floor]))
    return 0.0 if error == 0.0 else float(abs(error) / size) if size else float("inf")


def _scale(system: System, snapshots: Sequence[Snapshot]) -> np.ndarray:
    """Size of each solved field: the width of its range where that is finite, else its largest value."""
    width = np.array([field.upper - field.lower for field in system.medium.fields])
    seen = np.max([np.abs(snapshot.values).max(axis=1) for snapshot in (snapshots[0], snapshots[-1])], axis=0)
    return np.where(np.isfinite(width), width, seen)


def _amount_floor(system: System, snapshot: Snapshot, scale: np.ndarray) -> np.ndarray:
    """Amounts (balances,) below which a balance over time cannot tell physics from the solver's errors.

    The contents are the amounts in the cells and on the interfaces when each field is of its size. With storage linear
    in the fields the errors are round-off: 1e-3 of the contents, so that 1e-13 of them counts as closed. Otherwise rtol
    bounds them, relative to the contents themselves.
    """
    steps = np.where(scale > 0.0, scale, 1.0)
    with np.errstate(all="ignore"):
        storage = Storage(system, snapshot.t, snapshot.values, steps)
        matrix = storage.matrix(snapshot.t, snapshot.values[:, system.geometry.cells])
        interfaces = [each for each in surfaces_of(system, in_time=True) if isinstance(each, InterfaceSurface)]
        on_interfaces = SurfaceStorage(system, interfaces, snapshot.t, snapshot.values, steps)
        matrices = on_interfaces.matrices(snapshot.t, snapshot.values)
    contents = np.einsum("iin,i->i", np.abs(matrix), scale)
    for surface, by_row in zip(interfaces, matrices):
        for row, by_field in by_row.items():
            own = np.abs(by_field[row :: len(scale)]).sum(axis=0)
            contents[row] += scale[row] * float(own @ surface.equations.interface.area)
    return _AMOUNT_FLOOR * contents if storage.is_linear and on_interfaces.is_linear else contents


def _rate_floor(system: System, snapshot: Snapshot, scale: np.ndarray) -> np.ndarray:
    faces, size = system.geometry.faces, np.maximum(np.abs(snapshot.values), scale[:, None])
    steps = np.where(scale > 0.0, scale, 1.0)
    with np.errstate(all="ignore"):
        by_side = FiniteDifferences(system, steps).differentiate(snapshot.t, snapshot.values).flux
    sides = np.concatenate([size[:, faces.left], size[:, faces.right]])
    by_side = by_side[:, : len(sides)]
    return _RATE_FLOOR * (np.einsum("ijf,jf->if", np.abs(by_side), sides) * faces.area).max(axis=-1)
