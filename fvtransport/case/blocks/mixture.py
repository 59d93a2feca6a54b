"""The blocks `mixture:`, `properties:` and `laws:`."""

from __future__ import annotations

import sys
from typing import Any

from ...errors import PluginError, Problem, quote
from ...model.handles import Convention, Shared
from ...model.law import Mixture, Property, View
from ...model.parameters import Declaration, Declared
from ...model.registry import Registry
from ..draft import Draft, Given, LawRead
from ..make_plugin import Choice, build, choice, find, readable
from ..scope import Names
from ..text.problems import Unreadable, kind_of, unknown
from ..text.yaml_tree import Node, plain
from ..value_types import Reader

__all__ = ["Converted", "known_handles", "read_laws", "read_mixture", "read_properties"]


class Converted(Property):
    """A shared property given in another convention, converted wherever it is asked for."""

    given: Property
    convention: Convention

    def __call__(self, at: View) -> Any:
        return self.convention.convert(self.given(at), at)


def read_mixture(draft: Draft) -> None:
    """Make the mixture and learn its names; those of a mixture with a wrong number are learnt all the same."""
    node = draft.block("mixture")
    if node is None:
        return
    chosen = draft.findings.attempt(choice, node, "a mixture")
    entry = chosen and draft.findings.attempt(find, "mixture", chosen, draft.scope)
    if not entry:
        return
    mixture = draft.findings.attempt(build, entry.cls, chosen, draft.reader)
    stand_in = mixture or _stand_in(entry.cls, chosen, draft.reader)
    if stand_in is None:
        return
    try:
        names = Names.of(stand_in)
        _ = stand_in.provides(), [stand_in.needs(balance) for balance in stand_in.balances]
    except Exception as error:
        raise PluginError(f'mixture "{entry.name}" ({entry.origin}): {type(error).__name__}: {error}') from error
    if len(names.fields) < len(names.remarks) + len(names.solved):
        text = f"{chosen.name} has two fields of one name"
        draft.findings.error(chosen.mark, text, "a different name for each species")
        return
    for name in names.fields:
        if name in draft.scope.given:
            message = f'a parameter cannot be named "{name}": it is a field of the mixture'
            draft.findings.error(draft.mark("parameters", name, key=True), message, "another name")
    draft.know(names=names)
    if mixture is not None:
        mixture = draft.findings.attempt(_with_fields, mixture, chosen, draft.reader)
    draft.mixture, draft.mixture_name = mixture, entry.name
    draft.stand_in = mixture or _with_ones(stand_in, draft.reader)


def _with_fields(mixture: Mixture, chosen: Choice, reader: Reader) -> Mixture:
    """The same mixture, and so the same handles, with its own properties read again now that its fields have names."""
    known = build(type(mixture), chosen, reader)
    names = [each.name for each in mixture.declarations() if isinstance(getattr(mixture, each.name), Property)]
    return mixture.model_copy(update={name: getattr(known, name) for name in names})


def _stand_in(cls: type[Declared], chosen: Choice, reader: Reader) -> Mixture | None:
    """A mixture with ones for the numbers that could not be read; None where names are at stake."""
    given = chosen.body.value if chosen.body is not None and isinstance(chosen.body.value, dict) else {}
    values = readable(cls, chosen, reader)
    for declared in cls.declarations():
        if declared.name not in values and (declared.required or declared.name in given):
            values[declared.name] = _one(reader) if _is_property(declared) else 1.0
    try:
        return cls.model_validate(values)
    except ValueError:
        return None


def _with_ones(mixture: Mixture, reader: Reader) -> Mixture:
    """The same mixture, and so the same handles, with ones for its properties."""
    return mixture.model_copy(update={each.name: _one(reader) for each in mixture.declarations() if _is_property(each)})


def _one(reader: Reader) -> Property:
    cls = reader.scope.registry.get("property", "constant").cls
    return cls.model_validate({cls.shorthand: 1.0})


