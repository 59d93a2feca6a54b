"""Types of expressions: a formula of handles, and a condition on position."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ...errors import Problem
from ...model.formula import Formula, Inside
from ...model.handles import TIME
from ...model.parameters import Declaration
from ..text.problems import InvalidValue, part_of
from ..text.yaml_tree import Node, Scalar
from .parameter_type import ParameterType, Schema, ValueReader, text_of
from .schema_parts import TEXT_SCHEMA
from .scope import compiled, identifiers

__all__ = ["FormulaText", "InsideText", "read_formula"]


class FormulaText(ParameterType):
    """An expression of fields, parameters, position and time."""

    annotation = Formula
    values = (Formula,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Formula:
        return read_formula(node, declared, reader)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "formula"

    def dump(self, value: Formula) -> str:
        return value.text


class InsideText(ParameterType):
    """A condition on position, 1 where it is true and 0 elsewhere."""

    annotation = Inside
    values = (Formula,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Formula:
        text = text_of(node, declared)
        mark = replace(node.mark, column=node.mark.column - len("where("))
        wrapped = replace(node, value=Scalar(f"where({text}, 1.0, 0.0)", False), mark=mark)
        return replace(read_formula(wrapped, declared, reader.at_position()), text=text)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "inside"

    def dump(self, value: Formula) -> str:
        return value.text


def read_formula(node: Node, declared: Declaration, reader: ValueReader) -> Formula:
    """An expression with the handles that it names; raises InvalidValue."""
    text, scope = text_of(node, declared), reader.scope
    variables = scope.variables()
    if reader.position_only:
        allowed = "a value, or an expression of parameters and position x, y, z"
        elsewhere = variables.keys() - scope.positions().keys()
        _refuse(node, f"{declared.name} cannot depend on", elsewhere, allowed)
        variables = scope.positions()
    elif scope.is_steady:
        _refuse(node, "a steady case has no time", {TIME.name}, "an expression of fields and position")
    if scope.names is None and not reader.position_only:
        variables |= {name: TIME for name, _ in identifiers(text) if name not in scope.parameters}
    expression = compiled(node, list(variables), scope)
    handles = tuple(variables[name] for name in expression.arguments)
    return Formula(text, expression.function, handles, tuple(sorted(expression.constants.items())))


def _refuse(node: Node, message: str, names: Collection[str], allowed: str) -> None:
    """Complain about names that mean something, but not here."""
    for name, start in identifiers(node.value.text):
        if name in names:
            raise InvalidValue(Problem(part_of(node, start, len(name)), f"{message} {name}", allowed))
