"""The resolved case: overrides applied, defaults written out, numbers in SI, ready to be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...model.formula import Formula
from ...model.handles import Balance, Handle
from ...model.parameters import Declared
from ...model.property import Property
from ...model.registry import Registry
from ...model.state import State
from ..blocks.properties import Converted
from ..model import Case, Derived, Observed, SteadySpec, TransientSpec
from ..reading.builder import CaseBuilder
from ..reading.schema import PERIODIC

__all__ = ["condition_text", "conditions_table", "resolve"]


def resolve(case: Case, builder: CaseBuilder) -> Case:
    """The same case with its resolved text as plain data."""
    registry = case.registry
    plain: dict[str, Any] = {"title": case.title}
    description = builder.block("description")
    if description is not None:
        plain["description"] = description.value.text
    plain["units"] = case.units.name
    files = [entry.origin for entry in registry.known() if Path(entry.origin).is_absolute()]
    plain |= {"plugins": list(dict.fromkeys(files))} if files else {}
    plain |= {"parameters": dict(case.parameters)} if case.parameters else {}
    plain["mesh"] = _mesh(builder)
    plain["mixture"] = _named(case.mixture_name, case.mixture, registry)
    if case.protocol is None:
        plain |= _physics(builder)
    plain["initial"] = {field.name: data(value, registry) for field, value in case.initial.items()}
    plain["solve"] = _solve(case.solve, case.protocol is not None)
    if case.protocol is not None:
        plain["protocol"] = _protocol(case, builder)
    plain |= _outputs(case)
    return replace(case, resolved=plain)


def _physics(builder: CaseBuilder) -> dict[str, Any]:
    """Properties, laws and boundaries of a case or of one of its phases."""
    registry = builder.scope.registry
    given = {each.name: each.value for each in builder.properties}
    return {
        "properties": {
            name: data(value.given if isinstance(value, Converted) else value, registry)
            for name, value in given.items()
        },
        "laws": [_named(read.selection.name, read.law, registry) for read in builder.laws],
        "boundaries": {
            boundary: {field.name: _named(each.name, each.condition, registry) for field, each in entries.items()}
            for boundary, entries in builder.boundaries.items()
        },
    }


def _protocol(case: Case, builder: CaseBuilder) -> dict[str, Any]:
    """Every phase in full, so that nothing need stand at the top that all of them replace."""
    phases = {}
    for phase, own in zip(case.protocol.phases, builder.phases):
        changed = {name: value for name, value in phase.case.parameters.items() if value != case.parameters.get(name)}
        parameters = {"parameters": changed} if changed else {}
        phases[phase.name] = {"duration": phase.duration, **parameters, **_physics(own), "audit": phase.case.audit}
    repeat: Any = case.protocol.cycles
    if case.protocol.tolerance is not None:
        repeat = {PERIODIC: {"tolerance": case.protocol.tolerance, "max_cycles": case.protocol.cycles}}
    return {"phases": phases, "repeat": repeat}


def _outputs(case: Case) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if case.observe or case.derived:
        plain["observe"] = {
            each.name: {each.plugin: _parameters(each.observable, case.registry)}
            | ({"at": list(each.times)} if each.times is not None else {})
            | ({"reduce": each.reduction.value} if each.reduction is not None else {})
            | _span(each)
            for each in case.observe
        } | {
            name: {"formula": each.expression.text} | ({"unit": each.unit} if each.unit else {}) | _span(each)
            for name, each in case.derived.items()
        }
    if case.comparison:
        solution = _named(case.comparison.name, case.comparison.solution, case.registry)
        plain["compare"] = {"solution": solution, "tolerance": case.comparison.tolerance}
    return plain | {"audit": case.audit}


def _span(observed: Observed | Derived) -> dict[str, str]:
    return {"mean_over" if observed.is_mean else "over": observed.over} if observed.over else {}


def _mesh(builder: CaseBuilder) -> dict[str, Any]:
    parameters = _parameters(builder.mesh_kind, builder.scope.registry)
    return {"type": builder.mesh.type} | {name: value for name, value in parameters.items() if value != {}}


def _solve(spec: TransientSpec | SteadySpec, has_protocol: bool) -> dict[str, Any]:
    if isinstance(spec, SteadySpec):
        means = {"mean": {field.name: mean for field, mean in spec.means.items()}} if spec.means else {}
        return {"steady": {**means, "max_iterations": spec.max_iterations}}
    names = ("until", "start", "rtol", "max_steps", "max_step", "samples")[has_protocol:]
    return {"transient": {**{name: getattr(spec, name) for name in names}, "times": list(spec.times)}}


def _named(name: str, plugin: Declared, registry: Registry) -> Any:
    parameters = _parameters(plugin, registry)
    return {name: parameters} if parameters else name


def _parameters(plugin: Declared, registry: Registry) -> dict[str, Any]:
    values = {name: getattr(plugin, name) for name in type(plugin).model_fields}
    return {name: data(value, registry) for name, value in values.items() if value is not None}


def data(value: Any, registry: Registry) -> Any:
    """A parameter as plain data that the checker reads back to the same value."""
    if isinstance(value, Property):
        parameters = _parameters(value, registry)
        entry = registry.entry_of(type(value))
        shorthand = type(value).shorthand
        if list(parameters) == [shorthand] and entry is not None and entry.name in ("constant", "expression"):
            return parameters[shorthand]
        return {entry.name if entry else type(value).__name__: parameters}
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, (Handle, Balance)):
        return value.name
    if isinstance(value, State):
        return {field.name: number for field, number in value.values}
    if isinstance(value, Declared):
        return _parameters(value, registry)
    if isinstance(value, Mapping):
        return {data(key, registry): data(each, registry) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [data(each, registry) for each in value]
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def conditions_table(case: Case) -> list[dict[str, Any]]:
    """The condition of every solved field on every boundary: boundary, field, condition in words, default.

    With a protocol those of every phase, which is then named too.
    """
    if case.protocol is not None:
        return [{"phase": each.name, **row} for each in case.protocol.phases for row in conditions_table(each.case)]
    return [
        {
            "boundary": boundary,
            "field": field.name,
            "condition": condition_text(each.name, each.condition, case.registry),
            "default": each.is_default,
        }
        for boundary, entries in case.boundaries.items()
        for field, each in entries.items()
    ]


def condition_text(name: str, boundary: Declared, registry: Registry) -> str:
    """A condition in one line: `dirichlet (value = 300)`."""
    parameters = _parameters(boundary, registry)
    values = ", ".join(f"{key} = {_in_words(value)}" for key, value in parameters.items())
    return f"{name} ({values})" if values else name


def _in_words(value: Any) -> str:
    """Plain data in one line, as a case file would have it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_words(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_in_words(each) for each in value) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)
