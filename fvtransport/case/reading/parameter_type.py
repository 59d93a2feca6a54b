"""What a type of parameter does: read a value of a case, give its JSON schema, say it in words, write it out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from ...errors import Problem
from ...model.handles import Field
from ...model.parameters import Declaration, Declared
from ..text.problems import InvalidValue, kind_of
from ..text.yaml_tree import Node, Scalar
from .scope import Scope
from .selection import Selection

__all__ = ["ParameterType", "Schema", "TypeOf", "ValueReader", "text_of"]

Schema = dict[str, Any]


class ValueReader(Protocol):
    """The place of a value in a case: names, units of the place-holders of declared units, position alone or not."""

    @property
    def scope(self) -> Scope: ...

    @property
    def units(self) -> Mapping[str, str]: ...

    @property
    def position_only(self) -> bool: ...

    def at_field(self, of: Field) -> ValueReader:
        """The place of a value of a field."""
        ...

    def at_position(self) -> ValueReader:
        """The same place where neither fields nor time are known."""
        ...

    def inside(self, declared: Declaration) -> ValueReader:
        """The place of the parameters of a property that is the value of a parameter."""
        ...

    def build(self, cls: type[Declared], selection: Selection) -> Any:
        """An instance made from what is chosen; raises InvalidValue."""
        ...


class ParameterType:
    """A type of parameter; `annotation` is what declares it, `values` are the classes of its values.

    A type with parts of its own (a list, a mapping) defines `of` and makes them with the function that it is given.
    """

    annotation: ClassVar[Any] = None
    values: ClassVar[tuple[type, ...]] = ()

    @classmethod
    def of(cls, annotation: Any, type_of: TypeOf) -> ParameterType | None:
        """The type of an annotation; None where the annotation declares another one."""
        return cls() if annotation is cls.annotation else None

    def read(self, node: Node, declared: Declaration, reader: ValueReader) -> Any:
        """The value of a node of the case; raises InvalidValue with marked problems."""
        raise NotImplementedError

    def schema(self, declared: Declaration) -> Schema:
        """The JSON schema of what `read` accepts, as far as the structure of the text shows."""
        raise NotImplementedError

    def describe(self) -> str:
        """The type in words."""
        raise NotImplementedError

    def dump(self, value: Any) -> Any:
        """A value as plain data that `read` reads back to the same."""
        raise NotImplementedError

    def accepts(self, value: Any) -> bool:
        """Whether a value is of this type."""
        return isinstance(value, self.values)

    def is_value(self, names: list[str], declared: Declaration, cls: type[Declared], scope: Scope) -> bool:
        """Whether a mapping with these names is a value of the declared shorthand rather than the parameters of cls."""
        return False


TypeOf = Callable[[Any], ParameterType]


def text_of(node: Node, declared: Declaration) -> str:
    """Any single value as text: `NO`, `Y` and `1` too."""
    if isinstance(node.value, Scalar) and node.value.text:
        return node.value.text
    raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", "text"))
