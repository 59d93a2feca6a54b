"""From a checked case to the discrete system and the state it starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..case.model import Case, SteadySpec
from ..errors import CaseError, Problem
from ..mesh.fipy_mesh import MeshError, build_mesh, geometry_of
from ..mesh.geometry import Wall
from ..model.handles import Field
from ..model.law import Boundary, Observable
from ..model.medium import Medium
from ..model.views import CellView, WallView
from .system import Condition, System

__all__ = ["Discretisation", "build"]

_OTHERS = 0.5
_ITERATIONS, _SETTLED, _NEAR = 200, 1e-9, 1e-6


@dataclass(frozen=True)
class Discretisation:
    """A system with its start: values (balances, nodes) at time t, and the typical size of each field (balances,).

    mesh is that of FiPy.
    """

    system: System
    values: np.ndarray
    scale: np.ndarray
    t: float = 0.0
    mesh: Any = None


def build(case: Case) -> Discretisation:
    """Mesh, medium, conditions and initial state of a case."""
    mesh = build_mesh(case.mesh)
    geometry = geometry_of(mesh, case.mesh)
    given = {handle: value for law in case.laws.values() for handle, value in law.provides(case.mixture).items()}
    medium = Medium(case.mixture, case.properties, case.units.constants, given)
    medium.regions = {name: i for i, name in enumerate(case.mesh.regions, start=1)}
    conditions = [
        Condition(wall, medium.slot[field], field, case.boundaries[name][field].boundary)
        for name, wall in geometry.walls.items()
        for field in medium.fields
    ]
    system = System(medium, case.laws, geometry, conditions, _gathering(case))
    values = np.stack([_initial(case, system, field) for field in medium.fields])
    needed = [handle for law in case.laws.values() for handle in law.needs]
    with np.errstate(all="ignore"):
        medium.survey(values, geometry.place, needed)
        _refuse_gaps(case, system, values)
        system.survey(_start(case), inner_state(medium.fields, values))
    _refuse_outside(case, system)
    _refuse_shared_vessels(case, system)
    return Discretisation(system, values, _scale(system, values), _start(case), mesh)


def _refuse_gaps(case: Case, system: System, values: np.ndarray) -> None:
    """Refuse a coefficient that has no value in some cells at the start, such as outside all regions."""
    cell = CellView(system.medium, _start(case), values[:, system.geometry.cells], system.geometry.cell_place)
    found = []
    for handle in system.medium.placed:
        objection = system.medium.property(handle).objection(cell)
        if objection:
            mark = case.mark("properties", handle.name) if handle in case.properties else case.mark("mixture")
            found.append(Problem(mark, f"{handle.name}: {objection}", "a value in every cell"))
    if found:
        raise CaseError(found)


def _refuse_outside(case: Case, system: System) -> None:
    """Refuse observables that look at a point outside a mesh whose extent the case file does not tell."""
    for observed in case.observe:
        point = observed.observable.point
        if point is not None:
            place = np.array([[value or 0.0] for value in point])
            if system.interpolation.cells_at(place)[0] < 0:
                raise MeshError(f"observable {observed.name} looks at {tuple(place[:, 0].tolist())}, outside the mesh")


def _refuse_shared_vessels(case: Case, system: System) -> None:
    """A vessel has one state, so it takes a wall of one face."""
    wide = [each for each in system.conditions if each.holds and each.wall.area.size > 1]
    found = []
    for each in wide:
        given = case.boundaries[each.wall.name][each.field]
        mark = case.mark("boundaries", "default" if given.is_default else each.wall.name, each.field.name)
        text = f"{given.name} on {each.wall.name}, a boundary of {each.wall.area.size} faces: one vessel cannot follow them all"
        found.append(Problem(mark, text, "a mesh on a line, whose ends are single faces"))
    if found:
        raise CaseError(found)


def inner_state(fields: Iterable[Field], values: np.ndarray) -> np.ndarray:
    """A state near the given one (fields, nodes) that is nowhere at a bound and nowhere zero."""
    rows = []
    for field, row in zip(fields, values):
        low, high = max(field.lower, float(row.min()) - 1.0), min(field.upper, float(row.max()) + 1.0)
        rows.append(row + 0.25 * (0.5 * (low + high) - row) + 0.01 * (high - low))
    return np.stack(rows)


def _gathering(case: Case) -> list[Observable]:
    """The observables of a run in time that state a density, each once."""
    if isinstance(case.solve, SteadySpec):
        return []
    found: list[Observable] = []
    for observed in case.observe:
        if observed.observable.gathers and observed.observable not in found:
            found.append(observed.observable)
    return found


def _start(case: Case) -> float:
    return 0.0 if isinstance(case.solve, SteadySpec) else case.solve.start


def _initial(case: Case, system: System, field: Field) -> np.ndarray:
    """Starting values of a field at the nodes; a steady field without any starts from what its walls ask for."""
    geometry = system.geometry
    prop = case.initial.get(field)
    if prop is not None:
        view = CellView(system.medium, 0.0, np.zeros((len(system.balances), geometry.nodes)), geometry.place)
        return np.broadcast_to(np.asarray(prop(view), float), (geometry.nodes,)).copy()
    if isinstance(case.solve, SteadySpec) and field in case.solve.means:
        return np.full(geometry.nodes, case.solve.means[field])
    asked = list(_asked(system, field))
    return np.full(geometry.nodes, float(np.mean(asked)) if asked else 1.0)


def _asked(system: System, field: Field) -> Iterable[float]:
    """The values that the conditions of a field would settle at without any flux."""
    for condition in system.conditions:
        if condition.field is field:
            value = _settled(system, condition.boundary, condition.wall, field)
            if value is not None:
                yield value


def _settled(system: System, boundary: Boundary, wall: Wall, field: Field) -> float | None:
    """Where the condition leaves its own field when nothing flows, by Newton's method; one step where it is linear."""
    slot, shape = system.medium.slot[field], (len(system.balances), system.geometry.faces.area.size)

    def residual(value: float) -> float:
        state = np.full(shape, _OTHERS)
        state[slot] = value
        view = WallView(system.medium, 0.0, slot, state, np.zeros(shape[1]), wall)
        return float(np.mean(boundary.residual(view)))

    with np.errstate(all="ignore"):
        at_zero, at_one = np.float64(residual(0.0)), np.float64(residual(1.0))
        settled = -at_zero / (at_one - at_zero)
        for _ in range(_ITERATIONS):
            left = residual(settled)
            if not np.isfinite(settled + left):
                return None
            if abs(left) <= _SETTLED * max(abs(at_zero), abs(at_one)):
                return float(settled)
            near = settled * (1.0 + _NEAR)
            settled -= left * (near - settled) / (residual(near) - left)
    return None


def _scale(system: System, values: np.ndarray) -> np.ndarray:
    """Typical size of each field, from its start and from what its walls ask for; 1 where all of it is zero."""
    sizes = []
    for field, row in zip(system.medium.fields, values):
        size = max([float(np.abs(row).max()), *(abs(value) for value in _asked(system, field))])
        sizes.append(size if size > 0.0 else 1.0)
    return np.array(sizes)
