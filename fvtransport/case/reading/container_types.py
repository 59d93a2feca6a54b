"""Types made of other types: lists, mappings, alternatives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from ...errors import Problem
from ...model.handles import Field
from ...model.parameters import Declaration, Declared
from ...model.state import State
from ..text.problems import InvalidValue, kind_of
from ..text.yaml_tree import Node, plain
from .name_types import FieldName, RegionNamed
from .parameter_type import ParameterType, Schema, TypeOf, ValueReader
from .plain_types import Number
from .schema_parts import NUMBER_SCHEMA
from .scope import Scope
from .unit_placeholders import out_of_range

__all__ = ["Alternatives", "MappingOf", "Sequence", "StateOf"]


@dataclass(frozen=True)
class Alternatives(ParameterType):
    """The first of several types that can read the value; nothing at all where it is optional."""

    arms: tuple[ParameterType, ...]
    optional: bool

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        if get_origin(annotation) not in (Union, UnionType):
            return None
        arms = get_args(annotation)
        return cls(tuple(type_of(arm) for arm in arms if arm is not NoneType), NoneType in arms)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Any:
        if self.optional and plain(node) is None:
            return None
        failures: list[InvalidValue] = []
        for arm in self.arms:
            try:
                return arm.read(node, declared, reader)
            except InvalidValue as error:
                failures.append(error)
        raise failures[0]

    def schema(self, declared: Declaration) -> Schema:
        null: list[Schema] = [{"type": "null"}] if self.optional else []
        return {"anyOf": [*(arm.schema(declared) for arm in self.arms), *null]}

    def describe(self) -> str:
        return " or ".join(arm.describe() for arm in self.arms)

    def dump(self, value: Any) -> Any:
        if value is None:
            return None
        return next((arm for arm in self.arms if arm.accepts(value)), self.arms[0]).dump(value)

    def accepts(self, value: Any) -> bool:
        return (value is None and self.optional) or any(arm.accepts(value) for arm in self.arms)


@dataclass(frozen=True)
class Sequence(ParameterType):
    """A list with a given type for each entry, or of any length with one type, whose only entry may be given alone."""

    origin: type
    items: tuple[ParameterType, ...]
    any_length: bool

    values = (list, tuple)

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        origin, arms = get_origin(annotation), get_args(annotation)
        if origin not in (tuple, list):
            return None
        return cls(origin, tuple(type_of(arm) for arm in arms if arm is not Ellipsis), origin is list or ... in arms)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Any:
        nodes = node.value if isinstance(node.value, list) else [node]
        count = None if self.any_length else len(self.items)
        if nodes == [node] and (count is not None or isinstance(node.value, dict)):
            raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", "a list [...]"))
        if count is not None and len(nodes) != count:
            raise InvalidValue(Problem(node.mark, f"{declared.name} has {len(nodes)} entries", f"{count} entries"))
        return self.origin(_all(lambda pair: pair[1].read(pair[0], declared, reader), self._pairs(nodes)))

    def schema(self, declared: Declaration) -> Schema:
        items = [item.schema(declared) for item in self.items]
        if self.any_length:
            return {"anyOf": [{"type": "array", "items": items[0]}, items[0]]}
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}

    def describe(self) -> str:
        of = ", ".join(item.describe() for item in self.items)
        return f"list of {of}" if self.any_length else f"{self.origin.__name__} of {of}"

    def dump(self, value: Any) -> list[Any]:
        return [item.dump(each) for each, item in self._pairs(value)]

    def _pairs(self, entries: Any) -> Iterable[tuple[Any, ParameterType]]:
        return zip(entries, self.items * len(entries) if self.any_length else self.items)


@dataclass(frozen=True)
class MappingOf(ParameterType):
    """A mapping whose keys are text, regions or solved fields; values of a field are in its unit and range."""

    key: ParameterType
    value: ParameterType

    values = (Mapping,)

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        origin = get_origin(annotation)
        if not (isinstance(origin, type) and issubclass(origin, Mapping)):
            return None
        key, value = get_args(annotation)
        return cls(type_of(key), type_of(value))

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> dict[Any, Any]:
        if not isinstance(node.value, dict):
            raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", "a mapping {name: value}"))
        return dict(_all(lambda item: self._entry(*item, declared, reader), node.value.items()))

    def _entry(self, name: str, node: Node, declared: Declaration, reader: ValueReader) -> tuple[Any, Any]:
        if isinstance(self.key, RegionNamed):
            reader.scope.region(name, node.key_mark)
        if not isinstance(self.key, FieldName):
            return name, self.value.read(node, declared, reader)
        of = reader.scope.solved(name, node.key_mark, declared.name)
        value = self.value.read(node, replace(declared, name=name, unit="{field}"), reader.at_field(of))
        if isinstance(self.value, Number) and (message := out_of_range(of, value)):
            raise InvalidValue(Problem(node.mark, message))
        return of, value

    def schema(self, declared: Declaration) -> Schema:
        of_fields = isinstance(self.key, FieldName) and isinstance(self.value, Number)
        return {"type": "object", "additionalProperties": NUMBER_SCHEMA if of_fields else self.value.schema(declared)}

    def describe(self) -> str:
        return f"Mapping of {self.key.describe()}, {self.value.describe()}"

    def dump(self, value: Mapping[Any, Any]) -> dict[Any, Any]:
        return {self.key.dump(key): self.value.dump(each) for key, each in value.items()}

    def is_value(self, names: list[str], declared: Declaration, cls: type[Declared], scope: Scope) -> bool:
        return not set(names) <= set(cls.model_fields)


class StateOf(ParameterType):
    """A value for every field that is solved for."""

    annotation = State
    values = (State,)

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> State:
        numbers: dict[Field, float] = MappingOf(FieldName(), Number()).read(node, declared, reader)
        names = reader.scope.names
        missing = [each.name for each in names.solved if each not in numbers] if names else []
        if missing:
            mark = node.key_mark or node.mark
            expected = "a value for every field that is solved for"
            raise InvalidValue(Problem(mark, f"{declared.name} lacks {', '.join(missing)}", expected))
        return State(tuple(numbers.items()))

    def schema(self, declared: Declaration) -> Schema:
        return {"type": "object", "additionalProperties": NUMBER_SCHEMA, "minProperties": 1}

    def describe(self) -> str:
        return "state"

    def dump(self, value: State) -> dict[str, float]:
        return {field.name: number for field, number in value.values}


def _all(read: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """Every item read; raises InvalidValue with the problems of all."""
    done, problems, failed = [], [], False
    for item in items:
        try:
            done.append(read(item))
        except InvalidValue as error:
            failed = True
            problems.extend(error.problems)
    if failed:
        raise InvalidValue(*problems)
    return done
