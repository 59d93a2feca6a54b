"""Plugins and blocks made from the text of the file, with the place of every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from ...errors import Problem, nearest, plugin_call, quote
from ...model.parameters import Declaration, Declared
from ...model.property import Property, properties_in
from ...model.solution import Solution
from ...model.validation import Context, Issue
from ..text.problems import InvalidValue, kind_of, unknown
from ..text.renamed import KEYS
from ..text.yaml_tree import Node, locate, plain
from .scope import Scope
from .selection import Selection
from .type_table import type_of

__all__ = ["build", "given_values", "issue_problem", "readable"]

D = TypeVar("D", bound=Declared)


def build(cls: type[D], selection: Selection, reader: Any, extra: Mapping[str, Node] | None = None) -> D:
    """An instance made from the body of a selection; extra are values for parameters that it leaves out."""
    values = dict(extra or {}) | given_values(cls, selection, reader.scope)
    reader = reader.beside(cls, values)
    made = plugin_call(
        f'"{selection.name}" failed to read its parameters', lambda: _made(cls, values, reader, selection)
    )
    if mistakes := () if issubclass(cls, Solution) else plugin_call(selection.name, lambda: _mistakes(made)):
        raise InvalidValue(*(issue_problem(each, selection) for each in mistakes))
    _refuse_tensors(made, selection)
    return made


def _made(cls: type[D], values: Mapping[str, Any], reader: Any, selection: Selection) -> D:
    try:
        return cls.model_validate(values, context=reader)
    except ValidationError as error:
        raise InvalidValue(*_problems(error, cls, selection, values)) from None


def _mistakes(made: Declared) -> list[Issue]:
    return [each for each in made.validate(Context()) if each.is_mistake]


def _refuse_tensors(made: Declared, selection: Selection) -> None:
    """Refuse a tensor where a number is meant: only some shared properties may be tensors, each or by region."""
    is_passed_on = isinstance(made, Property) and type(made).tensor is not Property.tensor
    if not is_passed_on and any(part.tensor_dimension for part in properties_in(made)):
        text = f"{selection.name}: found a tensor where a number is meant"
        raise InvalidValue(Problem(selection.mark, text, "a number, or an expression"))


def issue_problem(issue: Issue, selection: Selection) -> Problem:
    """An issue of a plugin at the place of the parameter that it is about, or at the name of the plugin."""
    body = selection.body
    node = body.value.get(issue.parameter) if body is not None and isinstance(body.value, dict) else None
    mark = selection.mark if node is None else node.mark
    return Problem(mark, f"{selection.name}: {issue.text}", issue.cure, warning=not issue.is_mistake)


def readable(cls: type[Declared], selection: Selection, reader: Any) -> dict[str, Any]:
    """The parameters that can be read, where some cannot; for checks that do not need the others."""
    try:
        given = given_values(cls, selection, reader.scope)
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


def given_values(cls: type[Declared], selection: Selection, scope: Scope) -> dict[str, Node]:
    """What is given for each parameter, the shorthand spelled out."""
    body = selection.body
    if body is None or plain(body) is None:
        return {}
    if isinstance(body.value, dict) and not _is_shorthand(cls, body.value, scope):
        return dict(body.value)
    if cls.shorthand:
        return {cls.shorthand: body}
    expected = _listed(cls.declarations())
    raise InvalidValue(Problem(body.mark, f"{selection.name} is given {kind_of(body)}", f"a mapping with {expected}"))


def _is_shorthand(cls: type[Declared], body: dict[str, Node], scope: Scope) -> bool:
    """Whether a mapping is the value of the shorthand, such as the property in {dirichlet: {table: ...}}."""
    declared = next((each for each in cls.declarations() if each.name == cls.shorthand), None)
    return declared is not None and type_of(declared.annotation).is_value(list(body), declared, cls, scope)


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
    """One error of pydantic in the words of a case, at the place of its value."""
    loc = detail["loc"]
    name = str(loc[0]) if loc else ""
    node = values.get(name)
    if detail["type"] == "missing" and len(loc) == 1:
        declared = next(each for each in cls.declarations() if each.name == name)
        return Problem(selection.mark, f"{selection.name} lacks {name}", _described(declared))
    if detail["type"] == "extra_forbidden" and len(loc) == 1 and isinstance(node, Node):
        names = [each.name for each in cls.declarations()]
        if KEYS.get(name) in names:
            return unknown("key", name, node.key_mark or node.mark, names)
        message = f"{selection.name} has no parameter {quote(name)}"
        return Problem(node.key_mark or node.mark, message, _listed(cls.declarations()), nearest(name, names))
    mark = locate(node, loc[1:]) if isinstance(node, Node) else selection.mark
    message = detail["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return Problem(mark, f"{name}: {message}" if name else f"{selection.name}: {message}")


def _described(declared: Declaration) -> str:
    """What a parameter is, for the `expected` of a message."""
    unit = "" if not declared.unit or "{" in declared.unit else f" [{declared.unit}]"
    return f"{declared.name}{unit}: {declared.meaning}" if declared.meaning else f"{declared.name}{unit}"
