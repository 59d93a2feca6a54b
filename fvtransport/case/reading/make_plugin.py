"""Plugins and blocks made from what stands in the file, their mistakes placed in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_origin

from pydantic import ValidationError

from ...errors import Mark, PluginError, Problem, nearest, quote
from ...model.parameters import Declaration, Declared
from ...model.plugin import Entry
from ...model.property import Property
from ...model.registry import Registry
from ..text.problems import InvalidValue, kind_of, unknown
from ..text.yaml_tree import Node, Scalar, locate, plain
from .scope import Scope

__all__ = ["Selection", "build", "find", "readable", "select"]

_WORDS: Mapping[str, str] = {"boundary": "condition"}  # a boundary is a place in the case, its plugin a condition
D = TypeVar("D", bound=Declared)


@dataclass(frozen=True)
class Selection:
    """One thing chosen by name, as in `name` or `{name: {...}}`; body is what stands below the name."""

    name: str
    mark: Mark
    body: Node | None = None


def select(node: Node, what: str) -> Selection:
    """The one name that stands in `name` or `{name: ...}`."""
    if isinstance(node.value, Scalar) and node.value.text:
        return Selection(node.value.text, node.mark)
    if not isinstance(node.value, dict) or not node.value:
        raise InvalidValue(Problem(node.mark, f"found {kind_of(node)}", f"the name of {what}, or {{name: parameters}}"))
    names = list(node.value)
    if len(names) > 1:
        second = node.value[names[1]].key_mark
        raise InvalidValue(Problem(second, f"{' and '.join(names)} are both given", f"{what}, one only"))
    body = node.value[names[0]]
    return Selection(names[0], body.key_mark, body)


def find(kind: str, selection: Selection, scope: Scope) -> Entry:
    """The plugin of that kind that is chosen, imported."""
    registry = scope.registry
    if registry.has(kind, selection.name):
        try:
            return registry.get(kind, selection.name)
        except PluginError as error:
            raise InvalidValue(Problem(selection.mark, str(error))) from error
    registry.import_packages()
    names = registry.names(kind)
    if not scope.registry_complete and not nearest(selection.name, names):
        raise InvalidValue()
    word = _WORDS.get(kind, kind)
    raise InvalidValue(unknown(word, selection.name, selection.mark, names, _remark(word, selection.name, registry)))


def build(cls: type[D], selection: Selection, reader: Any, extra: Mapping[str, Node] | None = None) -> D:
    """An instance made from the body of a choice; extra are values for parameters that it leaves out."""
    values = dict(extra or {}) | _values(cls, selection, reader.scope.registry)
    reader = reader.beside(cls, values)
    try:
        return cls.model_validate(values, context=reader)
    except ValidationError as error:
        raise InvalidValue(*_problems(error, cls, selection, values)) from None
    except PluginError:
        raise
    except Exception as error:
        raise PluginError(
            f'"{selection.name}" failed to read its parameters: {type(error).__name__}: {error}'
        ) from error


def readable(cls: type[Declared], selection: Selection, reader: Any) -> dict[str, Any]:
    """The parameters that can be read, where some cannot; for checks that do not need the others."""
    try:
        given = _values(cls, selection, reader.scope.registry)
    except InvalidValue:
        return {}
    values: dict[str, Any] = {}
    for declared in cls.declarations():
        if declared.name in given:
            try:
                values[declared.name] = reader.read(given[declared.name], declared)
            except InvalidValue:
                continue
    return values


def _listed(declarations: tuple[Declaration, ...]) -> str:
    return f"one of {', '.join(each.name for each in declarations)}" if declarations else "no parameters"


def _values(cls: type[Declared], selection: Selection, registry: Registry) -> dict[str, Node]:
    """What is given for each parameter, the shorthand spelled out."""
    body = selection.body
    if body is None or plain(body) is None:
        return {}
    if isinstance(body.value, dict) and not _is_shorthand(cls, body.value, registry):
        return dict(body.value)
    if cls.shorthand:
        return {cls.shorthand: body}
    expected = _listed(cls.declarations())
    raise InvalidValue(Problem(body.mark, f"{selection.name} is given {kind_of(body)}", f"a mapping with {expected}"))


def _is_shorthand(cls: type[Declared], body: dict[str, Node], registry: Registry) -> bool:
    """Whether a mapping is the value of the shorthand, such as the property in {dirichlet: {expression: ...}}."""
    annotation = cls.model_fields[cls.shorthand].annotation if cls.shorthand else None
    if get_origin(annotation) is Mapping:
        return not set(body) <= set(cls.model_fields)
    if not isinstance(annotation, type) or not issubclass(annotation, Property) or len(body) != 1:
        return False
    (name,) = body
    return name not in cls.model_fields and registry.has("property", name)


def _problems(
    error: ValidationError, cls: type[Declared], selection: Selection, values: Mapping[str, Any]
) -> list[Problem]:
    problems: list[Problem] = []
    names = [each.name for each in cls.declarations()]
    meant = {nearest(name, names) for name in values if name not in names}
    for detail in error.errors(include_url=False, include_input=False):
        if detail["type"] == "missing" and detail["loc"][0] in meant:
            continue
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, InvalidValue):
            problems.extend(cause.problems)
        else:
            problems.append(_problem(detail, cls, selection, values))
    return problems


def _problem(
    detail: Mapping[str, Any], cls: type[Declared], selection: Selection, values: Mapping[str, Any]
) -> Problem:
    """One complaint of pydantic in our words, at the place of its value."""
    loc = detail["loc"]
    name = str(loc[0]) if loc else ""
    node = values.get(name)
    if detail["type"] == "missing" and len(loc) == 1:
        declared = next(each for each in cls.declarations() if each.name == name)
        return Problem(selection.mark, f"{selection.name} lacks {name}", _described(declared))
    if detail["type"] == "extra_forbidden" and len(loc) == 1 and isinstance(node, Node):
        names = [each.name for each in cls.declarations()]
        message = f"{selection.name} has no parameter {quote(name)}"
        return Problem(node.key_mark or node.mark, message, _listed(cls.declarations()), nearest(name, names))
    mark = locate(node, loc[1:]) if isinstance(node, Node) else selection.mark
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return Problem(mark, f"{name}: {message}" if name else f"{selection.name}: {message}")


def _described(declared: Declaration) -> str:
    """What a parameter is, for the `expected` of a message."""
    unit = "" if not declared.unit or "{" in declared.unit else f" [{declared.unit}]"
    return f"{declared.name}{unit}: {declared.meaning}" if declared.meaning else f"{declared.name}{unit}"


def _remark(kind: str, name: str, registry: Registry) -> str:
    others = [_WORDS.get(entry.kind, entry.kind) for entry in registry.find(name)]
    if others:
        return f"it is a {others[0]}, not a {kind}"
    broken = ", ".join(f"{package} ({reason})" for package, reason in registry.broken.items())
    return f"some installed plugins could not be loaded: {broken}" if broken else ""
