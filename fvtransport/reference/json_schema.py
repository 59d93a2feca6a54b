"""The JSON schema of case files, made from the declarations of blocks and plugins: what an editor needs to complete them.

It tells structure: keys, names of plugins, their parameters, types and ranges of bare numbers. What needs the units of a
text, the fields of the mixture or the physics stays with `fvtransport check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from ..case.blocks.formulas import FORMULA, OVER
from ..case.blocks.mesh import MESHES, MeshKind
from ..case.blocks.properties import known_handles
from ..case.model import CYCLE
from ..case.reading.schema import (
    AUDITS,
    PERIODIC,
    SOLVERS,
    TOP,
    UNITS,
    Compared,
    Lasting,
    Observation,
    Transient,
    UntilPeriodic,
)
from ..case.reading.scope import POSITION
from ..case.text.overlay import CHANGEABLE
from ..model.handles import TIME, Field
from ..model.mixture import BulkFlow
from ..model.parameters import Declaration, Declared
from ..model.plugin import KINDS, Entry
from ..model.property import Property
from ..model.registry import Registry
from ..model.state import State

__all__ = ["case_schema"]

Schema = dict[str, Any]
# Quotes, brackets, attributes and double underscores occur neither in a quantity with a unit nor in a formula.
_FORMULA: Schema = {"type": "string", "pattern": r"^(?!.*(__|[A-Za-z_]\.[A-Za-z_]))[^'\"\[\]{};\\#]+$"}
_NUMBER: Schema = {"anyOf": [{"type": "number"}, _FORMULA]}
_TEXT: Schema = {"type": ["string", "number", "boolean"], "not": {"const": ""}}
_TRUTH: Schema = {"anyOf": [{"type": "boolean"}, {"enum": ["true", "yes", "on", "false", "no", "off"]}]}


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
    value = {"anyOf": [_NUMBER, _ref("property")]}
    condition = {"type": "object", "additionalProperties": _ref("boundary")}
    compared = _parameters(Compared)
    compared["properties"]["solution"] = _ref("solution")
    compared["required"].append("solution")
    changeable = {
        "parameters": {"type": "object", "additionalProperties": _NUMBER, "propertyNames": _name()},
        "properties": _shared(registry),
        "laws": {"type": "array", "minItems": 1, "items": _ref("law")},
        "boundaries": {"type": "object", "additionalProperties": condition},
        "audit": {"enum": list(AUDITS)},
    }
    return {
        **changeable,
        "title": _TEXT,
        "description": _TEXT,
        "units": {"enum": list(UNITS)},
        "plugins": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "mesh": _mesh(),
        "mixture": _ref("mixture"),
        "initial": {"type": "object", "additionalProperties": value},
        "solve": {"anyOf": [_solve(), _endless()]},
        "protocol": _protocol(changeable),
        "observe": {"type": "object", "additionalProperties": _observed(registry)},
        "compare": compared,
    }


def _name() -> Schema:
    """A name that may stand in a formula and means nothing there yet."""
    return {"pattern": r"^[^\W\d]\w*$", "not": {"enum": [*POSITION, TIME.name, "pi"]}}


def _ref(kind: str) -> Schema:
    return {"$ref": f"#/$defs/{kind}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _mesh() -> Schema:
    """One set of keys for each type of mesh."""
    kinds = []
    for name, kind in MESHES.items():
        body = _parameters(kind)
        body["properties"]["type"] = {"const": name}
        kinds.append({"if": {"properties": {"type": {"const": name}}}, "then": body})
    return {"type": "object", "required": ["type"], "properties": {"type": {"enum": list(MESHES)}}, "allOf": kinds}


def _boundaries_of(name: str, kind: type[MeshKind]) -> Schema:
    """The boundaries that a type of mesh has."""
    names = {"propertyNames": {"enum": [*kind.boundaries, "default"]}}
    mesh = {"mesh": {"type": "object", "properties": {"type": {"const": name}}, "required": ["type"]}}
    return {"if": {"properties": mesh, "required": ["mesh"]}, "then": {"properties": {"boundaries": names}}}


def _solve() -> Schema:
    bodies = {name: _body(cls) for name, cls in SOLVERS.items()}
    return {"anyOf": [{"enum": [name for name, cls in SOLVERS.items() if not _required(cls)]}, _one_of(bodies)]}


def _endless() -> Schema:
    """A run in time whose end the protocol gives."""
    body = _parameters(Transient)
    del body["properties"]["until"]
    body["required"].remove("until")
    return {"anyOf": [{"const": "transient"}, _one_of({"transient": _or_null(body)})]}


def _protocol(changeable: Mapping[str, Schema]) -> Schema:
    """Phases that each last and change something, and how often they are repeated."""
    phase = _parameters(Lasting)
    phase["properties"] |= {name: _or_null(schema) for name, schema in changeable.items()}
    phases = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"const": CYCLE}},
        "additionalProperties": phase,
    }
    times = {"anyOf": [{"type": "integer", "minimum": 1}, _FORMULA]}
    periodic = {"anyOf": [{"const": PERIODIC}, _one_of({PERIODIC: _body(UntilPeriodic)})]}
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
        schemas[name] = _declared(Declaration(name, Property, unit, meaning, True, None, None, above, None))
        names.setdefault(handle, []).append(name)
    twice = [{"required": list(pair)} for each in names.values() for pair in combinations(each, 2)]
    return {"type": "object", "additionalProperties": False, "properties": schemas, "not": {"anyOf": twice}}


def _observed(registry: Registry) -> Schema:
    """One observable, alone, with the times at which it is read or with the span that it is taken over; or a formula."""
    entries = registry.importable("observable")
    bodies = {entry.name: _body(entry.cls) for entry in entries}
    over = {key: {"type": "string"} for key in OVER}
    own = {**_parameters(Observation)["properties"], **over}
    timed = _one_of({**bodies, **own}) | {"maxProperties": 2}
    timed["anyOf"] = [_with_one(own, key) | {"minProperties": 2} for key in own] + [
        _with_one(own) | {"maxProperties": 1}
    ]
    formula = {"type": "object", "additionalProperties": False, "required": [FORMULA]}
    formula["properties"] = {FORMULA: _FORMULA, "unit": _TEXT, **over}
    formula["anyOf"] = [_with_one(OVER, *key) for key in ((), *zip(OVER))]
    return {"anyOf": [*_names(entries), timed, formula]}


def _with_one(keys: Iterable[str], *wanted: str) -> Schema:
    """That of some keys only those wanted are given."""
    return {"required": list(wanted), "not": {"anyOf": [{"required": [key]} for key in keys if key not in wanted]}}


def _chosen(entries: Iterable[Entry]) -> Schema:
    """One plugin by its name, or `{name: parameters}`; a closed form may take its parameters from `parameters:`."""
    found = list(entries)
    bodies = {entry.name: _body(entry.cls, required=entry.kind != "solution") for entry in found}
    return {"anyOf": [*_names(found), _one_of(bodies)]}


def _names(entries: Iterable[Entry]) -> list[Schema]:
    names = [entry.name for entry in entries if entry.kind == "solution" or not _required(entry.cls)]
    return [{"enum": names}] if names else []


def _one_of(bodies: Mapping[str, Schema]) -> Schema:
    """A mapping with one of some keys."""
    return {
        "type": "object", "additionalProperties": False, "minProperties": 1, "maxProperties": 1, "properties": dict(bodies)
    }  # fmt: skip


def _body(cls: type[Declared], required: bool = True) -> Schema:
    """What stands below the name of a plugin: its parameters, or the value of its shorthand alone."""
    whole = _parameters(cls, required)
    options = [whole]
    if cls.shorthand:
        options.append(_declared(next(each for each in cls.declarations() if each.name == cls.shorthand)))
    if not (required and _required(cls)):
        options.append({"type": "null"})
    summary = (cls.__doc__ or "").strip().partition("\n")[0]
    return {"description": summary, **(whole if len(options) == 1 else {"anyOf": options})}


def _parameters(cls: type[Declared], required: bool = True) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": _required(cls) if required else [],
        "properties": {each.name: _declared(each) for each in cls.declarations()},
    }


def _required(cls: type[Declared]) -> list[str]:
    return [each.name for each in cls.declarations() if each.required]


def _declared(declared: Declaration) -> Schema:
    """The schema of one declared parameter, with its meaning and unit for whoever fills it in."""
    unit = f" [{declared.unit}]" if declared.unit else ""
    return {"description": f"{declared.meaning}{unit}", **_typed(declared.annotation, declared)}


def _typed(annotation: Any, declared: Declaration) -> Schema:
    origin, arms = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return {"anyOf": [{"type": "null"} if arm is NoneType else _typed(arm, declared) for arm in arms]}
    if origin is Literal:
        return {"enum": list(arms)}
    if origin in (tuple, list):
        return _sequence(origin, arms, declared)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(arms, declared)
    if annotation in (float, int):
        return {"anyOf": [_numeric(declared, "integer" if annotation is int else "number"), _FORMULA]}
    if annotation is bool:
        return _TRUTH
    if annotation is State:
        return {"type": "object", "additionalProperties": _NUMBER, "minProperties": 1}
    if isinstance(annotation, type) and issubclass(annotation, Property):
        return {"anyOf": [_numeric(declared, "number"), _FORMULA, _ref("property")]}
    if isinstance(annotation, type) and issubclass(annotation, BulkFlow):
        return _ref("bulk_flow")
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return _body(annotation)
    return _TEXT


def _numeric(declared: Declaration, kind: str) -> Schema:
    bounds = {"minimum": declared.minimum, "exclusiveMinimum": declared.above, "maximum": declared.maximum}
    return {"type": kind, **{name: bound for name, bound in bounds.items() if bound is not None}}


def _sequence(origin: Any, arms: tuple[Any, ...], declared: Declaration) -> Schema:
    """A list; where it may have any length, its only entry may stand alone."""
    if origin is tuple and Ellipsis not in arms:
        items = [_typed(arm, declared) for arm in arms]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    item = _typed(arms[0], declared)
    return {"anyOf": [{"type": "array", "items": item}, item]}


def _mapping(arms: tuple[Any, ...], declared: Declaration) -> Schema:
    values = _NUMBER if arms[0] is Field and arms[1] is float else _typed(arms[1], declared)
    return {"type": "object", "additionalProperties": values}
