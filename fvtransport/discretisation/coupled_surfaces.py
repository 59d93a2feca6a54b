"""States on surfaces where the flux through a face also depends on the gradient in the cell beside it.

That gradient depends on other surface nodes, so the equations of all surfaces are solved together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from ..outcome import Outcome, Stopped, not_finite
from .jacobian import Jacobian
from .layout import Layout
from .slope_columns import SlopeColumns
from .surface_storage import ByRow, kept_rows
from .surfaces import Surface
from .system import System

__all__ = ["CONVERGED", "ITERATIONS", "rates_together", "refuse_unconverged", "solve_together"]

ITERATIONS = 50
CONVERGED = 4 * np.finfo(float).eps
_ROUND_OFF = 1e-11
_UNCONVERGED = 1e-6


def solve_together(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the surface states that belong to them, (balances, nodes); raises Stopped."""
    fields, last, start = values.T.ravel(), np.inf, values
    unknowns, is_stored = _unknowns(system, jacobian), _is_stored(system, jacobian)
    for _ in range(ITERATIONS):
        values = fields.reshape(-1, len(system.balances)).T
        own, evaluation = _equations(system, jacobian, t, values)[:, unknowns], system.evaluate(t, values)
        residuals = [each.residual(evaluation, values) for each in jacobian.surfaces]
        kept = [kept_rows(system, each, jacobian.scale, t, values, start) for each in jacobian.surfaces]
        for residual, rows in zip(residuals, kept):
            for row, (_, excess) in rows.items():
                residual[row] = excess
        others = _of_storage(system, jacobian, [{row: matrix for row, (matrix, _) in rows.items()} for rows in kept])
        step = _solve(_with_rows(own, is_stored, others[:, unknowns]), np.concatenate([*map(np.ravel, residuals)]))
        fields = fields.copy()
        fields[unknowns] -= step
        moved = float((np.abs(step) / np.maximum(np.abs(fields[unknowns]), 1e-300)).max(initial=0.0))
        if not np.isfinite(moved):
            raise not_finite(system.missing_value(t, values), f", at t = {t:g} on a boundary or an interface")
        if moved <= CONVERGED or (moved >= 0.5 * last and moved <= _ROUND_OFF):
            break
        last = moved
    else:
        refuse_unconverged(jacobian, t, values, fields.reshape(-1, len(system.balances)).T)
    return np.ascontiguousarray(fields.reshape(-1, len(system.balances)).T)


def refuse_unconverged(jacobian: Jacobian, t: float, before: np.ndarray, after: np.ndarray) -> None:
    """Raise Stopped where the last of Newton's steps still moved a state (balances, nodes) by more than round-off."""
    size = np.maximum(np.abs(after), jacobian.scale[:, None])
    if (np.abs(after - before) > _UNCONVERGED * size).any():
        text = f"Newton's method found no state on a boundary or an interface in {ITERATIONS} iterations, at t = {t:g}"
        raise Stopped(Outcome.STALLED, f"{text}: its condition may have no solution beside these cells")


def rates_together(
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
    unknowns, rates = _unknowns(system, jacobian), change.T.ravel()
    matrix = _equations(system, jacobian, t, values)
    rates[unknowns] = 0.0
    own, right = matrix[:, unknowns], -(matrix @ rates)
    is_stored = _is_stored(system, jacobian)
    if is_stored.any():
        stored = _of_storage(system, jacobian, storage_matrices)[:, unknowns]
        evaluation = system.evaluate(t, values)
        flows = np.concatenate([np.ravel(each.residual(evaluation, values)) for each in jacobian.surfaces])
        own, right = _with_rows(own, is_stored, stored), np.where(is_stored, flows, right)
    rates[unknowns] = _solve(own, right)
    change[...] = rates.reshape(-1, len(system.balances)).T


def _of_storage(system: System, jacobian: Jacobian, storage_matrices: Sequence[ByRow]) -> sparse.csr_array:
    """Derivatives of what surfaces store in the rows of their equations, (equations, nodes x balances)."""
    layout = Layout(system, totals=False)
    rows, columns, entries, start = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0)], 0
    for surface, by_row in zip(jacobian.surfaces, storage_matrices):
        faces, own = np.arange(surface.nodes[0].size), _rows_of(layout, surface)
        for row, matrix in by_row.items():
            rows.append(np.broadcast_to(start + row * faces.size + faces, matrix.shape).ravel())
            columns.append(own.ravel())
            entries.append(matrix.ravel())
        start += own.size
    where = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array((np.concatenate(entries), where), shape=(start, layout.size))