def _is_property(declared: Declaration) -> bool:
    return isinstance(declared.annotation, type) and issubclass(declared.annotation, Property)


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


def read_properties(draft: Draft) -> None:
    """Read every coefficient in the convention it is given in."""
    known, clashes = known_handles(draft.scope.registry, draft.stand_in)
    provided = draft.stand_in.provides() if draft.stand_in else {}
    options = {name: handle for name, (handle, _) in known.items() if handle not in provided}
    for name, node in draft.mapping("properties").items():
        if name not in known:
            _note_unknown(draft, name, node, list(options), known)
            continue
        handle, convention = known[name]
        mark = node.key_mark
        if name in clashes:
            text = f'two plugins declare different properties named "{name}"'
            draft.findings.error(mark, text, "one handle, imported by both")
        if handle in provided:
            at = draft.mark("mixture")
            message = f"{name} is given twice: the mixture on line {at.line} gives {handle.name}"
            draft.findings.error(mark, message, "it in one place only")
        earlier = next((each for each in draft.properties if each.handle is handle), None)
        if earlier is not None:
            there = f"on line {earlier.mark.line} as {earlier.name}"
            quoted = f" ({quote(earlier.mark.text.strip(), 80)})" if earlier.mark.line != mark.line else ""
            message = f"{handle.name} is given twice: here as {name}, {there}{quoted}"
            draft.findings.error(mark, message, "one convention only")
        value = draft.findings.attempt(_read_property, node, name, handle, convention, draft.reader)
        draft.attempted.add(handle)
        draft.properties.append(Given(name, mark, handle, convention, value))


def _read_property(node: Node, name: str, handle: Shared, convention: Convention | None, reader: Reader) -> Property:
    unit = handle.unit if convention is None else convention.unit
    above = 0.0 if handle.positive and convention is None else None
    value = reader.property(node, Declaration(name, Property, unit, handle.meaning, True, None, None, above, None))
    return value if convention is None else Converted(given=value, convention=convention)


def _note_unknown(draft: Draft, name: str, node: Node, options: list[str], known: Any) -> None:
    problem = unknown("property", name, node.key_mark, options)
    if problem.nearest or draft.stand_in is not None and draft.scope.registry_complete:
        draft.findings.problems.append(problem)
    if problem.nearest:
        draft.attempted.add(known[problem.nearest][0])


def read_laws(draft: Draft) -> None:
    """Read the list of laws; one law may stand twice with different parameters, as sources do."""
    node = draft.block("laws")
    if node is None:
        draft.laws_whole = False
        return
    if not isinstance(node.value, list) or not node.value:
        draft.findings.error(node.mark, f"laws: found {kind_of(node)}", "a list of laws, such as [conduction, fick]")
        draft.laws_whole = False
        return
    texts: dict[str, list[tuple[Any, int]]] = {}
    for item in node.value:
        read = draft.findings.attempt(_read_law, item, draft, texts)
        if read is None:
            draft.laws_whole = False
        else:
            draft.laws.append(read)
    for read in draft.laws:
        for other in draft.laws:
            if other.chosen.name in type(read.law).covers:
                text = f"{other.chosen.name} is part of {read.chosen.name} on line {read.chosen.mark.line}: it would count twice"
                draft.findings.error(other.chosen.mark, text, "one of them only")


def _read_law(item: Node, draft: Draft, texts: dict[str, list[tuple[Any, int]]]) -> LawRead:
    chosen = choice(item, "a law")
    entry = find("law", chosen, draft.scope)
    content = plain(chosen.body) if chosen.body is not None else None
    before = texts.setdefault(chosen.name, [])
    for other, line in before:
        if other == content:
            message = f"{chosen.name} is given twice (first on line {line})"
            raise Unreadable(Problem(chosen.mark, message, "each law once, or with other parameters"))
    before.append((content, chosen.mark.line))
    name = chosen.name if len(before) == 1 else f"{chosen.name}_{len(before)}"
    return LawRead(name, chosen, build(entry.cls, chosen, draft.reader))
