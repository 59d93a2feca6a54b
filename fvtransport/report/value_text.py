"""Laws, properties and parameters of a case as text."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from ..case.blocks.properties import Converted
from ..case.model import Case
from ..model.formula import Formula
from ..model.handles import Balance, Handle
from ..model.parameters import Declared, parameters_of
from ..model.registry import Registry
from ..model.state import State
from ..results.fields import shown_unit

__all__ = ["law_row", "property_rows"]


def law_row(name: str, law: Declared, registry: Registry) -> tuple[str, str, str]:
    """Name, equation and parameters of a law."""
    parameters = [f"{key}: {text}" for key, text in _parameters(law, registry).items()]
    return name, _equation(law), "\n".join(parameters)


def property_rows(case: Case) -> list[tuple[str, str, str, str]]:
    """Name, value, unit and meaning of every property of a case."""
    return [
        (handle.name, _value(prop, case.registry), shown_unit(handle.unit, case.units), handle.meaning)
        for handle, prop in case.properties.items()
    ]


def _equation(law: Declared) -> str:
    """The docstring up to its equations: the first paragraph and an indented second one."""
    paragraphs = (inspect.getdoc(type(law)) or "").split("\n\n")
    follows = paragraphs[1:2] if len(paragraphs) > 1 and paragraphs[1].startswith(" ") else []
    return "\n".join(paragraphs[:1] + [inspect.cleandoc(part) for part in follows])


def _value(value: Any, registry: Registry) -> str:
    """A parameter as text; a property as given: number, formula, name with parameters, or in another convention."""
    if isinstance(value, Converted):
        return f"{value.convention.name} = {_value(value.given, registry)} {value.convention.unit}".rstrip()
    if isinstance(value, Declared):
        given, shorthand = _parameters(value, registry), type(value).shorthand
        if list(given) == [shorthand]:
            return given[shorthand]
        entry = registry.entry_of(type(value))
        name = entry.name if entry else type(value).__name__
        return f"{name} ({', '.join(f'{key} = {text}' for key, text in given.items())})"
    if isinstance(value, State):
        return ", ".join(f"{field.name} = {number:g}" for field, number in value.values)
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_value(each, registry)}" for key, each in value.items())
    if isinstance(value, Formula):
        return value.text
    return value.name if isinstance(value, (Handle, Balance)) else str(value)


def _parameters(plugin: Declared, registry: Registry) -> dict[str, str]:
    given = parameters_of(plugin)
    return {declared.name: _value(value, registry) for declared, value in given if value is not None}
