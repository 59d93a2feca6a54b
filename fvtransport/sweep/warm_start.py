"""Warm starts: initial states of a point from the solutions at neighbouring points, and when they are allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..case.model import Case, SteadySpec
from ..discretisation.build import Discretisation

__all__ = ["WarmStart", "allows_warm_start", "warm_start_from", "warm_started"]

_EQUAL, _LINEAR = 1e-12, 1e-10  # relative tolerances
_MAX_EXTRAPOLATION = 3.0


@dataclass(frozen=True)
class WarmStart:
    """The solution at a neighbouring point, from which another point may start.

    values and initial (fields, nodes) are its final and initial states; stored (balances, cells) is the storage density
    of each balance in the final state, None for steady states. position is the value of the last swept parameter where
    it is a number; previous is the neighbour before it.
    """

    fields: tuple[str, ...]
    values: np.ndarray
    initial: np.ndarray
    stored: np.ndarray | None = None
    position: float | None = None
    previous: WarmStart | None = None


def allows_warm_start(case: Case) -> bool:
    """Whether the result is independent of the initial state: steady states, and cycles solved until periodic."""
    return isinstance(case.solve, SteadySpec) or (case.protocol is not None and case.protocol.tolerance is not None)


def warm_start_from(
    case: Case, problem: Discretisation, values: np.ndarray, position: float | str, previous: WarmStart | None = None
) -> WarmStart | None:
    """The warm start that a solution, values (fields, nodes), provides for the next point; None where not allowed."""
    if not allows_warm_start(case):
        return None
    at = float(position) if isinstance(position, (int, float)) else None
    if previous is not None and (previous.fields != _fields(problem) or previous.values.shape != values.shape):
        previous = None
    last = previous and replace(previous, previous=None)
    stored = None if isinstance(case.solve, SteadySpec) else _stored(problem, values)
    return WarmStart(_fields(problem), values, problem.values, stored, at, last)


def warm_started(
    start: WarmStart, case: Case, problem: Discretisation, position: float | str
) -> tuple[Discretisation, str] | None:
    """The problem with an initial state from one ("neighbour") or two ("neighbours") solutions; None if unsuitable."""
    if not allows_warm_start(case) or not _is_suitable(start, case, problem):
        return None
    guess = _extrapolated(start, case, problem, position)
    if guess is not None:
        return replace(problem, values=guess), "neighbours"
    return replace(problem, values=start.values), "neighbour"


def _is_suitable(start: WarmStart, case: Case, problem: Discretisation) -> bool:
    """Whether a neighbour's state may be the start: same fields and nodes and, for cycles, the same stored amounts.

    A conserved amount stays constant over all cycles. It is equal for both points where their initial states are equal
    and equal states store equal amounts; the storage of a boundary or an interface is an additional amount and is
    therefore excluded.
    """
    if start.fields != _fields(problem) or start.values.shape != problem.values.shape:
        return False
    if isinstance(case.solve, SteadySpec):
        return True
    is_same = np.array_equal(start.initial, problem.values) and not any(
        [each.has_storage for each in problem.system.boundary_equations]
        + [bool(each.stored) for each in problem.system.interfaces]
    )
    return is_same and np.allclose(_stored(problem, start.values), start.stored, rtol=_EQUAL, atol=0.0)


def _extrapolated(start: WarmStart, case: Case, problem: Discretisation, position: float | str) -> np.ndarray | None:
    """Linear extrapolation from two neighbours to this position; None where it leaves the range of a field.

    For cycles also None where storage is not linear in the fields, because extrapolation then changes stored amounts.
    """
    last = start.previous
    if last is None or isinstance(position, str) or None in (last.position, start.position):
        return None
    if last.position == start.position:
        return None
    factor = (position - start.position) / (start.position - last.position)
    guess = start.values + factor * (start.values - last.values)
    fields = problem.system.medium.fields
    low, high = (np.array([getattr(field, end) for field in fields])[:, None] for end in ("lower", "upper"))
    if not abs(factor) <= _MAX_EXTRAPOLATION or not ((guess >= low) & (guess <= high)).all():
        return None
    if not isinstance(case.solve, SteadySpec):
        wanted = start.stored + factor * (start.stored - last.stored)
        if not np.allclose(_stored(problem, guess), wanted, rtol=_LINEAR, atol=0.0):
            return None
    return guess


def _stored(problem: Discretisation, values: np.ndarray) -> np.ndarray:
    """Storage density of each balance in a state, (balances, cells)."""
    system = problem.system
    cells = values[:, system.geometry.cells]
    return np.array(
        [np.broadcast_to(system.stored(row, problem.t, cells), cells[0].shape) for row in range(len(cells))]
    )


def _fields(problem: Discretisation) -> tuple[str, ...]:
    return tuple(field.name for field in problem.system.medium.fields)
