"""From a checked case to the discrete system and the state it starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from ..case.model import Case, Protocol, SteadySpec
from ..errors import CaseError, Problem
from ..mesh.fipy_mesh import MeshError, build_mesh, geometry_of
from ..mesh.geometry import Geometry, InterfaceFaces
from ..mesh.quality import split_warnings
from ..mesh.spec import pairs_named
from ..model.handles import InterfaceName
from ..model.interface import Interface
from ..model.medium import Medium
from ..model.observable import Observable
from ..model.parameters import parameters_of
from ..model.property import properties_in
from ..model.validation import Context, first_mistake
from ..model.views import CellView
from .boundary_equation import BoundaryEquation
from .initial_state import field_sizes, initial_values, inner_state, sample_times
from .inner_jumps import inner_jump_warnings
from .interface_equations import InterfaceEquations
from .material_jumps import cut_at_jumps, jumping_faces
from .mesh_extent import extent_warnings
from .system import System
from .two_valued import refuse_two_valued

__all__ = ["Discretisation", "build"]


@dataclass(frozen=True)
class Discretisation:
    """A system with its start: values (balances, nodes) at time t, and the typical size of each field (balances,).

    mesh is that of FiPy; warnings say in words what about the mesh may be a mistake.
    """

    system: System
    values: np.ndarray
    scale: np.ndarray
    t: float = 0.0
    mesh: Any = None
    warnings: tuple[str, ...] = ()


def build(case: Case, protocol: Protocol | None = None) -> Discretisation:
    """Mesh, medium, conditions and initial state of a case, or of a phase of a protocol.

    The phases of a protocol share one mesh, which is cut wherever one of them needs it.
    """
    mesh, geometry = _meshed(case)
    medium, protocol = _medium_of(case), protocol or case.protocol
    system, values = _start_of(case, medium, geometry)
    phases = [case] if protocol is None else [each.case for each in protocol.phases]
    is_jump, warnings = _material_edges(case, phases, geometry, np.stack([values, inner_state(medium.fields, values)]))
    two_sided = dict.fromkeys(pair for phase in phases for pair in phase.interfaces)
    if is_jump.any() or two_sided:
        geometry = cut_at_jumps(geometry, is_jump, medium.regions, two_sided)
        system, values = _start_of(case, medium, geometry)
    needed = [handle for law in case.laws.values() for handle in law.needs]
    own = [prop for law in case.laws.values() for prop in properties_in(law)]
    with np.errstate(all="ignore"):
        medium.trace_dependencies(values, geometry.position, needed, own)
        _refuse_gaps(case, system, values)
        system.fluxes.trace_dependencies(sample_times(case), inner_state(medium.fields, values))
    _refuse_outside(case, system)
    refuse_two_valued(case, system, values)
    _refuse_shared_reservoirs(case, system)
    return Discretisation(system, values, field_sizes(system, values), _start(case), mesh, warnings)


def _material_edges(
    case: Case, phases: Iterable[Case], geometry: Geometry, states: np.ndarray
) -> tuple[np.ndarray, tuple[str, ...]]:
    """The faces on which the material jumps in some phase (faces,), and warnings of the mesh and of jumps inside cells.

    states (states, balances, nodes) are those at which coefficients are compared.
    """
    is_jump = _between_observed_regions(case, geometry, _medium_of(case))
    warnings = [*extent_warnings(case, geometry), *split_warnings(case.mesh, geometry)]
    for phase in phases:
        medium = _medium_of(phase)
        _refuse_apart(phase, geometry, medium)
        with np.errstate(all="ignore"):
            is_jump |= jumping_faces(geometry, medium, phase.laws.values(), _start(case), states)
            warnings += inner_jump_warnings(phase, geometry, medium, states)
    return is_jump, tuple(dict.fromkeys(warnings))


def _medium_of(case: Case) -> Medium:
    """The mixture of a case with its coefficients."""
    given = {handle: value for law in case.laws.values() for handle, value in law.provides(case.mixture).items()}
    medium = Medium(case.mixture, case.properties, case.units.constants, given)
    medium.regions = {name: i for i, name in enumerate(case.mesh.regions, start=1)}
    return medium


def _meshed(case: Case) -> tuple[Any, Geometry]:
    """The mesh of FiPy and its arrays; what is wrong with the file of a mesh is reported at the line that names it."""
    try:
        mesh = build_mesh(case.mesh)
        return mesh, geometry_of(mesh, case.mesh)
    except MeshError as error:
        if case.mesh.file is None:
            raise
        mark = case.mark("mesh", "file")
        raise CaseError([Problem(mark, str(error))]) from error


def _start_of(case: Case, medium: Medium, geometry: Geometry) -> tuple[System, np.ndarray]:
    """The balances on a mesh, and the values (balances, nodes) that they start from."""
    boundary_equations = [
        BoundaryEquation(boundary, medium.row[field], field, case.boundaries[name][field].condition)
        for name, boundary in geometry.boundaries.items()
        for field in medium.fields
    ]
    interfaces = [
        InterfaceEquations.on(geometry, each, _conditions(case, medium, each)) for each in geometry.interfaces
    ]
    system = System(medium, case.laws, geometry, boundary_equations, _time_integrated(case), interfaces)
    return system, np.stack([initial_values(case, system, field) for field in medium.fields])


def _conditions(case: Case, medium: Medium, interface: InterfaceFaces) -> dict[int, Interface]:
    """The conditions on an interface by the row of their field."""
    given = case.interfaces.get(interface.regions, {})
    return {medium.row[field]: each.condition for field, each in given.items()}


def _refuse_apart(case: Case, geometry: Geometry, medium: Medium) -> None:
    """Refuse conditions between regions that do not touch."""
    left, right = geometry.faces.left_position[3], geometry.faces.right_position[3]
    found = []
    for regions in case.interfaces:
        first, second = (medium.regions[name] for name in regions)
        if not (((left == first) & (right == second)) | ((left == second) & (right == first))).any():
            mark = case.mark("interfaces", "-".join(regions), key=True)
            found.append(Problem(mark, f"{regions[0]} and {regions[1]} have no face in common", "regions that touch"))
    if found:
        raise CaseError(found)


def _between_observed_regions(case: Case, geometry: Geometry, medium: Medium) -> np.ndarray:
    """Whether each face lies between two regions whose interface an observable names, (faces,)."""
    left, right = geometry.faces.left_position[3], geometry.faces.right_position[3]
    found = np.zeros(left.size, bool)
    for observed in case.observe:
        for declared, name in parameters_of(observed.observable):
            if name is not None and InterfaceName in (declared.annotation, *get_args(declared.annotation)):
                numbers = [medium.regions[region] for region in pairs_named(case.mesh.regions, name)[0]]
                found |= (left != right) & np.isin(left, numbers) & np.isin(right, numbers)
    return found


def _refuse_gaps(case: Case, system: System, values: np.ndarray) -> None:
    """Refuse a coefficient that has no value in some cells at the start, such as outside all regions."""
    cell = CellView(system.medium, _start(case), values[:, system.geometry.cells], system.geometry.cell_positions)
    found = []
    for handle in system.medium.placed:
        reason = first_mistake(system.medium.property(handle).validate(Context(state=cell)))
        if reason:
            mark = case.mark("properties", handle.name) if handle in case.properties else case.mark("mixture")
            found.append(Problem(mark, f"{handle.name}: {reason}", "a value in every cell"))
    if found:
        raise CaseError(found)


def _refuse_outside(case: Case, system: System) -> None:
    """Refuse observables that look at a point outside a mesh whose extent the case file does not tell."""
    for observed in case.observe:
        point = observed.observable.point
        if point is not None:
            position = np.array([[value or 0.0] for value in point])
            if system.interpolation.cells_at(position)[0] < 0:
                raise MeshError(
                    f"observable {observed.name} looks at {tuple(position[:, 0].tolist())}, outside the mesh"
                )


def _refuse_shared_reservoirs(case: Case, system: System) -> None:
    """A reservoir has one state and needs a boundary of one face; a storage of each face by itself takes any number."""
    shared = (each for each in system.boundary_equations if each.has_storage and each.condition.is_shared)
    wide = [each for each in shared if each.boundary.area.size > 1]
    found = []
    for each in wide:
        given = case.boundaries[each.boundary.name][each.field]
        mark = case.mark("boundaries", "default" if given.is_default else each.boundary.name, each.field.name)
        text = (
            f"{given.name} on {each.boundary.name}, a boundary of {each.boundary.area.size} faces: one reservoir "
            "cannot follow them all"
        )
        found.append(Problem(mark, text, "a mesh on a line, whose ends are single faces"))
    if found:
        raise CaseError(found)


def _time_integrated(case: Case) -> list[Observable]:
    """The observables of a run in time that state a density, each once."""
    if isinstance(case.solve, SteadySpec):
        return []
    found: list[Observable] = []
    for observed in case.observe:
        if observed.observable.is_time_integral and observed.observable not in found:
            found.append(observed.observable)
    return found


def _start(case: Case) -> float:
    return 0.0 if isinstance(case.solve, SteadySpec) else case.solve.start
