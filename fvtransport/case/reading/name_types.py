"""Types of names that mean something in a case: fields, balances, boundaries, regions, variables."""

from __future__ import annotations

from ...errors import Problem
from ...model.handles import TIME, Balance, BoundaryName, Field, Handle, InterfaceName, RegionName
from ...model.parameters import Declaration
from ..text.problems import InvalidValue, unknown
from ..text.yaml_tree import Node
from .parameter_type import ParameterType, Schema, ValueReader, text_of
from .schema_parts import TEXT_SCHEMA

__all__ = ["BalanceName", "BoundaryNamed", "FieldName", "InterfaceNamed", "RegionNamed", "VariableHandle"]


class FieldName(ParameterType):
    """A field of the mixture, solved for or not."""

    annotation = Field
    values = (Field,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Field:
        return reader.scope.field(text_of(node, declared), node.mark)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "field"

    def dump(self, value: Field) -> str:
        return value.name


class BalanceName(ParameterType):
    """A balance, by its own name or by that of its field."""

    annotation = Balance
    values = (Balance,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Balance:
        return reader.scope.balance(text_of(node, declared), node.mark)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "balance"

    def dump(self, value: Balance) -> str:
        return value.name


class BoundaryNamed(ParameterType):
    """A boundary of the mesh."""

    annotation = BoundaryName
    values = (str,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> str:
        return reader.scope.boundary(text_of(node, declared), node.mark)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "boundaryname"

    def dump(self, value: str) -> str:
        return value


class RegionNamed(ParameterType):
    """A region of the mesh."""

    annotation = RegionName
    values = (str,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> str:
        return reader.scope.region(text_of(node, declared), node.mark)

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "regionname"

    def dump(self, value: str) -> str:
        return value


class InterfaceNamed(ParameterType):
    """An interface of the mesh, `left-right` by the names of its regions."""

    annotation = InterfaceName
    values = (str,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> str:
        name = text_of(node, declared)
        reader.scope.interface(name, node.mark)
        return name

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "interfacename"

    def dump(self, value: str) -> str:
        return value


class VariableHandle(ParameterType):
    """A field, a coordinate or the time, by its name."""

    annotation = Handle
    values = (Handle,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Handle:
        name, scope = text_of(node, declared), reader.scope
        variables = scope.positions() if reader.position_only else scope.variables()
        if name == TIME.name and scope.is_steady:
            raise InvalidValue(Problem(node.mark, "a steady case has no time", "a field or a coordinate"))
        if name in variables:
            return variables[name]
        raise InvalidValue() if scope.names is None else InvalidValue(unknown("variable", name, node.mark, variables))

    def schema(self, declared: Declaration) -> Schema:
        return TEXT_SCHEMA

    def describe(self) -> str:
        return "handle"

    def dump(self, value: Handle) -> str:
        return value.name
