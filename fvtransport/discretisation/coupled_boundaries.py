"""Boundary states where the flux through a boundary face also depends on the gradient in the cell beside it.

That gradient depends on other boundary nodes, so all boundary equations are solved together.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from ..outcome import Outcome, Stopped, not_finite
from .jacobian import Jacobian
from .system import System

__all__ = ["rates_together", "solve_together"]

_ITERATIONS = 50
_CONVERGED = 4 * np.finfo(float).eps
_ROUND_OFF = 1e-11


def solve_together(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the boundary states that belong to them, (balances, nodes); raises Stopped."""
    values, last = values.copy(), np.inf
    rows, nodes, is_stored = _unknowns(system)
    for _ in range(_ITERATIONS):
        matrix = _equations(system, jacobian, t, values)
        own = _own(matrix, jacobian, rows, nodes)
        residuals = system.evaluate(t, values).boundary_residuals
        excess = np.where(is_stored, 0.0, np.concatenate([np.ravel(each) for each in residuals]))
        step = _solve(_with_rows(own, is_stored, sparse.eye_array(rows.size)), excess)
        trial = values.copy()
        values[rows, nodes] -= step
        moved = float((np.abs(step) / np.maximum(np.abs(values[rows, nodes]), 1e-300)).max(initial=0.0))
        if not np.isfinite(moved):
            raise not_finite(system.missing_value(t, trial), f", at t = {t:g} on a boundary")
        if moved <= _CONVERGED or (moved >= 0.5 * last and moved <= _ROUND_OFF):
            break
        last = moved
    return values


def rates_together(
    system: System,
    jacobian: Jacobian,
    t: float,
    values: np.ndarray,
    change: np.ndarray,
    stored_matrices: Mapping[int, np.ndarray],
) -> None:
    """Set the rates of the boundary states in change (balances, nodes) to those that keep their equations satisfied.

    stored_matrices are the derivatives of what boundaries store, by the number of the equation.
    """
    rows, nodes, _ = _unknowns(system)
    matrix = _equations(system, jacobian, t, values)
    own, still = _own(matrix, jacobian, rows, nodes), change.copy()
    still[rows, nodes] = 0.0
    right = -(matrix @ jacobian.vector(still))[jacobian.unknowns(rows, nodes)]
    if stored_matrices:
        own, right = _of_storage(system, t, values, stored_matrices, own, right)
    change[rows, nodes] = _solve(own, right)


def _of_storage(
    system: System,
    t: float,
    values: np.ndarray,
    stored_matrices: Mapping[int, np.ndarray],
    own: sparse.csr_array,
    right: np.ndarray,
) -> tuple[sparse.csr_array, np.ndarray]:
    """The equations with those of a storage, whose rate is what the flux and the condition differ by."""
    rows, nodes, _ = _unknowns(system)
    residuals, place, start = system.evaluate(t, values).boundary_residuals, {}, 0
    place = {(int(row), int(node)): i for i, (row, node) in enumerate(zip(rows, nodes))}
    entries, is_replaced = sparse.lil_array(own.shape), np.zeros(rows.size, bool)
    every = np.arange(system.geometry.nodes)
    for k, each in enumerate(system.boundary_equations):
        count = np.size(every[each.boundary.nodes])
        if k in stored_matrices:
            for face, node in enumerate(every[each.boundary.nodes]):
                is_replaced[start + face], right[start + face] = True, np.ravel(residuals[k])[face]
                for j, by_field in enumerate(stored_matrices[k]):
                    entries[start + face, place[j, int(node)]] = by_field[face]
        start += count
    return _with_rows(own, is_replaced, entries), right


def _unknowns(system: System) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row and node of every boundary unknown in the order of the equations, and whether a storage gives it a rate."""
    every = np.arange(system.geometry.nodes)
    nodes = [np.atleast_1d(every[each.boundary.nodes]) for each in system.boundary_equations]
    sizes = [each.size for each in nodes]
    rows = np.repeat([each.row for each in system.boundary_equations], sizes)
    is_stored = np.repeat([each.has_storage for each in system.boundary_equations], sizes)
    return rows.astype(int), np.concatenate([*nodes, np.zeros(0, int)]), is_stored.astype(bool)


def _equations(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> sparse.csr_array:
    count = len(system.balances)
    return sparse.csr_array(jacobian.matrix(t, values, 0.0, np.zeros((count, count, system.geometry.volume.size))))


def _own(matrix: sparse.csr_array, jacobian: Jacobian, rows: np.ndarray, nodes: np.ndarray) -> sparse.csr_array:
    at = jacobian.unknowns(rows, nodes)
    return matrix[at][:, at]


def _with_rows(matrix: sparse.csr_array, is_replaced: np.ndarray, others: sparse.sparray) -> sparse.csr_array:
    """The matrix with some of its rows taken from another."""
    kept = sparse.diags_array(np.where(is_replaced, 0.0, 1.0))
    return sparse.csr_array(kept @ matrix + sparse.diags_array(np.where(is_replaced, 1.0, 0.0)) @ others)


def _solve(matrix: sparse.csr_array, right: np.ndarray) -> np.ndarray:
    try:
        return splu(sparse.csc_array(matrix)).solve(right)
    except RuntimeError as error:
        text = f"a boundary condition does not fix the state on its boundary ({error})"
        raise Stopped(Outcome.LINEAR_FAILURE, text) from error
