"""Wall states that satisfy every wall equation for given cells: a small Newton iteration on each face by itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..mesh.geometry import Wall
from ..outcome import Outcome, Stopped, not_finite
from .jacobian import Derivatives, Jacobian
from .system import System

__all__ = ["settle", "wall_rates"]

_ITERATIONS = 50
_SETTLED = 4 * np.finfo(float).eps


def settle(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the wall states that belong to them, (balances, nodes); raises Stopped."""
    values = values.copy()
    for _ in range(_ITERATIONS):
        derivatives = jacobian.differentiate(t, values)
        equations = system.rates(t, values).walls
        moved, trial = 0.0, values.copy()
        for wall in system.geometry.walls.values():
            own, _ = _blocks(system, derivatives, wall)
            excess = _rows(system, equations, wall)
            for slot in _holding(system, wall):
                own[slot], own[slot, slot], excess[slot] = 0.0, 1.0, 0.0
            step = _solve(own, excess)
            values[:, wall.nodes] -= step
            moved = max(moved, float((np.abs(step) / np.maximum(np.abs(values[:, wall.nodes]), 1e-300)).max()))
        if not np.isfinite(moved):
            raise not_finite(system.objection(t, trial), f", at t = {t:g} on a wall")
        if moved <= _SETTLED:
            break
    return values


def wall_rates(
    system: System, jacobian: Jacobian, t: float, values: np.ndarray, change: np.ndarray, held: Mapping[int, np.ndarray]
) -> None:
    """Set the rates of the walls in change (balances, nodes) to those that keep their equations satisfied.

    held are the matrices of what walls hold, by the index of the condition.
    """
    derivatives, geometry = jacobian.differentiate(t, values), system.geometry
    equations = system.rates(t, values).walls if held else []
    for wall in geometry.walls.values():
        own, other = _blocks(system, derivatives, wall)
        beside = change[:, geometry.faces.right if wall.is_left else geometry.faces.left][:, wall.faces]
        right = -np.einsum("ijn,jn->in", other, beside)
        for k, matrix in held.items():
            if system.conditions[k].wall is wall:
                own[system.conditions[k].slot], right[system.conditions[k].slot] = matrix, equations[k]
        change[:, wall.nodes] = _solve(own, right)


def _holding(system: System, wall: Wall) -> list[int]:
    """The balances of which a wall holds something."""
    return [each.slot for each in system.conditions if each.wall is wall and each.holds]


def _rows(system: System, equations: list[np.ndarray], wall: Wall) -> np.ndarray:
    """Wall equations in the order of the balances, (balances, faces of the wall)."""
    rows = {c.slot: g for c, g in zip(system.conditions, equations) if c.wall is wall}
    return np.stack([rows[slot] for slot in sorted(rows)])


def _blocks(system: System, derivatives: Derivatives, wall: Wall) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of the wall equations by the wall's own fields and by those of the cell beside, (i, j, faces)."""
    both = _rows(system, derivatives.walls, wall)
    count = len(system.balances)
    left, right = both[:, :count], both[:, count:]
    return (left, right) if wall.is_left else (right, left)


def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve a small system on each face: matrix (i, j, faces), right (i, faces)."""
    try:
        return np.linalg.solve(np.moveaxis(matrix, -1, 0), right.T[..., None])[..., 0].T
    except np.linalg.LinAlgError as error:
        raise Stopped(Outcome.LINEAR_FAILURE, f"a boundary condition does not fix its wall ({error})") from error
