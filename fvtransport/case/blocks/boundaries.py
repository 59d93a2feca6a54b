"""The blocks `initial:` and `boundaries:`."""

from __future__ import annotations

from dataclasses import replace

from ...errors import nearest
from ...model.handles import Field
from ...model.parameters import Declaration
from ...model.property import Property
from ..model import Condition
from ..reading.draft import Draft
from ..reading.make_plugin import build, choice, find
from ..text.problems import kind_of, unknown
from ..text.yaml_tree import Node

__all__ = ["read_boundaries", "read_initial"]

_DEFAULT = "default"


def read_initial(draft: Draft) -> None:
    """Initial values: numbers, or expressions of position."""
    for name, node in draft.mapping("initial").items():
        _attempt(draft, "initial", name)
        field = draft.findings.attempt(draft.scope.solved, name, node.key_mark, "initial value")
        reader = replace(draft.reader, position_only=True)
        unit = "{field}" if field else "{unknown}"
        declared = Declaration(name, Property, unit, "initial value", True, None, None, None, None)
        value = draft.findings.attempt(reader.at_field(field).property if field else reader.property, node, declared)
        if field is not None and value is not None:
            draft.initial[field] = value
    for field, value in (draft.stand_in.at_rest() if draft.stand_in else {}).items():
        if ("initial", field.name) not in draft.attempted:
            constant = draft.scope.registry.get("property", "constant").cls
            draft.initial[field] = constant.model_validate({constant.shorthand: value})


def read_boundaries(draft: Draft) -> None:
    """The condition of every solved field on every boundary; defaults fill what is not given."""
    given: dict[str, dict[Field, Condition]] = {}
    for wall, node in draft.mapping("boundaries").items():
        walls = draft.scope.boundaries
        if walls is not None and wall not in (*walls, _DEFAULT):
            problem = unknown("boundary", wall, node.key_mark, (*walls, _DEFAULT))
            draft.findings.problems.append(problem)
            draft.attempted.add(("boundary", problem.nearest))
        given[wall] = _read_wall(draft, wall, node)
    if draft.block("boundaries") is None or draft.scope.boundaries is None or draft.scope.names is None:
        return
    closed = Condition("no_flux", draft.scope.registry.get("boundary", "no_flux").cls())
    default = {field: closed for field in draft.stand_in.at_rest()} | given.get(_DEFAULT, {})
    for wall in draft.scope.boundaries:
        own = given.get(wall, {})
        draft.boundaries[wall] = {}
        missing: list[Field] = []
        for field in draft.scope.names.solved:
            if field in own:
                draft.boundaries[wall][field] = own[field]
            elif ("condition", wall, field.name) in draft.attempted:
                continue
            elif field in default:
                draft.boundaries[wall][field] = replace(default[field], is_default=True)
            else:
                missing.append(field)
        _note_missing(draft, wall, missing)


def _read_wall(draft: Draft, wall: str, node: Node) -> dict[Field, Condition]:
    conditions: dict[Field, Condition] = {}
    if not isinstance(node.value, dict):
        expected = "a mapping {field: condition}, such as {T: {dirichlet: 300 K}}"
        draft.findings.error(node.mark, f"{wall} is {kind_of(node)}", expected)
        draft.attempted.add(("boundary", wall))
        return conditions
    for name, child in node.value.items():
        _attempt(draft, "condition", wall, name)
        field = draft.findings.attempt(draft.scope.solved, name, child.key_mark, "condition")
        condition = draft.findings.attempt(_read_condition, draft, field, child)
        if field is not None and condition is not None:
            conditions[field] = condition
    return conditions


def _read_condition(draft: Draft, field: Field | None, node: Node) -> Condition:
    chosen = choice(node, "a condition")
    entry = find("boundary", chosen, draft.scope)
    reader = draft.reader if field is None else draft.reader.at_field(field)
    return Condition(entry.name, build(entry.cls, chosen, reader))


def _attempt(draft: Draft, kind: str, *place: str) -> None:
    """Remember that something is given there, under the name that was probably meant."""
    names = [field.name for field in draft.scope.names.solved] if draft.scope.names else []
    *where, name = place
    for each in {name, nearest(name, names)}:
        draft.attempted.add((kind, *where, each))


def _note_missing(draft: Draft, wall: str, fields: list[Field]) -> None:
    if any(("boundary", place) in draft.attempted for place in (wall, _DEFAULT)):
        return
    missing = [field.name for field in fields if ("condition", _DEFAULT, field.name) not in draft.attempted]
    if missing:
        names = ", ".join(draft.scope.registry.names("boundary"))
        text = f"no condition for {' and '.join(missing)} on {wall}"
        draft.findings.error(draft.mark("boundaries", wall, key=True), text, f"one of {names}, here or under default")
