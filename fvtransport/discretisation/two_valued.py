"""Observables that read a field where it has two values: on an interface at which it jumps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import numpy as np

from ..case.model import Case, Observed
from ..errors import CaseError, Problem
from ..mesh.geometry import InterfaceFaces
from ..model.handles import Field
from ..model.parameters import parameters_of
from .initial_state import inner_state, sample_times
from .interface_equations import InterfaceEquations, Side
from .system import System

__all__ = ["jumps_on", "refuse_two_valued"]

_NEAR, _BESIDE = 1e-9, 1e-6


def refuse_two_valued(case: Case, system: System, values: np.ndarray) -> None:
    """Raise CaseError for every observable that reads one of the two values of a field without saying which.

    values is a state (balances, nodes).
    """
    found: list[Problem] = []
    for observed in case.observe:
        found += [*_side_missing(case, system, values, observed), *_on_interface(case, system, values, observed)]
    if found:
        raise CaseError(found)


def _side_missing(case: Case, system: System, values: np.ndarray, observed: Observed) -> Iterator[Problem]:
    reading = observed.observable.interface_reading
    if reading is None or reading[2] is not None:
        return
    field, name, _ = reading
    for equations in system.interfaces:
        own = equations.interface
        if name in (own.name, own.reversed.name) and field in jumps_on(case, system, equations, values):
            left, right = own.regions if name == own.name else own.reversed.regions
            text = f"{observed.name} reads {field.name} at {name}, where it has two values, and names no side"
            yield Problem(
                case.mark("observe", observed.name), text, f"side: left for {left}, or side: right for {right}"
            )


def _on_interface(case: Case, system: System, values: np.ndarray, observed: Observed) -> Iterator[Problem]:
    point, fields = observed.observable.point, _fields(observed)
    if point is None or not fields:
        return
    place = np.array([value or 0.0 for value in point])
    for equations in system.interfaces:
        own = equations.interface
        jumping = fields & jumps_on(case, system, equations, values) if own.is_two_sided else set()
        if jumping and _lies_on(system, own, place):
            (left, right), (field, *_) = own.regions, sorted(each.name for each in jumping)
            where = ", ".join(f"{axis} = {value:g}" for axis, value in zip("xyz", point) if value is not None)
            text = f"{observed.name} reads {field} at {where}, on the interface {own.name}, where it has two values"
            cure = f"a point in {left} or in {right} beside it, or {_one_sided(case, field, own)} (or side: right)"
            yield Problem(case.mark("observe", observed.name), text, cure)


def _one_sided(case: Case, field: str, interface: InterfaceFaces) -> str:
    """An observable of one side of an interface, as a case would have it."""
    readers = (each.name for each in case.registry if "interface_reading" in vars(each.cls))
    return f"{{{next(readers, '')}: {{of: {field}, interface: {interface.name}, side: left}}}}"


def _fields(observed: Observed) -> set[Field]:
    """The fields that an observable has among its parameters."""
    pairs = parameters_of(observed.observable)
    return {
        value for each, value in pairs if value is not None and Field in (each.annotation, *get_args(each.annotation))
    }


def jumps_on(case: Case, system: System, equations: InterfaceEquations, values: np.ndarray) -> set[Field]:
    """The fields that have two values on an interface, those that follow from others too.

    A field is continuous where its condition holds, whatever the flux, when both sides are equal.
    """
    states, medium = (values, inner_state(system.medium.fields, values)), system.medium
    solved = {
        medium.fields[row]
        for row in equations.conditions
        if not all(_is_continuous(system, equations, row, t, state) for t in sample_times(case) for state in states)
    }
    closed = {each.field for each in medium.mixture.closures if solved & {other for other, _ in each.terms}}
    return solved | closed


def _is_continuous(system: System, equations: InterfaceEquations, row: int, t: float, values: np.ndarray) -> bool:
    own = equations.interface
    left, right = values[:, own.left_nodes], values[:, own.right_nodes].copy()
    right[row] = left[row]
    flux = np.ones(left.shape)
    with np.errstate(all="ignore"):
        found: Any = equations.terms(system.medium, t, Side(left, flux), Side(right, flux))
    return not found[len(values) + row].any()


def _lies_on(system: System, interface: InterfaceFaces, place: np.ndarray) -> bool:
    """Whether a place (3,) lies on one of the faces of an interface: on its plane, between the two cells beside it."""
    geometry, every = system.geometry, np.arange(system.geometry.nodes)
    faces, cells = geometry.faces, every[geometry.cells]
    normal, distance = faces.normal[:, interface.left_faces], 1.0 / faces.inverse_distance[interface.left_faces]
    away = np.einsum("if,if->f", normal, place[:, None] - geometry.position[:3, interface.left_nodes])
    for k in np.flatnonzero(np.abs(away) <= _NEAR * distance):
        step = _BESIDE * distance[k] * normal[:, k]
        beside = system.interpolation.cells_at(np.stack([place - step, place + step], axis=1))
        pair = (interface.left_faces[k], interface.right_faces[k])
        ends = {int(node) for face in pair for node in (every[faces.left][face], every[faces.right][face])}
        if (beside >= 0).all() and set(cells[beside].tolist()) <= ends:
            return True
    return False
