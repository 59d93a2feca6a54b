"""Types with declared parameters of their own: properties, other plugins chosen by name, blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from ...errors import Problem
from ...model.elementary import Constant, Expression
from ...model.naming import name_of
from ...model.parameters import Declaration, Declared
from ...model.property import Property
from ...model.registry import KINDS
from ..text.problems import InvalidValue
from ..text.units import looks_like_quantity
from ..text.yaml_tree import Node, Scalar, plain
from .formula_types import read_formula
from .parameter_type import ParameterType, Schema, TypeOf, ValueReader
from .plain_types import in_range, read_number
from .schema_parts import FORMULA_SCHEMA, numeric, reference_to
from .scope import Scope
from .selection import Selection, find, select

__all__ = ["DeclaredBlock", "PluginChoice", "PropertyValue"]

_PROPERTY = "property"


@dataclass(frozen=True)
class PropertyValue(ParameterType):
    """A property: a number or quantity is constant, other text an expression, a mapping names its plugin."""

    type_of: TypeOf

    values = (Property,)

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        return cls(type_of) if _is_subclass(annotation, Property) else None

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Property:
        value, scope = plain(node), reader.scope
        if isinstance(node.value, Scalar) and value is not None:
            if not isinstance(value, str) or looks_like_quantity(value):
                return Constant(value=read_number(node, declared, reader))
            if not _names_property(value, scope):
                formula = read_formula(node, declared, reader)
                if formula.constant is None:
                    return Expression(formula=formula)
                return Constant(value=in_range(formula.constant, node, declared))
        return self._chosen(node, declared, reader)

    def _chosen(self, node: Node, declared: Declaration, reader: ValueReader) -> Property:
        """The property of a plugin that is named."""
        if rows := _rows_of(node):
            whole = next((f"{{{name}: {rows}}}" for name in _given_by_rows(reader.scope)), "one value")
            raise InvalidValue(Problem(node.mark, f"{declared.name} is a list of rows", whole))
        selection = select(node, f"a property for {declared.name}")
        entry = find(_PROPERTY, selection, reader.scope)
        if entry.cls.needs_time and (reader.position_only or reader.scope.is_steady):
            message = f"{declared.name} cannot depend on t" if reader.position_only else "a steady case has no time"
            raise InvalidValue(Problem(selection.mark, message, "a value, or an expression of position"))
        made = reader.inside(declared).build(entry.cls, selection)
        if made.constant is not None:
            in_range(made.constant, node, declared)
        return made

    def schema(self, declared: Declaration) -> Schema:
        return {"anyOf": [numeric(declared, "number"), FORMULA_SCHEMA, reference_to(_PROPERTY)]}

    def describe(self) -> str:
        return "property"

    def dump(self, value: Property) -> Any:
        parameters = DeclaredBlock.of_class(type(value), self.type_of).dump(value)
        if isinstance(value, (Constant, Expression)):
            return parameters[value.shorthand]
        return {name_of(type(value)): parameters}

    def is_value(self, names: list[str], declared: Declaration, cls: type[Declared], scope: Scope) -> bool:
        return len(names) == 1 and names[0] not in cls.model_fields and scope.registry.has(_PROPERTY, names[0])


def _rows_of(node: Node) -> str:
    """A list of lists of numbers or texts as a case has it; '' for anything else."""
    rows = plain(node)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) for row in rows):
        return ""
    return f"[{', '.join('[' + ', '.join(map(str, row)) + ']' for row in rows)}]"


def _given_by_rows(scope: Scope) -> Iterable[str]:
    """Names of the properties whose one parameter, given alone, is a list of rows."""
    for entry in scope.registry.importable(_PROPERTY):
        annotation = next(
            (each.annotation for each in entry.cls.declarations() if each.name == entry.cls.shorthand), None
        )
        if get_origin(annotation) is tuple and get_origin(get_args(annotation)[0]) is tuple:
            yield entry.name


def _names_property(name: str, scope: Scope) -> bool:
    """Whether a text names a property; packages are searched for a name that can be nothing else."""
    search = name.isidentifier() and name not in scope.parameters
    return name not in scope.variables() and scope.registry.has(_PROPERTY, name, search)


@dataclass(frozen=True)
class PluginChoice(ParameterType):
    """A plugin of a kind, such as a bulk flow: `name` or `{name: parameters}`."""

    kind: str
    interface: type[Declared]
    type_of: TypeOf

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        for kind, interface in KINDS.items():
            if _is_subclass(annotation, interface):
                return cls(kind, interface, type_of)
        return None

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Declared:
        selection = select(node, f"a kind of {declared.name}")
        return reader.build(find(self.kind, selection, reader.scope).cls, selection)

    def schema(self, declared: Declaration) -> Schema:
        return reference_to(self.kind)

    def describe(self) -> str:
        return self.interface.__name__.lower()

    def dump(self, value: Declared) -> Any:
        parameters = DeclaredBlock.of_class(type(value), self.type_of).dump(value)
        return {name_of(type(value)): parameters} if parameters else name_of(type(value))

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.interface)


@dataclass(frozen=True)
class DeclaredBlock(ParameterType):
    """A block of declared parameters, or the value of its shorthand alone."""

    cls: type[Declared]
    members: tuple[tuple[Declaration, ParameterType], ...]

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        return cls.of_class(annotation, type_of) if _is_subclass(annotation, Declared) else None

    @classmethod
    def of_class(cls, declared: type[Declared], type_of: TypeOf) -> DeclaredBlock:
        """The parameters of a plugin or block, each with its type."""
        return cls(declared, tuple((each, type_of(each.annotation)) for each in declared.declarations()))

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Declared:
        return reader.build(self.cls, Selection(declared.name, node.key_mark or node.mark, node))

    def schema(self, declared: Declaration) -> Schema:
        return self.body_schema()

    def body_schema(self, required: bool = True) -> Schema:
        """What is given below the name of a block; required: whether every parameter without a default is needed."""
        whole = self.parameters_schema(required)
        options = [whole]
        options += [described(*member) for member in self.members if member[0].name == self.cls.shorthand]
        if not (required and self.required):
            options.append({"type": "null"})
        summary = (self.cls.__doc__ or "").strip().partition("\n")[0]
        return {"description": summary, **(whole if len(options) == 1 else {"anyOf": options})}

    def parameters_schema(self, required: bool = True) -> Schema:
        """The parameters as a mapping."""
        return {
            "type": "object",
            "additionalProperties": False,
            "required": self.required if required else [],
            "properties": {member[0].name: described(*member) for member in self.members},
        }

    @property
    def required(self) -> list[str]:
        """Names of the parameters without a default."""
        return [declared.name for declared, _ in self.members if declared.required]

    def describe(self) -> str:
        return self.cls.__name__.lower()

    def dump(self, value: Declared) -> dict[str, Any]:
        values: Iterable[tuple[str, ParameterType, Any]] = (
            (declared.name, kind, getattr(value, declared.name)) for declared, kind in self.members
        )
        return {name: kind.dump(each) for name, kind, each in values if each is not None}

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.cls)


def described(declared: Declaration, kind: ParameterType) -> Schema:
    """The schema of one declared parameter, with its meaning and unit for whoever fills it in."""
    unit = f" [{declared.unit}]" if declared.unit else ""
    return {"description": f"{declared.meaning}{unit}", **kind.schema(declared)}


def _is_subclass(annotation: Any, of: type) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, of)
