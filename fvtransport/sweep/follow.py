"""Starts from neighbours: where a point begins that follows others along a line, and when it may."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..case.model import Case, SteadySpec
from ..discretisation.build import Discretisation

__all__ = ["Start", "can_follow", "led", "start_of"]

_SAME, _LINEAR = 1e-12, 1e-10
_FARTHEST = 3.0


@dataclass(frozen=True)
class Start:
    """A solved state of a neighbour, from which another point may start.

    values (fields, nodes) are those of its end and initial those of its start; stored (balances, cells) is what the cells
    hold of each balance at its end, None for steady states. place is where it lies on the line, before is the neighbour
    in front of it.
    """

    fields: tuple[str, ...]
    values: np.ndarray
    initial: np.ndarray
    stored: np.ndarray | None = None
    position: float | None = None
    before: Start | None = None


def can_follow(case: Case) -> bool:
    """Whether the answer hardly depends on where the solve starts: steady states, and cycles until they are periodic."""
    return isinstance(case.solve, SteadySpec) or case.protocol is not None and case.protocol.tolerance is not None


def start_of(
    case: Case, problem: Discretisation, values: np.ndarray, position: float | str, before: Start | None = None
) -> Start | None:
    """What the next point may start from, values (fields, nodes) being the solution at this one; None where nothing may."""
    if not can_follow(case):
        return None
    at = float(position) if isinstance(position, (int, float)) else None
    if before is not None and (before.fields != _fields(problem) or before.values.shape != values.shape):
        before = None
    front = before and replace(before, before=None)
    stored = None if isinstance(case.solve, SteadySpec) else _stored(problem, values)
    return Start(_fields(problem), values, problem.values, stored, at, front)


def led(start: Start, case: Case, problem: Discretisation, position: float | str) -> tuple[Discretisation, str] | None:
    """The problem at a neighbour's state, or at where two neighbours point to, and which it is; None where neither serves."""
    if not can_follow(case) or not _serves(start, case, problem):
        return None
    guess = _ahead(start, case, problem, position)
    if guess is not None:
        return replace(problem, values=guess), "neighbours"
    return replace(problem, values=start.values), "neighbour"


def _serves(start: Start, case: Case, problem: Discretisation) -> bool:
    """Whether a neighbour's state may be the start: same fields and nodes and, for cycles, the same amounts of all.

    What is sealed in keeps its amount over all cycles. It is the same for both where their initial states are, and where
    the same state means the same amounts; a vessel behind a wall holds an amount of its own.
    """
    if start.fields != _fields(problem) or start.values.shape != problem.values.shape:
        return False
    if isinstance(case.solve, SteadySpec):
        return True
    is_same = np.array_equal(start.initial, problem.values) and not any(
        each.has_storage for each in problem.system.boundary_equations
    )
    return is_same and np.allclose(_stored(problem, start.values), start.stored, rtol=_SAME, atol=0.0)


def _ahead(start: Start, case: Case, problem: Discretisation, position: float | str) -> np.ndarray | None:
    """The straight line through two neighbours, at this place; None where it leaves the range of a field.

    For cycles also where storage is not linear in the fields: then a line through states of one amount has others.
    """
    front = start.before
    if (
        front is None
        or None in (front.position, start.position)
        or front.position == start.position
        or isinstance(position, str)
    ):
        return None
    factor = (position - start.position) / (start.position - front.position)
    guess = start.values + factor * (start.values - front.values)
    fields = problem.system.medium.fields
    low, high = (np.array([getattr(field, end) for field in fields])[:, None] for end in ("lower", "upper"))
    if not abs(factor) <= _FARTHEST or not ((guess >= low) & (guess <= high)).all():
        return None
    if not isinstance(case.solve, SteadySpec):
        wanted = start.stored + factor * (start.stored - front.stored)
        if not np.allclose(_stored(problem, guess), wanted, rtol=_LINEAR, atol=0.0):
            return None
    return guess


def _stored(problem: Discretisation, values: np.ndarray) -> np.ndarray:
    """What the cells hold of each balance at a state, (balances, cells)."""
    system = problem.system
    cells = values[:, system.geometry.cells]
    return np.array(
        [np.broadcast_to(system.stored(row, problem.t, cells), cells[0].shape) for row in range(len(cells))]
    )


def _fields(problem: Discretisation) -> tuple[str, ...]:
    return tuple(field.name for field in problem.system.medium.fields)
