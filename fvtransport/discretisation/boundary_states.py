"""Boundary states that satisfy every boundary equation for given cells: Newton's method on each face by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..mesh.geometry import BoundaryFaces
from ..outcome import Outcome, Stopped, not_finite
from .coupled_boundaries import rates_together, solve_together
from .derivatives import Derivatives, FiniteDifferences
from .system import System

__all__ = ["boundary_state_rates", "solve_boundary_states"]

_ITERATIONS = 50
_CONVERGED = 4 * np.finfo(float).eps


def solve_boundary_states(system: System, differences: FiniteDifferences, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the boundary states that belong to them, (balances, nodes); raises Stopped."""
    if system.fluxes.reconstruction is not None:
        return solve_together(system, differences, t, values)
    values = values.copy()
    for _ in range(_ITERATIONS):
        derivatives = differences.differentiate(t, values)
        residuals = system.evaluate(t, values).boundary_residuals
        moved, trial = 0.0, values.copy()
        for boundary in system.geometry.boundaries.values():
            own, _ = _blocks(system, derivatives, boundary)
            excess = _rows(system, residuals, boundary)
            for row in _rows_with_storage(system, boundary):
                own[row], own[row, row], excess[row] = 0.0, 1.0, 0.0
            step = _solve(own, excess)
            values[:, boundary.nodes] -= step
            moved = max(moved, float((np.abs(step) / np.maximum(np.abs(values[:, boundary.nodes]), 1e-300)).max()))
        if not np.isfinite(moved):
            raise not_finite(system.missing_value(t, trial), f", at t = {t:g} on a boundary")
        if moved <= _CONVERGED:
            break
    return values


def boundary_state_rates(
    system: System,
    differences: FiniteDifferences,
    t: float,
    values: np.ndarray,
    change: np.ndarray,
    storage_matrices: Mapping[int, np.ndarray],
) -> None:
    """Set the rates of the boundary nodes in change (balances, nodes) to those that keep their equations satisfied.

    storage_matrices are the derivatives of what boundaries store per area by their fields (balances, faces of the
    boundary), by the index of the boundary equation.
    """
    if system.fluxes.reconstruction is not None:
        return rates_together(system, differences, t, values, change, storage_matrices)
    derivatives, geometry = differences.differentiate(t, values), system.geometry
    residuals = system.evaluate(t, values).boundary_residuals if storage_matrices else []
    for boundary in geometry.boundaries.values():
        own, other = _blocks(system, derivatives, boundary)
        beside = change[:, geometry.faces.right if boundary.is_left else geometry.faces.left][:, boundary.faces]
        right = -np.einsum("ijn,jn->in", other, beside)
        for k, matrix in storage_matrices.items():
            if system.boundary_equations[k].boundary is boundary:
                own[system.boundary_equations[k].row], right[system.boundary_equations[k].row] = matrix, residuals[k]
        change[:, boundary.nodes] = _solve(own, right)


def _rows_with_storage(system: System, boundary: BoundaryFaces) -> list[int]:
    """The rows of the balances of which a boundary stores an amount."""
    return [each.row for each in system.boundary_equations if each.boundary is boundary and each.has_storage]


def _rows(system: System, residuals: Sequence[np.ndarray], boundary: BoundaryFaces) -> np.ndarray:
    """Boundary residuals in the order of the balances, (balances, faces of the boundary)."""
    rows = {c.row: g for c, g in zip(system.boundary_equations, residuals) if c.boundary is boundary}
    return np.stack([rows[row] for row in sorted(rows)])


def _blocks(system: System, derivatives: Derivatives, boundary: BoundaryFaces) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of the boundary residuals by its fields and by those of the cells beside, (i, j, faces)."""
    both = _rows(system, derivatives.boundary_residuals, boundary)
    count = len(system.balances)
    left, right = both[:, :count], both[:, count : 2 * count]
    return (left, right) if boundary.is_left else (right, left)


def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve a small system on each face: matrix (i, j, faces), right (i, faces)."""
    try:
        return np.linalg.solve(np.moveaxis(matrix, -1, 0), right.T[..., None])[..., 0].T
    except np.linalg.LinAlgError as error:
        raise Stopped(Outcome.LINEAR_FAILURE, f"a boundary condition does not fix its field ({error})") from error
