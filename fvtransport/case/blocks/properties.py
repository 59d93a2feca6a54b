"""The block `properties:`."""

from __future__ import annotations

import sys
from typing import Any

from ...errors import quote
from ...model.handles import Convention, Shared
from ...model.law import View
from ...model.mixture import Mixture
from ...model.parameters import Declaration, parameter
from ...model.property import Property
from ...model.registry import Registry
from ..reading.builder import CaseBuilder, PropertyEntry
from ..reading.value_types import Reader
from ..text.problems import unknown
from ..text.yaml_tree import Node

__all__ = ["Converted", "known_handles", "read_properties"]


class Converted(Property):
    """A shared property given in another convention, converted wherever it is asked for."""

    given: Property = parameter(meaning="the property as the case gives it")
    convention: Convention = parameter(meaning="the convention in which it is given")

    def __call__(self, at: View) -> Any:
        return self.convention.convert(self.given(at), at)


def known_handles(
    registry: Registry, mixture: Mixture | None
) -> tuple[dict[str, tuple[Shared, Convention | None]], set[str]]:
    """Names that may stand under `properties:`, those of conventions too; and names that plugins do not agree on."""
    handles = [handle for entry in registry if entry.kind == "law" for handle in entry.cls.needs]
    for balance in mixture.balances if mixture else ():
        handles.extend(mixture.needs(balance))
    for module in dict.fromkeys(entry.cls.__module__ for entry in registry):
        handles.extend(each for each in vars(sys.modules.get(module, object)).values() if isinstance(each, Shared))
    names: dict[str, tuple[Shared, Convention | None]] = {}
    clashes: set[str] = set()
    for handle in dict.fromkeys(handles):
        for name, convention in [(handle.name, None), *((each.name, each) for each in handle.conventions)]:
            if name in names:
                clashes.add(name)
            names.setdefault(name, (handle, convention))
    return names, clashes


def read_properties(builder: CaseBuilder) -> None:
    """Read every coefficient in the convention it is given in."""
    known, clashes = known_handles(builder.scope.registry, builder.placeholder)
    provided = builder.placeholder.provides() if builder.placeholder else {}
    options = {name: handle for name, (handle, _) in known.items() if handle not in provided}
    for name, node in builder.mapping("properties").items():
        if name not in known:
            _note_unknown(builder, name, node, list(options), known)
            continue
        handle, convention = known[name]
        mark = node.key_mark
        if name in clashes:
            text = f'two plugins declare different properties named "{name}"'
            builder.diagnostics.error(mark, text, "one handle, imported by both")
        if handle in provided:
            at = builder.mark("mixture")
            message = f"{name} is given twice: the mixture on line {at.line} gives {handle.name}"
            builder.diagnostics.error(mark, message, "it in one place only")
        earlier = next((each for each in builder.properties if each.handle is handle), None)
        if earlier is not None:
            there = f"on line {earlier.mark.line} as {earlier.name}"
            quoted = f" ({quote(earlier.mark.text.strip(), 80)})" if earlier.mark.line != mark.line else ""
            message = f"{handle.name} is given twice: here as {name}, {there}{quoted}"
            builder.diagnostics.error(mark, message, "one convention only")
        value = builder.diagnostics.attempt(_read_property, node, name, handle, convention, builder.reader)
        builder.seen.add(handle)
        builder.properties.append(PropertyEntry(name, mark, handle, convention, value))


def _read_property(node: Node, name: str, handle: Shared, convention: Convention | None, reader: Reader) -> Property:
    unit = handle.unit if convention is None else convention.unit
    above = 0.0 if handle.positive and convention is None else None
    value = reader.property(node, Declaration(name, Property, unit, handle.meaning, True, None, None, above, None))
    return value if convention is None else Converted(given=value, convention=convention)


def _note_unknown(builder: CaseBuilder, name: str, node: Node, options: list[str], known: Any) -> None:
    problem = unknown("property", name, node.key_mark, options)
    if problem.nearest or builder.placeholder is not None and builder.scope.registry_complete:
        builder.diagnostics.problems.append(problem)
    if problem.nearest:
        builder.seen.add(known[problem.nearest][0])
