"""States on boundaries and interfaces that satisfy their equations for given cells: Newton's method, face by face."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..outcome import Outcome, Stopped, not_finite
from .coupled_surfaces import CONVERGED, ITERATIONS, rates_together, refuse_unconverged, solve_together
from .jacobian import Jacobian
from .surface_storage import ByRow, kept_rows
from .system import System

__all__ = ["solve_surface_states", "surface_state_rates"]


def solve_surface_states(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the surface states that belong to them, (balances, nodes); raises Stopped."""
    if system.fluxes.reconstruction is not None:
        return solve_together(system, jacobian, t, values)
    values, start = values.copy(), values
    for _ in range(ITERATIONS):
        known, evaluation = jacobian.differences.differentiate(t, values), system.evaluate(t, values)
        moved, trial = [0.0], values.copy()
        for surface in jacobian.surfaces:
            own, excess = surface.derivatives(known).own.copy(), surface.residual(evaluation, trial)
            kept = kept_rows(system, surface, jacobian.scale, t, trial, start)
            for row, equation in kept.items():
                own[row], excess[row] = equation
            for nodes, step in zip(surface.nodes, np.split(_solve(own, excess), len(surface.nodes))):
                values[:, nodes] -= step
                moved.append((np.abs(step) / np.maximum(np.abs(values[:, nodes]), 1e-300)).max())
        if not np.isfinite(moved).all():
            raise not_finite(system.missing_value(t, trial), f", at t = {t:g} on a boundary or an interface")
        if max(moved) <= CONVERGED:
            break
    else:
        refuse_unconverged(jacobian, t, trial, values)
    return values


def surface_state_rates(
    system: System,
    jacobian: Jacobian,
    t: float,
    values: np.ndarray,
    change: np.ndarray,
    storage_matrices: Sequence[ByRow],
) -> None:
    """Set the rates of the surface states in change (balances, nodes) to those that keep their equations satisfied.

    storage_matrices are the derivatives of what each surface stores.
    """
    if system.fluxes.reconstruction is not None:
        rates_together(system, jacobian, t, values, change, storage_matrices)
        return
    known = jacobian.differences.differentiate(t, values)
    for surface, by_row in zip(jacobian.surfaces, storage_matrices):
        own, beside, _ = surface.derivatives(known)
        right = -sum(
            np.einsum("ijn,jn->in", by_cell, change[:, cells])
            for by_cell, cells in zip(np.split(beside, len(surface.beside), axis=1), surface.beside)
        )
        if by_row:
            own, flows = own.copy(), surface.residual(system.evaluate(t, values), values)
            for row, matrix in by_row.items():
                own[row], right[row] = matrix, flows[row]
        for nodes, rates in zip(surface.nodes, np.split(_solve(own, right), len(surface.nodes))):
            change[:, nodes] = rates


def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve a small system on each face: matrix (i, j, faces), right (i, faces)."""
    try:
        return np.linalg.solve(np.moveaxis(matrix, -1, 0), right.T[..., None])[..., 0].T
    except np.linalg.LinAlgError as error:
        text = f"the conditions on a boundary or an interface do not fix the state there ({error})"
        raise Stopped(Outcome.LINEAR_FAILURE, text) from error
