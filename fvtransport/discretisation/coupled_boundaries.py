"""Boundary states where the flux through a boundary face also depends on the gradient in the cell beside it.

That gradient depends on other boundary nodes, so all boundary equations are solved together.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from ..outcome import Outcome, Stopped, not_finite
from .derivatives import FiniteDifferences
from .layout import Layout
from .slope_columns import SlopeColumns
from .system import System

__all__ = ["rates_together", "solve_together"]

_ITERATIONS = 50
_CONVERGED = 4 * np.finfo(float).eps
_ROUND_OFF = 1e-11


def solve_together(system: System, differences: FiniteDifferences, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the boundary states that belong to them, (balances, nodes); raises Stopped."""
    values, last = values.copy(), np.inf
    rows, nodes, is_stored = _unknowns(system)
    for _ in range(_ITERATIONS):
        own = _equations(system, differences, t, values)[:, _places(system, rows, nodes)]
        residuals = system.evaluate(t, values).boundary_residuals
        excess = np.where(is_stored, 0.0, np.concatenate([np.ravel(each) for each in residuals]))
        step = _solve(_with_rows(own, is_stored, sparse.csr_array(sparse.eye_array(rows.size))), excess)
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
    differences: FiniteDifferences,
    t: float,
    values: np.ndarray,
    change: np.ndarray,
    storage_matrices: Mapping[int, np.ndarray],
) -> None:
    """Set the rates of the boundary states in change (balances, nodes) to those that keep their equations satisfied.

    storage_matrices are the derivatives of what boundaries store, by the number of the equation.
    """
    rows, nodes, _ = _unknowns(system)
    matrix, still = _equations(system, differences, t, values), change.copy()
    own = matrix[:, _places(system, rows, nodes)]
    still[rows, nodes] = 0.0
    right = -(matrix @ still.T.ravel())
    if storage_matrices:
        own, right = _of_storage(system, t, values, storage_matrices, own, right)
    change[rows, nodes] = _solve(own, right)


def _of_storage(
    system: System,
    t: float,
    values: np.ndarray,
    storage_matrices: Mapping[int, np.ndarray],
    own: sparse.csr_array,
    right: np.ndarray,
) -> tuple[sparse.csr_array, np.ndarray]:
    """The equations with those of a storage, whose rate is what the flux and the condition differ by."""
    rows, nodes, _ = _unknowns(system)
    residuals, start = system.evaluate(t, values).boundary_residuals, 0
    place = {(int(row), int(node)): i for i, (row, node) in enumerate(zip(rows, nodes))}
    entries, is_replaced = sparse.lil_array(own.shape), np.zeros(rows.size, bool)
    every = np.arange(system.geometry.nodes)
    for k, each in enumerate(system.boundary_equations):
        count = np.size(every[each.boundary.nodes])
        if k in storage_matrices:
            for face, node in enumerate(every[each.boundary.nodes]):
                is_replaced[start + face], right[start + face] = True, np.ravel(residuals[k])[face]
                for j, by_field in enumerate(storage_matrices[k]):
                    entries[start + face, place[j, int(node)]] = by_field[face]
        start += count
    return _with_rows(own, is_replaced, sparse.csr_array(entries)), right


def _unknowns(system: System) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row and node of every boundary unknown in the order of the equations, and whether a storage gives it a rate."""
    every = np.arange(system.geometry.nodes)
    nodes = [np.atleast_1d(every[each.boundary.nodes]) for each in system.boundary_equations]
    sizes = [each.size for each in nodes]
    rows = np.repeat([each.row for each in system.boundary_equations], sizes)
    is_stored = np.repeat([each.has_storage for each in system.boundary_equations], sizes)
    return rows.astype(int), np.concatenate([*nodes, np.zeros(0, int)]), is_stored.astype(bool)


def _equations(system: System, differences: FiniteDifferences, t: float, values: np.ndarray) -> sparse.csr_array:
    """Derivatives of all boundary equations by the fields at the nodes, (equations, nodes x balances)."""
    reconstruction, geometry, layout = system.fluxes.reconstruction, system.geometry, Layout(system, totals=False)
    if reconstruction is None:
        raise ValueError("on an orthogonal mesh each boundary face is solved by itself")
    slopes, every = SlopeColumns(reconstruction, layout, geometry), np.arange(geometry.nodes)
    sides = [every[geometry.faces.left], every[geometry.faces.right]]
    entries, rows, columns, start = [], [], [], 0
    known = differences.differentiate(t, values)
    for each, part in zip(system.boundary_equations, known.boundary_residuals):
        faces = each.boundary.faces
        unknowns = [layout.unknown(side[faces], j) for side in sides for j in range(layout.balances)]
        columns.append(np.concatenate([np.stack(unknowns), slopes.columns[:, faces]]).ravel())
        rows.append(np.broadcast_to(start + np.arange(part.shape[1]), part.shape).ravel())
        entries.append(part.ravel())
        start += part.shape[1]
    where = (np.concatenate(rows), np.concatenate(columns))
    shape = (start, layout.size + slopes.columns.size)
    return sparse.csr_array(slopes.chained(sparse.csc_array((np.concatenate(entries), where), shape=shape), None))


def _places(system: System, rows: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    return Layout(system, totals=False).unknown(nodes, rows)


def _with_rows(matrix: sparse.csr_array, is_replaced: np.ndarray, others: sparse.csr_array) -> sparse.csr_array:
    """The matrix with some of its rows taken from another."""
    kept = sparse.diags_array(np.where(is_replaced, 0.0, 1.0))
    return sparse.csr_array(kept @ matrix + sparse.diags_array(np.where(is_replaced, 1.0, 0.0)) @ others)


def _solve(matrix: sparse.csr_array, right: np.ndarray) -> np.ndarray:
    try:
        return splu(sparse.csc_array(matrix)).solve(right)
    except RuntimeError as error:
        text = f"a boundary condition does not fix the state on its boundary ({error})"
        raise Stopped(Outcome.LINEAR_FAILURE, text) from error