def _rows_of(layout: Layout, surface: Surface) -> np.ndarray:
    """The unknowns on a surface in the order of its equations, (equations, faces)."""
    return np.stack([layout.unknown(nodes, i) for nodes in surface.nodes for i in range(layout.balances)])


def _unknowns(system: System, jacobian: Jacobian) -> np.ndarray:
    layout = Layout(system, totals=False)
    return np.concatenate([np.zeros(0, int), *(_rows_of(layout, each).ravel() for each in jacobian.surfaces)])


def _is_stored(system: System, jacobian: Jacobian) -> np.ndarray:
    """Whether the equation of each unknown on a surface is that of a storage."""
    found = [np.zeros(0, bool)]
    for surface in jacobian.surfaces:
        own = np.zeros((len(system.balances) * len(surface.nodes), surface.nodes[0].size), bool)
        own[list(surface.stored)] = True
        found.append(own.ravel())
    return np.concatenate(found)


def _equations(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> sparse.csr_array:
    """Derivatives of the equations of all surfaces by the fields at the nodes, (equations, nodes x balances)."""
    reconstruction, layout = system.fluxes.reconstruction, Layout(system, totals=False)
    if reconstruction is None:
        raise ValueError("on an orthogonal mesh the faces of a surface are solved one by one")
    slopes, known = SlopeColumns(reconstruction, layout, system.geometry), jacobian.differences.differentiate(t, values)
    rows, columns, entries, start = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0)], 0
    for surface in jacobian.surfaces:
        part = np.concatenate(surface.derivatives(known), axis=1)
        beside = [layout.unknown(nodes, i) for nodes in surface.beside for i in range(layout.balances)]
        on_faces = [slopes.columns[:, faces] for faces in surface.faces]
        own = np.concatenate([_rows_of(layout, surface), np.stack(beside), *on_faces])
        numbers = start + np.arange(part.shape[0] * part.shape[2]).reshape(part.shape[0], 1, part.shape[2])
        rows.append(np.broadcast_to(numbers, part.shape).ravel())
        columns.append(np.broadcast_to(own[None], part.shape).ravel())
        entries.append(part.ravel())
        start += part.shape[0] * part.shape[2]
    where = (np.concatenate(rows), np.concatenate(columns))
    shape = (start, layout.size + slopes.columns.size)
    return sparse.csr_array(slopes.chained(sparse.csc_array((np.concatenate(entries), where), shape=shape), None))


def _with_rows(matrix: sparse.csr_array, is_replaced: np.ndarray, others: sparse.csr_array) -> sparse.csr_array:
    """The matrix with some of its rows taken from another."""
    kept = sparse.diags_array(np.where(is_replaced, 0.0, 1.0))
    return sparse.csr_array(kept @ matrix + sparse.diags_array(np.where(is_replaced, 1.0, 0.0)) @ others)


def _solve(matrix: sparse.csr_array, right: np.ndarray) -> np.ndarray:
    try:
        return splu(sparse.csc_array(matrix)).solve(right)
    except RuntimeError as error:
        text = f"the conditions on a boundary or an interface do not fix the state there ({error})"
        raise Stopped(Outcome.LINEAR_FAILURE, text) from error
