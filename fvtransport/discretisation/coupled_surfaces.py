"""States on surfaces where the flux through a face also depends on the gradient in the cell beside it.

That gradient depends on other surface nodes, so the equations of all surfaces are solved together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from ..outcome import Outcome, Stopped, not_finite
from .jacobian import Jacobian
from .layout import Layout
from .slope_columns import SlopeColumns
from .surfaces import BoundarySurface, Surface
from .system import System

__all__ = ["rates_together", "solve_together", "stored_rows"]

_ITERATIONS = 50
_CONVERGED = 4 * np.finfo(float).eps
_ROUND_OFF = 1e-11


def stored_rows(system: System, surface: Surface) -> list[int]:
    """The balances of which a surface stores something."""
    if not isinstance(surface, BoundarySurface):
        return []
    return [row for row, k in enumerate(surface.equations) if system.boundary_equations[k].has_storage]


def solve_together(system: System, jacobian: Jacobian, t: float, values: np.ndarray) -> np.ndarray:
    """The same cells with the surface states that belong to them, (balances, nodes); raises Stopped."""
    fields, last = values.T.ravel(), np.inf
    unknowns, is_stored = _unknowns(system, jacobian), _is_stored(system, jacobian)
    for _ in range(_ITERATIONS):
        values = fields.reshape(-1, len(system.balances)).T
        own, evaluation = _equations(system, jacobian, t, values)[:, unknowns], system.evaluate(t, values)
        residuals = [np.ravel(each.residual(evaluation, values)) for each in jacobian.surfaces]
        identity = sparse.csr_array(sparse.eye_array(unknowns.size))
        step = _solve(_with_rows(own, is_stored, identity), np.where(is_stored, 0.0, np.concatenate(residuals)))
        fields = fields.copy()
        fields[unknowns] -= step
        moved = float((np.abs(step) / np.maximum(np.abs(fields[unknowns]), 1e-300)).max(initial=0.0))
        if not np.isfinite(moved):
            raise not_finite(system.missing_value(t, values), f", at t = {t:g} on a boundary or an interface")
        if moved <= _CONVERGED or (moved >= 0.5 * last and moved <= _ROUND_OFF):
            break
        last = moved
    return np.ascontiguousarray(fields.reshape(-1, len(system.balances)).T)


def rates_together(
    system: System,
    jacobian: Jacobian,
    t: float,
    values: np.ndarray,
    change: np.ndarray,
    storage_matrices: Mapping[int, np.ndarray],
) -> None:
    """Set the rates of the surface states in change (balances, nodes) to those that keep their equations satisfied.

    storage_matrices are the derivatives of what boundaries store, by the number of the equation.
    """
    unknowns, rates = _unknowns(system, jacobian), change.T.ravel()
    matrix = _equations(system, jacobian, t, values)
    rates[unknowns] = 0.0
    own, right = matrix[:, unknowns], -(matrix @ rates)
    if storage_matrices:
        stored = _of_storage(system, jacobian, storage_matrices)[:, unknowns]
        residuals = system.evaluate(t, values).boundary_residuals
        flows = [_flows(each, len(system.balances), residuals) for each in jacobian.surfaces]
        is_stored = _is_stored(system, jacobian)
        own, right = _with_rows(own, is_stored, stored), np.where(is_stored, np.concatenate(flows), right)
    rates[unknowns] = _solve(own, right)
    change[...] = rates.reshape(-1, len(system.balances)).T


def _flows(surface: Surface, count: int, residuals: Sequence[np.ndarray]) -> np.ndarray:
    """What the flux and the condition of a boundary differ by; zero on an interface."""
    if isinstance(surface, BoundarySurface):
        return np.concatenate([np.ravel(residuals[k]) for k in surface.equations])
    return np.zeros(count * len(surface.nodes) * surface.nodes[0].size)


def _of_storage(system: System, jacobian: Jacobian, storage_matrices: Mapping[int, np.ndarray]) -> sparse.csr_array:
    """Derivatives of what boundaries store in the rows of their equations, (equations, nodes x balances)."""
    layout = Layout(system, totals=False)
    rows, columns, entries, start = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0)], 0
    for surface in jacobian.surfaces:
        faces = np.arange(surface.nodes[0].size)
        for row, k in enumerate(surface.equations) if isinstance(surface, BoundarySurface) else ():
            for j, by_field in enumerate(storage_matrices.get(k, ())):
                rows.append(start + row * faces.size + faces)
                columns.append(layout.unknown(surface.nodes[0], j))
                entries.append(np.broadcast_to(by_field, faces.shape))
        start += _rows_of(layout, surface).size
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
        own[stored_rows(system, surface)] = True
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
