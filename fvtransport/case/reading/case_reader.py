"""The validation context of a plugin: values of a case read as the declared types of its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ...model.handles import Balance, Field
from ...model.parameters import Declaration, Declared
from ..text.problems import InvalidValue
from ..text.yaml_tree import Node
from .make_plugin import build
from .name_types import BalanceName, FieldName
from .scope import Scope
from .selection import Selection
from .type_table import is_property, type_of
from .unit_placeholders import filled

__all__ = ["CaseReader"]

D = TypeVar("D", bound=Declared)


@dataclass(frozen=True)
class CaseReader:
    """Reads marked values as declared types; other values are left alone.

    units fills the place-holders of declared units ("{field}", "{flux}", "{source}", "{property}"); a unit whose
    place-holder is not known is not checked. position_only refuses fields and time in expressions.
    """

    scope: Scope
    units: Mapping[str, str] = field(default_factory=dict)
    position_only: bool = False

    def read(self, value: Any, declaration: Declaration) -> Any:
        """The value in its declared type; raises InvalidValue, a ValueError, with marked problems."""
        return type_of(declaration.annotation).read(value, declaration, self) if isinstance(value, Node) else value

    def build(self, cls: type[D], selection: Selection) -> D:
        """An instance made from what is chosen; raises InvalidValue."""
        return build(cls, selection, self)

    def at_field(self, of: Field) -> CaseReader:
        """A reader for values of a field, and for fluxes and sources of its balance where it has one."""
        units = {"field": of.unit}
        for balance in self.scope.names.balances.values() if self.scope.names else ():
            if balance.field is of:
                content = f"{balance.amount_unit}/m^3"
                units |= {"flux": balance.flux_unit, "source": f"{content}/s", "content": content}
        return replace(self, units={**self.units, **units})

    def at_position(self) -> CaseReader:
        """A reader that refuses fields and time in expressions."""
        return replace(self, position_only=True)

    def inside(self, declared: Declaration) -> CaseReader:
        """A reader for the parameters of a property that is the value of a declared parameter."""
        units = {name: unit for name, unit in self.units.items() if name != "property"}
        unit = filled(declared.unit, self.units)
        return replace(self, units=units if unit is None else {**units, "property": unit})

    def beside(self, cls: type[Declared], values: Mapping[str, Any]) -> CaseReader:
        """A reader for a plugin in which parameters say which balance, field or unit the others belong to."""
        owned = self._beside_owner(cls, values)
        if cls.place_units.__func__ is Declared.place_units.__func__:
            return owned
        given = {each.name: each.default for each in cls.declarations() if not each.required}
        for declared in cls.declarations():
            node = values.get(declared.name)
            if isinstance(node, Node) and not is_property(declared):
                try:
                    given[declared.name] = self.read(node, declared)
                except InvalidValue:
                    given.pop(declared.name, None)
        return replace(owned, units={**owned.units, **cls.place_units(given)})

    def _beside_owner(self, cls: type[Declared], values: Mapping[str, Any]) -> CaseReader:
        for declared in cls.declarations():
            node = values.get(declared.name)
            if isinstance(node, Node) and isinstance(type_of(declared.annotation), (FieldName, BalanceName)):
                try:
                    owner = self.read(node, declared)
                except InvalidValue:
                    return self
                return self.at_field(owner.field if isinstance(owner, Balance) else owner)
        return self
