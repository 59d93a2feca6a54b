"""The JSON schema of case files, made from the declarations of blocks and plugins: what an
editor needs to complete them.

It describes structure: keys, names of plugins, their parameters, types and ranges of bare numbers. What needs the
units of a text, the fields of the mixture or the physics stays with `fvtransport check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from ..case.audit_spec import AUDITS
from ..case.blocks.expects import EXPECTS
from ..case.blocks.formulas import FORMULA, OVER
from ..case.blocks.mesh_kinds import MESHES, MeshKind
from ..case.blocks.properties import known_handles
from ..case.model import CYCLE
from ..case.reading.parameter_type import Schema
from ..case.reading.schema import (
    PERIODIC,
    SOLVERS,
    TOP,
    UNITS,
    Compared,
    Lasting,
    Observation,
    TransientBlock,
    UntilPeriodic,
)
from ..case.reading.schema_parts import FORMULA_SCHEMA, NUMBER_SCHEMA, TEXT_SCHEMA, reference_to
from ..case.reading.scope import POSITION
from ..case.reading.type_table import block_of, schema_of
from ..case.text.overlay import CHANGEABLE
from ..model.entry import KINDS, Entry
from ..model.handles import TIME
from ..model.parameters import Declaration
from ..model.property import Property
from ..model.registry import Registry

__all__ = ["case_schema"]


def case_schema(registry: Registry) -> Schema:
    """The schema (draft 2020-12) of a case file that uses the plugins of a registry."""
    entries = registry.importable()
    blocks = _blocks(registry)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fvtransport case",
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, required in TOP.items() if required and name not in CHANGEABLE],
        "properties": {name: blocks[name] if TOP[name] else _or_null(blocks[name]) for name in TOP},
        "allOf": [
            *(_boundaries_of(name, kind) for name, kind in MESHES.items() if kind.boundaries),
            _without_time(registry),
            _by_protocol(),
        ],
        "$defs": {kind: _chosen(entry for entry in entries if entry.kind == kind) for kind in KINDS},
    }


def _blocks(registry: Registry) -> dict[str, Schema]:
    """The schema of each top-level block."""
    value = {"anyOf": [NUMBER_SCHEMA, reference_to("property")]}
    condition = {"type": "object", "additionalProperties": reference_to("boundary")}
    between = {"type": "object", "additionalProperties": reference_to("interface")}
    compared = block_of(Compared).parameters_schema()
    compared["properties"]["solution"] = reference_to("solution")
    compared["required"].append("solution")
    changeable = {
        "parameters": {"type": "object", "additionalProperties": NUMBER_SCHEMA, "propertyNames": _name()},
        "properties": _shared(registry),
        "laws": {"type": "array", "minItems": 1, "items": reference_to("law")},
        "boundaries": {"type": "object", "additionalProperties": condition},
        "audit": _audit(),
    }
    return {
        **changeable,
        "title": TEXT_SCHEMA,
        "description": TEXT_SCHEMA,
        "units": {"enum": list(UNITS)},
        "plugins": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "mesh": _mesh(),
        "mixture": reference_to("mixture"),
        "initial": {"type": "object", "additionalProperties": value},
        "interfaces": {"type": "object", "additionalProperties": between},
        "solve": {"anyOf": [_solve(), _endless()]},
        "protocol": _protocol(changeable),
        "observe": {"type": "object", "additionalProperties": _observed(registry)},
        "compare": compared,
        "expects": {"type": "array", "items": _expected()},
    }


def _audit() -> Schema:
    """One word, or strict with the terms that it accepts."""
    accept = {"type": "array", "minItems": 1, "items": {"type": "string"}}
    inner = {"type": "object", "additionalProperties": False, "required": ["accept"], "properties": {"accept": accept}}
    strict = {"type": "object", "additionalProperties": False, "required": ["strict"], "properties": {"strict": inner}}
    return {"anyOf": [{"enum": list(AUDITS)}, strict]}


def _expected() -> Schema:
    """A warning that the case is known to have, and the reason."""
    texts = {name: {**TEXT_SCHEMA, "description": meaning} for name, meaning in EXPECTS.items()}
    return {"type": "object", "additionalProperties": False, "required": list(EXPECTS), "properties": texts}


def _name() -> Schema:
    """A name that a formula may have and means nothing there yet."""
    return {"pattern": r"^[^\W\d]\w*$", "not": {"enum": [*POSITION, TIME.name, "pi"]}}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _mesh() -> Schema:
    """One set of keys for each type of mesh."""
    kinds = []
    for name, kind in MESHES.items():
        body = block_of(kind).parameters_schema()
        body["properties"]["type"] = {"const": name}
        kinds.append({"if": {"properties": {"type": {"const": name}}}, "then": body})
    return {"type": "object", "required": ["type"], "properties": {"type": {"enum": list(MESHES)}}, "allOf": kinds}


def _boundaries_of(name: str, kind: type[MeshKind]) -> Schema:
    """The boundaries that a type of mesh has."""
    names = {"propertyNames": {"enum": [*kind.boundaries, "default"]}}
    mesh = {"mesh": {"type": "object", "properties": {"type": {"const": name}}, "required": ["type"]}}
    return {"if": {"properties": mesh, "required": ["mesh"]}, "then": {"properties": {"boundaries": names}}}


def _solve() -> Schema:
    bodies = {name: block_of(cls).body_schema() for name, cls in SOLVERS.items()}
    return {"anyOf": [{"enum": [name for name, cls in SOLVERS.items() if not block_of(cls).required]}, _one_of(bodies)]}


def _endless() -> Schema:
    """A run in time whose end the protocol gives."""
    body = block_of(TransientBlock).parameters_schema()
    del body["properties"]["until"]
    body["required"].remove("until")
    return {"anyOf": [{"const": "transient"}, _one_of({"transient": _or_null(body)})]}


def _protocol(changeable: Mapping[str, Schema]) -> Schema:
    """Phases that each last and change something, and how often they are repeated."""
    phase = block_of(Lasting).parameters_schema()
    phase["properties"] |= {name: _or_null(schema) for name, schema in changeable.items()}
    phases = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"const": CYCLE}},
        "additionalProperties": phase,
    }
    times = {"anyOf": [{"type": "integer", "minimum": 1}, FORMULA_SCHEMA]}
    periodic = {"anyOf": [{"const": PERIODIC}, _one_of({PERIODIC: block_of(UntilPeriodic).body_schema()})]}
    properties = {"phases": phases, "repeat": {"anyOf": [times, periodic]}}
    return {"type": "object", "additionalProperties": False, "required": ["phases"], "properties": properties}


def _by_protocol() -> Schema:
    """With a protocol, which ends the run, the phases may bring the laws; without one nothing is taken over any."""
    spans = {"type": "object", "anyOf": [{"required": [key]} for key in OVER]}
    alone = {"solve": _solve(), "observe": _or_null({"additionalProperties": {"not": spans}})}
    return {
        "if": {"required": ["protocol"]},
        "then": {"properties": {"solve": _endless()}},
        "else": {"required": [name for name in CHANGEABLE if TOP[name]], "properties": alone},
    }


def _without_time(registry: Registry) -> Schema:
    """A steady state has no times, and no amounts since a start."""
    late = [entry.name for entry in registry.importable("observable") if entry.cls.needs_time]
    timed = [{"required": [name]} for name in ("at", *late)]
    steady = {"solve": {"anyOf": [{"const": "steady"}, {"type": "object", "required": ["steady"]}]}}
    refused = {"additionalProperties": {"not": {"anyOf": [{"enum": late}, {"type": "object", "anyOf": timed}]}}}
    return {"if": {"properties": steady, "required": ["solve"]}, "then": {"properties": {"observe": refused}}}


def _shared(registry: Registry) -> Schema:
    """Every shared property, in one of the conventions it may be given in."""
    schemas, names = {}, {}
    for name, (handle, convention) in known_handles(registry, None)[0].items():
        unit, meaning = (handle.unit, handle.meaning) if convention is None else (convention.unit, convention.meaning)
        above = 0.0 if handle.positive and convention is None else None
        schemas[name] = schema_of(Declaration(name, Property, unit, meaning, True, None, None, above, None))
        names.setdefault(handle, []).append(name)
    twice = [{"required": list(pair)} for each in names.values() for pair in combinations(each, 2)]
    shared = {"type": "object", "additionalProperties": False, "properties": schemas}
    return shared | ({"not": {"anyOf": twice}} if twice else {})


def _observed(registry: Registry) -> Schema:
    """One observable, alone, with the times at which it is read or with the span that it
    is taken over; or a formula.
    """
    entries = registry.importable("observable")
    bodies = {entry.name: block_of(entry.cls).body_schema() for entry in entries}
    over = {key: {"type": "string"} for key in OVER}
    own = {**block_of(Observation).parameters_schema()["properties"], **over}
    timed = _one_of({**bodies, **own}) | {"maxProperties": 2}
    timed["anyOf"] = [_with_one(own, key) | {"minProperties": 2} for key in own] + [
        _with_one(own) | {"maxProperties": 1}
    ]
    formula = {"type": "object", "additionalProperties": False, "required": [FORMULA]}
    formula["properties"] = {FORMULA: FORMULA_SCHEMA, "unit": TEXT_SCHEMA, **over}
    formula["anyOf"] = [_with_one(OVER, *key) for key in ((), *zip(OVER))]
    return {"anyOf": [*_names(entries), timed, formula]}


def _with_one(keys: Iterable[str], *wanted: str) -> Schema:
    """That of some keys only those wanted are given."""
    return {"required": list(wanted), "not": {"anyOf": [{"required": [key]} for key in keys if key not in wanted]}}


def _chosen(entries: Iterable[Entry]) -> Schema:
    """One plugin by its name, or `{name: parameters}`; a closed form may take its parameters from `parameters:`."""
    found = list(entries)
    bodies = {entry.name: block_of(entry.cls).body_schema(required=entry.kind != "solution") for entry in found}
    return {"anyOf": [*_names(found), _one_of(bodies)]}


def _names(entries: Iterable[Entry]) -> list[Schema]:
    names = [entry.name for entry in entries if entry.kind == "solution" or not block_of(entry.cls).required]
    return [{"enum": names}] if names else []


def _one_of(bodies: Mapping[str, Schema]) -> Schema:
    """A mapping with one of some keys."""
    return {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        "properties": dict(bodies),
    }
