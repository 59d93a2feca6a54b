"""Wall states that satisfy every wall equation for given cells: a small Newton iteration on each face by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..mesh.geometry import BoundaryFaces
from ..outcome import Outcome, Stopped, not_finite
from .coupled_boundaries import rates_together, solve_together
from .jacobian import Derivatives, Jacobian
from .system import System

__all__ = ["boundary_state_rates", "solve_boundary_states"]

_ITERATIONS = 50
_CONVERGED = 4 * np.finfo(float).eps


def solve_boundary_states(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the wall states that belong to them, (balances, nodes); raises Stopped."""
    if system.reconstruction is not None:
        return solve_together(system, jacobian, t, values)
    values = values.copy()
    for _ in range(_ITERATIONS):
        derivatives = jacobian.differentiate(t, values)
        residuals = system.evaluate(t, values).boundary_residuals
        moved, trial = 0.0, values.copy()
        for boundary in system.geometry.boundaries.values():
            own, _ = _blocks(system, derivatives, boundary)
            excess = _rows(system, residuals, boundary)
            for row in _holding(system, boundary):
                own[row], own[row, row], excess[row] = 0.0, 1.0, 0.0
            step = _solve(own, excess)
            values[:, boundary.nodes] -= step
            moved = max(moved, float((np.abs(step) / np.maximum(np.abs(values[:, boundary.nodes]), 1e-300)).max()))
        if not np.isfinite(moved):
            raise not_finite(system.missing_value(t, trial), f", at t = {t:g} on a wall")
        if moved <= _CONVERGED:
            break
    return values


def boundary_state_rates(
    system: System,
    jacobian: Jacobian,
    t: float,
    values: np.ndarray,
    change: np.ndarray,
    stored_matrices: Mapping[int, np.ndarray],
) -> None:
    """Set the rates of the walls in change (balances, nodes) to those that keep their equations satisfied.

    held are the matrices of what walls hold, by the index of the condition.
    """
    if system.reconstruction is not None:
        return rates_together(system, jacobian, t, values, change, stored_matrices)
    derivatives, geometry = jacobian.differentiate(t, values), system.geometry
    residuals = system.evaluate(t, values).boundary_residuals if stored_matrices else []
    for boundary in geometry.boundaries.values():
        own, other = _blocks(system, derivatives, boundary)
        beside = change[:, geometry.faces.right if boundary.is_left else geometry.faces.left][:, boundary.faces]
        right = -np.einsum("ijn,jn->in", other, beside)
        for k, matrix in stored_matrices.items():
            if system.boundary_equations[k].boundary is boundary:
                own[system.boundary_equations[k].row], right[system.boundary_equations[k].row] = matrix, residuals[k]
        change[:, boundary.nodes] = _solve(own, right)


def _holding(system: System, boundary: BoundaryFaces) -> list[int]:
    """The balances of which a wall holds something."""
    return [each.row for each in system.boundary_equations if each.boundary is boundary and each.has_storage]


def _rows(system: System, residuals: Sequence[np.ndarray], boundary: BoundaryFaces) -> np.ndarray:
    """Wall equations in the order of the balances, (balances, faces of the wall)."""
    rows = {c.row: g for c, g in zip(system.boundary_equations, residuals) if c.boundary is boundary}
    return np.stack([rows[row] for row in sorted(rows)])


def _blocks(system: System, derivatives: Derivatives, boundary: BoundaryFaces) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of the wall equations by the wall's own fields and by those of the cell beside, (i, j, faces)."""
    both = _rows(system, derivatives.boundary_residuals, boundary)
    count = len(system.balances)
    left, right = both[:, :count], both[:, count : 2 * count]
    return (left, right) if boundary.is_left else (right, left)


def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve a small system on each face: matrix (i, j, faces), right (i, faces)."""
    try:
        return np.linalg.solve(np.moveaxis(matrix, -1, 0), right.T[..., None])[..., 0].T
    except np.linalg.LinAlgError as error:
        raise Stopped(Outcome.LINEAR_FAILURE, f"a boundary condition does not fix its wall ({error})") from error
