"""Singular problems in plain words, found at the initial state before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from ..case.model import Case, SteadySpec
from ..errors import CaseError, Problem
from ..model.views import WallView
from .build import Discretisation
from .conductance import conductances
from .initial_state import inner_state
from .phases import stages
from .system import Condition, System

__all__ = ["refuse_singular"]

_STEP = 1e-6
_DEPENDENT = 1e-10


def refuse_singular(case: Case, problem: Discretisation) -> None:
    """Raise CaseError with every reason, in words and with a cure, why the equations have no or no single solution.

    With a protocol, those of every phase.
    """
    whole = stages(case, problem) if case.protocol is not None else [(None, problem)]
    found = [each for phase, own in whole for each in _reasons(case if phase is None else phase.case, own)]
    if found:
        raise CaseError(found)


def _reasons(case: Case, problem: Discretisation) -> list[Problem]:
    system, steady = problem.system, isinstance(case.solve, SteadySpec)
    found: list[Problem] = []
    with np.errstate(all="ignore"):
        answering = _answering(system, problem.t, problem.values)
        for slot in range(len(system.balances)):
            if not answering[slot].any():
                found.append(_not_evened_out(case, system, slot))
            elif steady:
                found += _cut_off(case, problem, slot, answering[slot])
        if not found:
            found += _loose_walls(case, problem)
    return found


def _answering(system: System, t: float, values: np.ndarray) -> np.ndarray:
    """Faces (balances, faces) on which the flux of a balance answers to its own field: by gradient, or by being carried.

    A coefficient that is zero at the initial state counts when it is not zero at a state close by.
    """
    found = np.zeros((len(system.balances), system.geometry.faces.area.size), bool)
    for state in (values, inner_state(system.medium.fields, values)):
        for matrix in conductances(system, t, system.halfway(state)).values():
            found |= np.einsum("iin->in", matrix) != 0.0
        for flux in system.conveyed(t, system.halfway(state)).values():
            found |= flux != 0.0
        found |= _answers_by_bulk_flow(system, t, system.halfway(state))
    return found


def _answers_by_bulk_flow(system: System, t: float, mean: np.ndarray) -> np.ndarray:
    """Faces (balances, faces) on which what the bulk flow carries answers to the gradient of its own field."""
    found = np.zeros(mean.shape, bool)
    for slot in range(len(mean)):
        step = 0.5 * _STEP * np.maximum(np.abs(mean[slot]), _STEP)
        left, right = mean.copy(), mean.copy()
        left[slot] += step
        right[slot] -= step
        carried = system.exchange(t, left, right).carried
        if carried is None:
            break
        found[slot] = np.isfinite(carried[slot]) & (carried[slot] != 0.0)
    return found


def _not_evened_out(case: Case, system: System, slot: int) -> Problem:
    balance = system.balances[slot]
    field = balance.field.name
    text = f"nothing evens out {field}: no law's flux of {balance.name} answers to the gradient of {field} itself"
    cure = f"a law that does, with a coefficient that is not zero, beside those that couple {field} to other fields"
    return Problem(case.mark("laws", key=True), text, cure)


def _cut_off(case: Case, problem: Discretisation, slot: int, answering: np.ndarray) -> Iterator[Problem]:
    """Parts of the domain that no flux of a balance joins to anything that fixes its field there."""
    system, field = problem.system, problem.system.medium.fields[slot]
    parts = _parts(system, answering)
    cells = np.arange(system.geometry.nodes)[system.geometry.cells]
    if np.unique(parts[cells]).size < 2:
        return
    fixed = {part for condition in system.conditions if condition.slot == slot and _pins(problem, condition)
             for part in parts[condition.wall.nodes]}  # fmt: skip
    fixed |= set(parts[cells][_fed(problem, slot)])
    loose = [part for part in np.unique(parts[cells]) if part not in fixed]
    floating = np.isin(parts, loose[1:] if field in case.solve.means else loose)
    faces = system.geometry.faces
    regions = _parts(system, floating[faces.left] & floating[faces.right])
    for region in np.unique(regions[cells][floating[cells]]):
        where = _extent(system, cells[regions[cells] == region])
        text = (
            f"{field.name} floats {where}: no flux of {system.balances[slot].name} joins this part to anything that fixes"
            f" {field.name}, for its coefficient is zero around it"
        )
        yield Problem(case.mark("laws", key=True), text, "a coefficient that is not zero there, or a run in time")


def _parts(system: System, joined: np.ndarray) -> np.ndarray:
    """Number of the part that each node belongs to, when only the joined faces count."""
    geometry = system.geometry
    every = np.arange(geometry.nodes)
    left, right = every[geometry.faces.left][joined], every[geometry.faces.right][joined]
    graph = sparse.coo_array((np.ones(left.size), (left, right)), shape=(geometry.nodes, geometry.nodes))
    return sparse.csgraph.connected_components(graph, directed=False)[1]


def _pins(problem: Discretisation, condition: Condition) -> bool:
    """Whether a condition answers to the value of its field, and not to the flux alone."""
    system, faces = problem.system, problem.system.geometry.faces
    residuals = []
    for part in (0.0, 1.0):
        values = problem.values.copy()
        values[condition.slot] += part * _STEP * problem.scale[condition.slot]
        states = values[:, faces.left if condition.wall.is_left else faces.right]
        view = WallView(system.medium, 0.0, condition.slot, states, np.zeros(faces.area.size), condition.wall)
        residuals.append(np.asarray(condition.boundary.residual(view)))
    return not np.array_equal(*residuals)


def _fed(problem: Discretisation, slot: int) -> np.ndarray:
    """Cells in which a source of a balance answers to its field."""
    system, cells = problem.system, problem.system.geometry.cells
    if not system.has_sources:
        return np.zeros(system.geometry.volume.size, bool)
    values = problem.values[:, cells]
    moved = values.copy()
    moved[slot] += _STEP * problem.scale[slot]
    return system.sources(0.0, moved)[slot] != system.sources(0.0, values)[slot]


def _extent(system: System, nodes: np.ndarray) -> str:
    places = system.geometry.place[: system.geometry.dimension, nodes]
    spans = (f"{axis} = {row.min():.4g} to {row.max():.4g}" for axis, row in zip("xyz", places))
    return f"in the cells at {', '.join(spans)}"


def _loose_walls(case: Case, problem: Discretisation) -> Iterator[Problem]:
    """Walls whose conditions do not fix the state of the wall, for the given state of the cells beside."""
    system = problem.system
    for wall in system.geometry.walls.values():
        conditions = sorted((c for c in system.conditions if c.wall is wall), key=lambda c: c.slot)
        matrix = _wall_matrix(problem, conditions)
        if not np.isfinite(matrix).all():
            continue
        empty = [c for c, row in zip(conditions, matrix) if not row.any(axis=0).all()]
        yield from (_loose(case, system, condition) for condition in empty)
        if not empty and len(conditions) > 1 and _dependent(matrix):
            names = " and ".join(condition.field.name for condition in conditions)
            text = f"the conditions on {wall.name} do not fix {names} there: they depend on each other"
            yield Problem(case.mark("boundaries", wall.name, key=True), text, "conditions that say different things")


def _loose(case: Case, system: System, condition: Condition) -> Problem:
    field, wall = condition.field.name, condition.wall.name
    given = case.boundaries[wall][condition.field]
    mark = case.mark("boundaries", "default" if given.is_default else wall, field)
    text = f"{given.name} does not fix {field} on {wall}: at the initial state its equation does not answer to the wall"
    if condition.prescribes:
        text += f", where no {system.balances[condition.slot].name} can flow"
    return Problem(mark, text, f"a coefficient that is not zero at {wall}, or a value of {field}")


def _wall_matrix(problem: Discretisation, conditions: list[Condition]) -> np.ndarray:
    """How each condition of a wall answers to each field on it, (conditions, fields, faces)."""
    system, wall, count = problem.system, conditions[0].wall, len(problem.scale)
    states = np.repeat(problem.values[:, None], 1 + count, axis=1)
    step = _STEP * np.maximum(np.abs(problem.values[:, wall.nodes]), problem.scale[:, None])
    for j in range(count):
        states[j, 1 + j, wall.nodes] += step[j]
    faces = system.geometry.faces
    equations = system.exchange(problem.t, states[..., faces.left], states[..., faces.right]).walls
    rows = [g for c, g in zip(system.conditions, equations) if c.wall is wall]
    slots = [c.slot for c in system.conditions if c.wall is wall]
    return np.stack([(rows[i][1:] - rows[i][:1]) / step for i in np.argsort(slots)])


def _dependent(matrix: np.ndarray) -> bool:
    """Whether the matrix of some face is singular, whatever the units of its rows and columns."""
    matrix = matrix / np.abs(matrix).max(axis=1, keepdims=True)
    matrix = matrix / np.abs(matrix).max(axis=0, keepdims=True)
    smallest = np.linalg.svd(np.moveaxis(np.nan_to_num(matrix), -1, 0), compute_uv=False)[:, -1]
    return bool((smallest < _DEPENDENT).any())
