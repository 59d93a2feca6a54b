"""The blocks `initial:` and `boundaries:`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...errors import FvtransportError, nearest
from ...mesh.fipy_mesh import build_mesh
from ...mesh.unstructured import inner_groups
from ...model.elementary import Constant, NoFlux
from ...model.handles import Field
from ...model.naming import name_of
from ...model.parameters import Declaration
from ...model.property import Property
from ..model import ConditionEntry
from ..reading.builder import CaseBuilder
from ..reading.make_plugin import build
from ..reading.selection import find, select
from ..text.problems import kind_of, unknown
from ..text.yaml_tree import Node

__all__ = ["read_boundaries", "read_condition", "read_initial"]

_DEFAULT = "default"


def read_initial(builder: CaseBuilder) -> None:
    """Initial values: numbers, or expressions of position."""
    for name, node in builder.mapping("initial").items():
        _mark_seen(builder, "initial", name)
        field = builder.diagnostics.attempt(builder.scope.solved, name, node.key_mark, "initial value")
        reader = builder.reader.at_position()
        unit = "{field}" if field else "{unknown}"
        declared = Declaration(name, Property, unit, "initial value", True, None, None, None, None)
        value = builder.diagnostics.attempt((reader.at_field(field) if field else reader).read, node, declared)
        if field is not None and value is not None:
            builder.initial[field] = value
    for field, value in (builder.placeholder.initial_defaults() if builder.placeholder else {}).items():
        if ("initial", field.name) not in builder.seen:
            builder.initial[field] = Constant(value=value)


def read_boundaries(builder: CaseBuilder) -> None:
    """The condition of every solved field on every boundary; defaults fill what is not given."""
    given: dict[str, dict[Field, ConditionEntry]] = {}
    for boundary, node in builder.mapping("boundaries").items():
        boundaries = builder.scope.boundaries
        if boundaries is not None and boundary not in (*boundaries, _DEFAULT):
            if meant := _interface_meant(builder, boundary):
                text = f"{boundary} is no boundary of the mesh but the interface between two regions"
                cure = f"its conditions under interfaces: {{{meant}: ...}}"
                builder.diagnostics.error(node.key_mark, text, cure)
                continue
            problem = unknown("boundary", boundary, node.key_mark, (*boundaries, _DEFAULT))
            builder.diagnostics.problems.append(problem)
            builder.seen.add(("boundary", problem.nearest))
        given[boundary] = _read_boundary(builder, boundary, node)
    if builder.block("boundaries") is None or builder.scope.boundaries is None or builder.scope.names is None:
        return
    closed = ConditionEntry(name_of(NoFlux), NoFlux())
    default = dict.fromkeys(builder.placeholder.initial_defaults(), closed) | given.get(_DEFAULT, {})
    for boundary in builder.scope.boundaries:
        own = given.get(boundary, {})
        builder.boundaries[boundary] = {}
        missing: list[Field] = []
        for field in builder.scope.names.solved:
            if field in own:
                builder.boundaries[boundary][field] = own[field]
            elif ("condition", boundary, field.name) in builder.seen:
                continue
            elif field in default:
                builder.boundaries[boundary][field] = replace(default[field], is_default=True)
            else:
                missing.append(field)
        _note_missing(builder, boundary, missing)


def _read_boundary(builder: CaseBuilder, boundary: str, node: Node) -> dict[Field, ConditionEntry]:
    entries: dict[Field, ConditionEntry] = {}
    if not isinstance(node.value, dict):
        expected = "a mapping {field: condition}, such as {T: {dirichlet: 300 K}}"
        builder.diagnostics.error(node.mark, f"{boundary} is {kind_of(node)}", expected)
        builder.seen.add(("boundary", boundary))
        return entries
    for name, child in node.value.items():
        _mark_seen(builder, "condition", boundary, name)
        field = builder.diagnostics.attempt(builder.scope.solved, name, child.key_mark, "condition")
        found = builder.diagnostics.attempt(read_condition, builder, field, child, "boundary", "a condition")
        if field is not None and found is not None:
            entries[field] = ConditionEntry(*found)
    return entries


def read_condition(builder: CaseBuilder, field: Field | None, node: Node, kind: str, what: str) -> tuple[str, Any]:
    """Name and plugin of a condition of a field; kind is that of the registry, what the word for it in messages."""
    selection = select(node, what)
    entry = find(kind, selection, builder.scope)
    reader = builder.reader if field is None else builder.reader.at_field(field)
    return entry.name, build(entry.cls, selection, reader)


def _mark_seen(builder: CaseBuilder, kind: str, *position: str) -> None:
    """Remember that something is given there, under the name that was probably meant."""
    names = [field.name for field in builder.scope.names.solved] if builder.scope.names else []
    *where, name = position
    for each in {name, nearest(name, names)}:
        builder.seen.add((kind, *where, each))


def _inner_groups(builder: CaseBuilder) -> dict[str, str]:
    """Where the physical groups inside the domain of a mesh file lie; the mesh is made to tell."""
    if builder.mesh is None or builder.mesh.file is None:
        return {}
    try:
        return inner_groups(build_mesh(builder.mesh), builder.mesh.boundaries, builder.mesh.regions)
    except FvtransportError:  # reported when the mesh is made for the solver
        return {}


def _interface_meant(builder: CaseBuilder, name: str) -> str:
    """The interface that the name of a boundary may mean, as `metal_salt` does metal-salt; '' where there is none."""
    regions = builder.scope.regions or ()
    pairs = (f"{left}-{right}" for left in regions for right in regions if left != right)
    return next((pair for pair in pairs if _bare(pair) == _bare(name)), "")


def _bare(name: str) -> str:
    return "".join(each for each in name.casefold() if each.isalnum())


def _note_missing(builder: CaseBuilder, boundary: str, fields: list[Field]) -> None:
    if any(("boundary", position) in builder.seen for position in (boundary, _DEFAULT)):
        return
    if fields and (where := _inner_groups(builder).get(boundary)):
        text = f"the physical group {boundary} of the mesh is no boundary: {where}"
        builder.diagnostics.error(builder.mark("mesh", "file"), text)
        return
    missing = [field.name for field in fields if ("condition", _DEFAULT, field.name) not in builder.seen]
    if missing:
        names = ", ".join(builder.scope.registry.names("boundary"))
        text = f"no condition for {' and '.join(missing)} on {boundary}"
        builder.diagnostics.error(
            builder.mark("boundaries", boundary, key=True), text, f"one of {names}, here or under default"
        )
