"""The table of parameter types: a new type is one more class in it."""

from __future__ import annotations

from typing import Any

from ...model.parameters import Declaration, Declared
from .block_types import DeclaredBlock, PluginChoice, PropertyValue, described
from .container_types import Alternatives, MappingOf, Sequence, StateOf
from .formula_types import FormulaText, InsideText
from .name_types import BalanceName, BoundaryNamed, FieldName, InterfaceNamed, RegionNamed, VariableHandle
from .parameter_type import ParameterType, Schema
from .plain_types import Number, Option, PlainValue, Text, WholeNumber, YesNo

__all__ = ["TYPES", "block_of", "is_property", "schema_of", "type_of"]

TYPES: tuple[type[ParameterType], ...] = (
    Number,
    WholeNumber,
    YesNo,
    Text,
    Option,
    Alternatives,
    Sequence,
    MappingOf,
    FieldName,
    BalanceName,
    BoundaryNamed,
    InterfaceNamed,
    RegionNamed,
    VariableHandle,
    StateOf,
    FormulaText,
    InsideText,
    PropertyValue,
    PluginChoice,
    DeclaredBlock,
    PlainValue,
)
"""The first type that knows an annotation is taken."""


def type_of(annotation: Any) -> ParameterType:
    """The type that an annotation declares."""
    return next(found for cls in TYPES if (found := cls.of(annotation, type_of)) is not None)


def block_of(cls: type[Declared]) -> DeclaredBlock:
    """The parameters of a plugin or block, each with its type."""
    return DeclaredBlock.of_class(cls, type_of)


def schema_of(declared: Declaration) -> Schema:
    """The JSON schema of one declared parameter."""
    return described(declared, type_of(declared.annotation))


def is_property(declared: Declaration) -> bool:
    """Whether a parameter is a property."""
    return isinstance(type_of(declared.annotation), PropertyValue)
