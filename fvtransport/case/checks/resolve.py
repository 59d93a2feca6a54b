"""The resolved case: overrides applied, defaults written out, numbers in SI, ready to be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...model.parameters import Declared
from ...model.property import Property
from ..blocks.properties import Converted
from ..model import Case, Derived, Observed, SteadySpec, TransientSpec
from ..reading.builder import CaseBuilder
from ..reading.schema import PERIODIC
from ..reading.type_table import block_of, type_of

__all__ = ["condition_text", "conditions_table", "resolve"]


def resolve(case: Case, builder: CaseBuilder) -> Case:
    """The same case with its resolved text as plain data."""
    dump = type_of(Property).dump
    plain: dict[str, Any] = {"title": case.title}
    description = builder.block("description")
    if description is not None:
        plain["description"] = description.value.text
    plain["units"] = case.units.name
    files = [entry.origin for entry in case.registry.known() if Path(entry.origin).is_absolute()]
    plain |= {"plugins": list(dict.fromkeys(files))} if files else {}
    plain |= {"parameters": dict(case.parameters)} if case.parameters else {}
    plain["mesh"] = _mesh(builder)
    plain["mixture"] = _named(case.mixture_name, case.mixture)
    if case.protocol is None:
        plain |= _physics(builder)
    plain["initial"] = {field.name: dump(value) for field, value in case.initial.items()}
    plain["solve"] = _solve(case.solve, case.protocol is not None)
    if case.protocol is not None:
        plain["protocol"] = _protocol(case, builder)
    plain |= _outputs(case)
    return replace(case, resolved=plain)


def _physics(builder: CaseBuilder) -> dict[str, Any]:
    """Properties, laws, boundaries and interfaces of a case or of one of its phases."""
    dump = type_of(Property).dump
    given = {each.name: each.value for each in builder.properties}
    interfaces = {
        "-".join(regions): {field.name: _named(each.name, each.condition) for field, each in entries.items()}
        for regions, entries in builder.interfaces.items()
    }
    return {
        "properties": {
            name: dump(value.given if isinstance(value, Converted) else value) for name, value in given.items()
        },
        "laws": [_named(read.selection.name, read.law) for read in builder.laws],
        "boundaries": {
            boundary: {field.name: _named(each.name, each.condition) for field, each in entries.items()}
            for boundary, entries in builder.boundaries.items()
        },
        **({"interfaces": interfaces} if interfaces else {}),
    }


def _protocol(case: Case, builder: CaseBuilder) -> dict[str, Any]:
    """Every phase in full, so that nothing is needed at the top that all of them replace."""
    phases = {}
    for phase, own in zip(case.protocol.phases, builder.phases):
        changed = {name: value for name, value in phase.case.parameters.items() if value != case.parameters.get(name)}
        parameters = {"parameters": changed} if changed else {}
        phases[phase.name] = {
            "duration": phase.duration,
            **parameters,
            **_physics(own),
            "audit": phase.case.audit.as_given(),
        }
    repeat: Any = case.protocol.cycles
    if case.protocol.tolerance is not None:
        repeat = {PERIODIC: {"tolerance": case.protocol.tolerance, "max_cycles": case.protocol.cycles}}
    return {"phases": phases, "repeat": repeat}


def _outputs(case: Case) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if case.observe or case.derived:
        plain["observe"] = {
            each.name: {each.plugin: _parameters(each.observable)}
            | ({"at": list(each.times)} if each.times is not None else {})
            | ({"reduce": each.reduction.value} if each.reduction is not None else {})
            | _span(each)
            for each in case.observe
        } | {
            name: {"formula": each.expression.text} | ({"unit": each.unit} if each.unit else {}) | _span(each)
            for name, each in case.derived.items()
        }
    if case.comparison:
        solution = _named(case.comparison.name, case.comparison.solution)
        plain["compare"] = {"solution": solution, "tolerance": case.comparison.tolerance}
    plain["audit"] = case.audit.as_given()
    return plain | ({"expects": [each.as_given() for each in case.expects]} if case.expects else {})


def _span(observed: Observed | Derived) -> dict[str, str]:
    return {"mean_over" if observed.is_mean else "over": observed.over} if observed.over else {}


def _mesh(builder: CaseBuilder) -> dict[str, Any]:
    parameters = _parameters(builder.mesh_kind)
    return {"type": builder.mesh.type} | {name: value for name, value in parameters.items() if value != {}}


def _solve(spec: TransientSpec | SteadySpec, has_protocol: bool) -> dict[str, Any]:
    if isinstance(spec, SteadySpec):
        means = {"mean": {field.name: mean for field, mean in spec.means.items()}} if spec.means else {}
        return {"steady": {**means, "max_iterations": spec.max_iterations}}
    names = ("until", "start", "rtol", "max_steps", "max_step", "samples")[has_protocol:]
    return {"transient": {**{name: getattr(spec, name) for name in names}, "times": list(spec.times)}}


def _named(name: str, plugin: Declared) -> Any:
    parameters = _parameters(plugin)
    return {name: parameters} if parameters else name


def _parameters(plugin: Declared) -> dict[str, Any]:
    return block_of(type(plugin)).dump(plugin)


def conditions_table(case: Case) -> list[dict[str, Any]]:
    """The condition of every solved field on every boundary: boundary, field, condition in words, default.

    With a protocol those of every phase, which is then named too.
    """
    if case.protocol is not None:
        return [{"phase": each.name, **row} for each in case.protocol.phases for row in conditions_table(each.case)]
    interfaces = {"-".join(regions): entries for regions, entries in case.interfaces.items()}
    return [
        {
            "boundary": boundary,
            "field": field.name,
            "condition": condition_text(each.name, each.condition),
            "default": each.is_default,
        }
        for boundary, entries in [*case.boundaries.items(), *interfaces.items()]
        for field, each in entries.items()
    ]


def condition_text(name: str, boundary: Declared) -> str:
    """A condition in one line: `dirichlet (value = 300)`."""
    parameters = _parameters(boundary)
    values = ", ".join(f"{key} = {_in_words(value)}" for key, value in parameters.items())
    return f"{name} ({values})" if values else name


def _in_words(value: Any) -> str:
    """Plain data in one line, as a case file would have it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_words(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_in_words(each) for each in value) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)
