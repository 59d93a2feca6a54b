"""Types of single values: numbers, yes or no, text, options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NewType, get_args, get_origin

from ...errors import Problem
from ...model.parameters import Declaration
from ..text.problems import InvalidValue, kind_of, unknown
from ..text.units import UnitError, looks_like_quantity
from ..text.yaml_tree import Node, Scalar, as_bool, plain
from .parameter_type import ParameterType, Schema, TypeOf, ValueReader, text_of
from .schema_parts import FORMULA_SCHEMA, TEXT_SCHEMA, TRUTH_SCHEMA, numeric
from .scope import compiled
from .unit_placeholders import filled, in_own_unit

__all__ = ["Number", "Option", "PlainValue", "Text", "WholeNumber", "YesNo", "in_range", "read_number"]


class Number(ParameterType):
    """A number: bare, with a unit, or an expression of parameters; checked against the declared range."""

    annotation = float
    values = (int, float)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> float:
        return read_number(node, declared, reader)

    def schema(self, declared: Declaration) -> Schema:
        return {"anyOf": [numeric(declared, "number"), FORMULA_SCHEMA]}

    def describe(self) -> str:
        return "number"

    def dump(self, value: float) -> float:
        return value


class WholeNumber(ParameterType):
    """A number without a fraction, in any of the forms of a number."""

    annotation = int
    values = (int,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> int:
        number = read_number(node, replace(declared, minimum=None, above=None, maximum=None, below=None), reader)
        if number != int(number):
            raise InvalidValue(Problem(node.mark, f"{declared.name} = {number:g} is not a whole number"))
        return int(in_range(number, node, declared))

    def schema(self, declared: Declaration) -> Schema:
        return {"anyOf": [numeric(declared, "integer"), FORMULA_SCHEMA]}

    def describe(self) -> str:
        return "whole number"

    def dump(self, value: int) -> int:
        return value


class YesNo(ParameterType):
    """True or false in the words of YAML."""

    annotation = bool
    values = (bool,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> bool:
        text = text_of(node, declared)
        try:
            return as_bool(text)
        except ValueError as error:
            raise InvalidValue(Problem(node.mark, str(error))) from None

    def schema(self, declared: Declaration) -> Schema:
        return TRUTH_SCHEMA

    def describe(self) -> str:
        return "yes or no"

    def dump(self, value: bool) -> bool:
        return value


class Text(ParameterType):
    """Any single value as text."""

    annotation = str
    values = (str,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> str:
        return text_of(node, declared)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "text"

    def dump(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Option(ParameterType):
    """One of a few words or numbers."""

    options: tuple[Any, ...]

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        return cls(get_args(annotation)) if get_origin(annotation) is Literal else None

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Any:
        text = text_of(node, declared)
        for option in self.options:
            if text == str(option):
                return option
        raise InvalidValue(unknown(declared.name, text, node.mark, map(str, self.options)))

    def schema(self, declared: Declaration) -> Schema:
        return {"enum": list(self.options)}

    def describe(self) -> str:
        return " or ".join(map(str, self.options))

    def dump(self, value: Any) -> Any:
        return value

    def accepts(self, value: Any) -> bool:
        return value in self.options


@dataclass(frozen=True)
class PlainValue(ParameterType):
    """Whatever has no type of its own: read as plain data, its class validates it."""

    name: str

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        return cls((annotation.__name__ if isinstance(annotation, (type, NewType)) else str(annotation)).lower())

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Any:
        return plain(node)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return self.name

    def dump(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {self.dump(key): self.dump(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.dump(each) for each in value]
        return value if isinstance(value, (bool, int, float, str)) or value is None else str(value)

    def accepts(self, value: Any) -> bool:
        return True


def read_number(node: Node, declared: Declaration, reader: ValueReader) -> float:
    """A number in the declared unit and range; raises InvalidValue."""
    value = plain(node)
    unit = filled(declared.unit, reader.units)
    if value is None or not isinstance(node.value, Scalar):
        expected = f"a number in {unit}" if unit else "a number"
        raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", expected))
    if isinstance(value, str) and not looks_like_quantity(value):
        number = compiled(node, [], reader.scope).constant
    else:
        number = _quantity(node, value, unit, reader)
    return in_range(number, node, declared)


def in_range(number: float, node: Node, declared: Declaration) -> float:
    """The number, once it is known to lie in the declared range; raises InvalidValue."""
    if message := declared.range_message(number):
        raise InvalidValue(Problem(node.mark, message))
    return number


def _quantity(node: Node, value: float | str, unit: str | None, reader: ValueReader) -> float:
    units = reader.scope.units
    try:
        if unit is None and isinstance(value, str):
            return in_own_unit(value, units)
        return units.number(value, unit or "")
    except UnitError as error:
        raise InvalidValue(Problem(node.mark, str(error))) from None
