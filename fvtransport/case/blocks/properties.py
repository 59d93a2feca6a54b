"""The block `properties:`."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ...errors import Problem, quote
from ...model.handles import Convention, Shared
from ...model.law import View
from ...model.mixture import Mixture
from ...model.parameters import Declaration, parameter
from ...model.property import Property
from ...model.registry import Registry
from ..reading.builder import CaseBuilder, PropertyEntry
from ..reading.selection import find, select
from ..text.problems import InvalidValue, unknown
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
    """Names allowed under `properties:`, with those of conventions; and names that plugins declare differently.

    Those of the built-in plugins and of all plugins imported so far.
    """
    laws = [entry for entry in registry.known() if entry.kind == "law" and entry.is_imported]
    handles = [handle for entry in laws for handle in entry.cls.needs]
    for balance in mixture.balances if mixture else ():
        handles.extend(mixture.needs(balance))
    for module in registry.modules():
        handles.extend(each for each in vars(module).values() if isinstance(each, Shared))
    names: dict[str, tuple[Shared, Convention | None]] = {}
    clashes: set[str] = set()
    for handle in dict.fromkeys(handles):
        for name, convention in [(handle.name, None), *((each.name, each) for each in handle.conventions)]:
            if name in names:
                clashes.add(name)
            names.setdefault(name, (handle, convention))
    return names, clashes


def _known(builder: CaseBuilder, given: dict[str, Node]) -> Any:
    """The handles of the plugins in use; of all plugins where a name is none of theirs."""
    node = builder.block("laws")
    for item in node.value if node is not None and isinstance(node.value, list) else ():
        with suppress(InvalidValue):  # reported where the laws are read
            find("law", select(item, "a law"), builder.scope)
    known = known_handles(builder.scope.registry, builder.placeholder)
    if given.keys() <= known[0].keys():
        return known
    builder.scope.registry.importable()
    return known_handles(builder.scope.registry, builder.placeholder)


def read_properties(builder: CaseBuilder) -> None:
    """Read every coefficient in the convention it is given in."""
    given = builder.mapping("properties")
    known, clashes = _known(builder, given)
    provided = builder.placeholder.provides() if builder.placeholder else {}
    options = {name: handle for name, (handle, _) in known.items() if handle not in provided}
    for name, node in given.items():
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
        value = builder.diagnostics.attempt(_read_property, node, name, handle, convention, builder)
        builder.seen.add(handle)
        builder.properties.append(PropertyEntry(name, mark, handle, convention, value))


def _read_property(
    node: Node, name: str, handle: Shared, convention: Convention | None, builder: CaseBuilder
) -> Property:
    unit = handle.unit if convention is None else convention.unit
    above = 0.0 if handle.positive and convention is None else None
    declared = Declaration(name, Property, unit, handle.meaning, True, None, None, above, None)
    value = builder.reader.read(node, declared)
    if value.tensor_dimension:
        _check_tensor(node, name, value.tensor_dimension, handle.is_tensor and convention is None, builder)
    return value if convention is None else Converted(given=value, convention=convention)


def _check_tensor(node: Node, name: str, size: int, is_allowed: bool, builder: CaseBuilder) -> None:
    """Refuse a tensor where the property is a number, or where it leaves out an axis of the mesh."""
    if not is_allowed:
        raise InvalidValue(Problem(node.mark, f"{name} is a number, not a tensor", "a number, or an expression"))
    if builder.mesh is not None and size < builder.mesh.dimension:
        text = f"{name} has {size} rows on a mesh of {builder.mesh.dimension} dimensions"
        raise InvalidValue(
            Problem(node.mark, text, f"{builder.mesh.dimension} rows of {builder.mesh.dimension} entries")
        )


def _note_unknown(builder: CaseBuilder, name: str, node: Node, options: list[str], known: Any) -> None:
    problem = unknown("property", name, node.key_mark, options)
    if problem.nearest or (builder.placeholder is not None and builder.scope.registry_complete):
        builder.diagnostics.problems.append(problem)
    if problem.nearest:
        builder.seen.add(known[problem.nearest][0])
