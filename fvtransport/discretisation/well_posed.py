"""Singular problems, found at the initial state before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from ..case.model import Case, SteadySpec
from ..errors import CaseError, Problem
from ..model.boundary import fixes_field
from ..model.views import BoundaryView
from .boundary_equation import BoundaryEquation
from .build import Discretisation
from .conductance import conductances
from .initial_state import inner_state
from .phases import phase_systems
from .system import System

__all__ = ["refuse_singular"]

_STEP = 1e-6
_DEPENDENT = 1e-10


def refuse_singular(case: Case, discretised: Discretisation) -> None:
    """Raise CaseError with every reason why the equations have no or no unique solution, each with a cure.

    With a protocol, those of every phase.
    """
    whole = phase_systems(case, discretised) if case.protocol is not None else [(None, discretised)]
    found = [each for phase, own in whole for each in _reasons(case if phase is None else phase.case, own)]
    if found:
        raise CaseError(found)


def _reasons(case: Case, discretised: Discretisation) -> list[Problem]:
    system, steady = discretised.system, isinstance(case.solve, SteadySpec)
    found: list[Problem] = []
    with np.errstate(all="ignore"):
        coupled = _coupled_faces(system, discretised.t, discretised.values)
        for row in range(len(system.balances)):
            if not coupled[row].any():
                found.append(_not_diffusing(case, system, row))
            elif steady:
                found += _cut_off(case, discretised, row, coupled[row])
        if not found:
            found += _undetermined_boundaries(case, discretised)
    return found


def _coupled_faces(system: System, t: float, values: np.ndarray) -> np.ndarray:
    """Faces (balances, faces) on which the flux of a balance depends on its own field, by diffusion or by
    convection.

    A coefficient that is zero at the initial state counts when it is not zero at a state close by.
    """
    found = np.zeros((len(system.balances), system.geometry.faces.area.size), bool)
    for state in (values, inner_state(system.medium.fields, values)):
        for matrix in conductances(system, t, system.geometry.faces.average(state)).values():
            found |= np.einsum("iin->in", matrix) != 0.0
        for flux in system.fluxes.at_zero_gradient(t, system.geometry.faces.average(state)).values():
            found |= flux != 0.0
        found |= _coupled_by_bulk_flow(system, t, system.geometry.faces.average(state))
    return found


def _coupled_by_bulk_flow(system: System, t: float, mean: np.ndarray) -> np.ndarray:
    """Faces (balances, faces) on which the convective flux of a balance depends on the gradient of its own field."""
    found = np.zeros(mean.shape, bool)
    for row in range(len(mean)):
        step = 0.5 * _STEP * np.maximum(np.abs(mean[row]), _STEP)
        left, right = mean.copy(), mean.copy()
        left[row] += step
        right[row] -= step
        convective_flux = system.evaluate_faces(t, left, right).convective_flux
        if convective_flux is None:
            break
        found[row] = np.isfinite(convective_flux[row]) & (convective_flux[row] != 0.0)
    return found


def _not_diffusing(case: Case, system: System, row: int) -> Problem:
    balance = system.balances[row]
    field = balance.field.name
    text = f"{field} has no diffusive flux: no law makes the flux of {balance.name} depend on grad({field})"
    cure = f"a law that does, with a coefficient that is not zero, beside those that couple {field} to other fields"
    return Problem(case.mark("laws", key=True), text, cure)


def _cut_off(case: Case, discretised: Discretisation, row: int, coupled: np.ndarray) -> Iterator[Problem]:
    """Parts of the domain that no flux of a balance joins to anything that fixes its field there."""
    system, field = discretised.system, discretised.system.medium.fields[row]
    parts = _parts(system, coupled)
    cells = np.arange(system.geometry.nodes)[system.geometry.cells]
    parts = _joined_at_interfaces(discretised, row, parts)
    if np.unique(parts[cells]).size < 2:
        return
    fixed = {part for equation in system.boundary_equations if equation.row == row and _fixes(discretised, equation)
             for part in parts[equation.boundary.nodes]}  # fmt: skip
    fixed |= set(parts[cells][_has_source(discretised, row)])
    undetermined = [part for part in np.unique(parts[cells]) if part not in fixed]
    is_free = np.isin(parts, undetermined[1:] if field in case.steady.means else undetermined)
    faces = system.geometry.faces
    regions = _parts(system, is_free[faces.left] & is_free[faces.right])
    for region in np.unique(regions[cells][is_free[cells]]):
        where = _extent(system, cells[regions[cells] == region])
        text = (
            f"{field.name} is undetermined {where}: the coefficient of the flux of {system.balances[row].name} is zero "
            f"around this part, and nothing in it fixes {field.name}"
        )
        yield Problem(case.mark("laws", key=True), text, "a coefficient that is not zero there, or a run in time")


def _parts(system: System, joined: np.ndarray) -> np.ndarray:
    """Number of the part that each node belongs to, when only the joined faces count."""
    geometry = system.geometry
    every = np.arange(geometry.nodes)
    left, right = every[geometry.faces.left][joined], every[geometry.faces.right][joined]
    graph = sparse.coo_array((np.ones(left.size), (left, right)), shape=(geometry.nodes, geometry.nodes))
    return sparse.csgraph.connected_components(graph, directed=False)[1]


def _joined_at_interfaces(discretised: Discretisation, row: int, parts: np.ndarray) -> np.ndarray:
    """The parts that are left when conditions on interfaces join the field of a balance on their two sides."""
    pairs = [np.zeros((2, 0), int)]
    for each in discretised.system.interfaces:
        joined = each.couples(
            discretised.system.medium, discretised.t, discretised.values, row, _STEP * discretised.scale[row]
        )
        pairs.append(parts[np.stack([each.interface.left_nodes[joined], each.interface.right_nodes[joined]])])
    left, right = np.concatenate(pairs, axis=1)
    count = parts.max() + 1
    graph = sparse.coo_array((np.ones(left.size), (left, right)), shape=(count, count))
    return sparse.csgraph.connected_components(graph, directed=False)[1][parts]


def _fixes(discretised: Discretisation, equation: BoundaryEquation) -> bool:
    """Whether a condition depends on the value of its field, and not on the flux alone."""
    system, faces, boundary = discretised.system, discretised.system.geometry.faces, equation.boundary
    states = discretised.values[:, faces.left if boundary.is_left else faces.right]
    flux = np.zeros(faces.area.size)
    view = BoundaryView(system.medium, discretised.t, equation.row, states, flux, boundary)
    return fixes_field(equation.condition, view, _STEP * discretised.scale[equation.row])


def _has_source(discretised: Discretisation, row: int) -> np.ndarray:
    """Cells in which a source of a balance depends on its field."""
    system, cells = discretised.system, discretised.system.geometry.cells
    if not system.has_sources:
        return np.zeros(system.geometry.volume.size, bool)
    values = discretised.values[:, cells]
    moved = values.copy()
    moved[row] += _STEP * discretised.scale[row]
    return system.sources(0.0, moved)[row] != system.sources(0.0, values)[row]


def _extent(system: System, nodes: np.ndarray) -> str:
    positions = system.geometry.position[: system.geometry.dimension, nodes]
    spans = (f"{axis} = {row.min():.4g} to {row.max():.4g}" for axis, row in zip("xyz", positions))
    return f"in the cells at {', '.join(spans)}"


def _undetermined_boundaries(case: Case, discretised: Discretisation) -> Iterator[Problem]:
    """Boundaries whose conditions do not fix the fields there, for a given state of the cells beside."""
    system = discretised.system
    for boundary in system.geometry.boundaries.values():
        boundary_equations = sorted(
            (c for c in system.boundary_equations if c.boundary is boundary), key=lambda c: c.row
        )
        matrix = _boundary_matrix(discretised, boundary_equations)
        if not np.isfinite(matrix).all():
            continue
        for c, row in zip(boundary_equations, matrix):
            if c.has_storage and not isinstance(case.solve, SteadySpec):
                row[...] = np.eye(len(matrix))[c.row, :, None]  # what it stores fixes its field
        empty = [
            c for c, row in zip(boundary_equations, matrix)
            if not row.any(axis=0).all() and not _is_idle(discretised, c, row)
        ]  # fmt: skip
        yield from (_undetermined(case, system, equation) for equation in empty)
        whole = [row for row in matrix if row.any(axis=0).all()]
        if not empty and len(whole) == len(matrix) > 1 and _dependent(matrix):
            names = " and ".join(equation.field.name for equation in boundary_equations)
            text = f"the conditions on {boundary.name} do not fix {names} there: they depend on each other"
            yield Problem(case.mark("boundaries", boundary.name, key=True), text, "independent conditions")


def _is_idle(discretised: Discretisation, equation: BoundaryEquation, row: np.ndarray) -> bool:
    """Whether nothing flows and nothing is imposed where a condition depends on no field (fields, faces): its field is
    then that of the cell beside.
    """
    index = discretised.system.boundary_equations.index(equation)
    residual = discretised.system.evaluate(discretised.t, discretised.values).boundary_residuals[index]
    return equation.prescribes and not np.broadcast_to(residual, row.shape[1:])[~row.any(axis=0)].any()


def _undetermined(case: Case, system: System, equation: BoundaryEquation) -> Problem:
    field, boundary = equation.field.name, equation.boundary.name
    given = case.boundaries[boundary][equation.field]
    mark = case.mark("boundaries", "default" if given.is_default else boundary, field)
    text = (
        f"{given.name} does not fix {field} on {boundary}: at the initial state its equation "
        f"does not depend on {field} there"
    )
    if equation.prescribes:
        text += f", where no {system.balances[equation.row].name} can flow"
    return Problem(mark, text, f"a coefficient that is not zero at {boundary}, or a value of {field}")


def _boundary_matrix(discretised: Discretisation, boundary_equations: list[BoundaryEquation]) -> np.ndarray:
    """Derivatives of each condition on a boundary by each field there, (conditions, fields, faces)."""
    system, boundary, count = discretised.system, boundary_equations[0].boundary, len(discretised.scale)
    states = np.repeat(discretised.values[:, None], 1 + count, axis=1)
    step = _STEP * np.maximum(np.abs(discretised.values[:, boundary.nodes]), discretised.scale[:, None])
    for j in range(count):
        states[j, 1 + j, boundary.nodes] += step[j]
    faces = system.geometry.faces
    residuals = system.evaluate_faces(
        discretised.t, states[..., faces.left], states[..., faces.right]
    ).boundary_residuals
    of_boundary = [g for c, g in zip(system.boundary_equations, residuals) if c.boundary is boundary]
    rows = [c.row for c in system.boundary_equations if c.boundary is boundary]
    return np.stack([(of_boundary[i][1:] - of_boundary[i][:1]) / step for i in np.argsort(rows)])


def _dependent(matrix: np.ndarray) -> bool:
    """Whether the matrix of some face is singular, whatever the units of its rows and columns."""
    matrix = matrix / np.abs(matrix).max(axis=1, keepdims=True)
    matrix = matrix / np.abs(matrix).max(axis=0, keepdims=True)
    smallest = np.linalg.svd(np.moveaxis(np.nan_to_num(matrix), -1, 0), compute_uv=False)[:, -1]
    return bool((smallest < _DEPENDENT).any())
