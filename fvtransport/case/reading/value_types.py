"""Values of the case file read as the declared type of a parameter, with units, ranges and names checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from ...errors import Problem
from ...model.formula import Formula, Inside
from ...model.handles import TIME, Balance, BoundaryName, Field, Handle, RegionName
from ...model.mixture import BulkFlow
from ...model.parameters import Declaration, Declared
from ...model.property import Property
from ...model.state import State
from ..text.problems import InvalidValue, kind_of, part_of, unknown
from ..text.units import UnitError, looks_like_quantity
from ..text.yaml_tree import Node, Scalar, as_bool, plain
from .make_plugin import Selection, build, find, select
from .scope import Scope, compiled, identifiers
from .unit_placeholders import filled, in_own_unit, out_of_range

__all__ = ["Reader"]


@dataclass(frozen=True)
class Reader:
    """The validation context of a plugin: reads marked values as declared types, other values are left alone.

    units fills the place-holders of declared units ("{field}", "{flux}", "{source}", "{property}"); a unit whose
    place-holder is not known is not checked. position_only refuses fields and time in expressions.
    """

    scope: Scope
    units: Mapping[str, str] = field(default_factory=dict)
    position_only: bool = False

    def read(self, value: Any, declaration: Declaration) -> Any:
        """The value in its declared type; raises Unreadable, a ValueError, with marked problems."""
        return self._typed(value, declaration.annotation, declaration) if isinstance(value, Node) else value

    def at_field(self, of: Field) -> Reader:
        """A reader for values of a field, and for fluxes and sources of its balance where it has one."""
        units = {"field": of.unit}
        for balance in self.scope.names.balances.values() if self.scope.names else ():
            if balance.field is of:
                content = f"{balance.amount_unit}/m^3"
                units |= {"flux": balance.flux_unit, "source": f"{content}/s", "content": content}
        return replace(self, units={**self.units, **units})

    def beside(self, cls: type[Declared], values: Mapping[str, Any]) -> Reader:
        """A reader for a plugin in which parameters say which balance, field or unit the others belong to."""
        owned = self._beside_owner(cls, values)
        if cls.place_units.__func__ is Declared.place_units.__func__:
            return owned
        given = {each.name: each.default for each in cls.declarations() if not each.required}
        for declared in cls.declarations():
            node, annotation = values.get(declared.name), declared.annotation
            if isinstance(node, Node) and not (isinstance(annotation, type) and issubclass(annotation, Property)):
                try:
                    given[declared.name] = self.read(node, declared)
                except InvalidValue:
                    given.pop(declared.name, None)
        return replace(owned, units={**owned.units, **cls.place_units(given)})

    def _beside_owner(self, cls: type[Declared], values: Mapping[str, Any]) -> Reader:
        for declared in cls.declarations():
            node = values.get(declared.name)
            if declared.annotation in (Balance, Field) and isinstance(node, Node):
                try:
                    owner = self.read(node, declared)
                except InvalidValue:
                    return self
                return self.at_field(owner.field if isinstance(owner, Balance) else owner)
        return self

    def _typed(self, node: Node, annotation: Any, declared: Declaration) -> Any:
        origin = get_origin(annotation)
        if origin in (Union, UnionType):
            return self._union(node, get_args(annotation), declared)
        if origin is Literal:
            return self._option(node, get_args(annotation), declared)
        if origin in (tuple, list):
            return origin(self._sequence(node, origin, get_args(annotation), declared))
        if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(node, *get_args(annotation), declared)
        if annotation in _BY_TYPE:
            return _BY_TYPE[annotation](self, node, declared)
        if isinstance(annotation, type) and issubclass(annotation, Property):
            return self.property(node, declared)
        if isinstance(annotation, type) and issubclass(annotation, BulkFlow):
            selection = select(node, f"a kind of {declared.name}")
            return build(find("bulk_flow", selection, self.scope).cls, selection, self)
        if isinstance(annotation, type) and issubclass(annotation, Declared):
            return build(annotation, Selection(declared.name, node.key_mark or node.mark, node), self)
        return plain(node)

    def _union(self, node: Node, arms: tuple[Any, ...], declared: Declaration) -> Any:
        if NoneType in arms and plain(node) is None:
            return None
        failures: list[InvalidValue] = []
        for arm in arms:
            if arm is not NoneType:
                try:
                    return self._typed(node, arm, declared)
                except InvalidValue as error:
                    failures.append(error)
        raise failures[0]

    def _option(self, node: Node, options: tuple[Any, ...], declared: Declaration) -> Any:
        text = self.text(node, declared)
        for option in options:
            if text == str(option):
                return option
        raise InvalidValue(unknown(declared.name, text, node.mark, map(str, options)))

    def _sequence(self, node: Node, origin: type, arms: tuple[Any, ...], declared: Declaration) -> list[Any]:
        fixed = len(arms) if origin is tuple and Ellipsis not in arms else None
        items = node.value if isinstance(node.value, list) else [node]
        if items == [node] and (fixed is not None or isinstance(node.value, dict)):
            raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", "a list [...]"))
        if fixed is not None and len(items) != fixed:
            raise InvalidValue(Problem(node.mark, f"{declared.name} has {len(items)} entries", f"{fixed} entries"))
        types = arms if fixed is not None else (arms[0],) * len(items)
        return _all(lambda pair: self._typed(*pair, declared), zip(items, types))

    def _mapping(self, node: Node, key_type: Any, value_type: Any, declared: Declaration) -> dict[Any, Any]:
        """A mapping whose keys are text or solved fields; values of a field are in its unit and range."""
        if not isinstance(node.value, dict):
            raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", "a mapping {name: value}"))

        def entry(item: tuple[str, Node]) -> tuple[Any, Any]:
            name, child = item
            if key_type is RegionName:
                self.scope.region(name, child.key_mark)
            if key_type is not Field:
                return name, self._typed(child, value_type, declared)
            of = self.scope.solved(name, child.key_mark, declared.name)
            value = self.at_field(of)._typed(child, value_type, replace(declared, name=name, unit="{field}"))
            if value_type is float and (complaint := out_of_range(of, value)):
                raise InvalidValue(Problem(child.mark, complaint))
            return of, value

        return dict(_all(entry, node.value.items()))

    def text(self, node: Node, declared: Declaration) -> str:
        """Any single value as text: `NO`, `Y` and `1` too."""
        if isinstance(node.value, Scalar) and node.value.text:
            return node.value.text
        raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", "text"))

    def number(self, node: Node, declared: Declaration) -> float:
        """A number: bare, with a unit, or an expression of parameters; checked against the declared range."""
        value = plain(node)
        unit = filled(declared.unit, self.units)
        if value is None or not isinstance(node.value, Scalar):
            expected = f"a number in {unit}" if unit else "a number"
            raise InvalidValue(Problem(node.mark, f"{declared.name} is {kind_of(node)}", expected))
        if isinstance(value, str) and not looks_like_quantity(value):
            number = compiled(node, [], self.scope).constant
        else:
            number = self._quantity(node, value, unit)
        complaint = declared.complaint(number)
        if complaint:
            raise InvalidValue(Problem(node.mark, complaint))
        return number

    def property(self, node: Node, declared: Declaration) -> Property:
        """A property: a number or quantity is constant, other text an expression, a mapping names its plugin."""
        value = plain(node)
        if isinstance(node.value, Scalar) and value is not None:
            if not isinstance(value, str) or looks_like_quantity(value):
                return self._plugin("constant", self.number(node, declared))
            if not self._is_property(value):
                formula = self.formula(node, declared)
                if formula.constant is None:
                    return self._plugin("expression", formula)
                return self._plugin("constant", self._in_range(formula.constant, node, declared))
        selection = select(node, f"a property for {declared.name}")
        entry = find("property", selection, self.scope)
        if entry.cls.needs_time and (self.position_only or self.scope.is_steady):
            message = f"{declared.name} cannot hang on t" if self.position_only else "a steady case has no time"
            raise InvalidValue(Problem(selection.mark, message, "a value, or an expression of position"))
        made = build(entry.cls, selection, self._inside(declared))
        if made.constant is not None:
            self._in_range(made.constant, node, declared)
        return made

    def _is_property(self, name: str) -> bool:
        """Whether a text names a property; packages are searched for what can be nothing else."""
        search = name.isidentifier() and name not in self.scope.parameters
        return name not in self.scope.variables() and self.scope.registry.has("property", name, search)

    def formula(self, node: Node, declared: Declaration) -> Formula:
        """An expression with the handles it names."""
        text = self.text(node, declared)
        variables = self.scope.variables()
        if self.position_only:
            allowed = "a value, or an expression of parameters and position x, y, z"
            self._refuse(
                node, f"{declared.name} cannot hang on", variables.keys() - self.scope.positions().keys(), allowed
            )
            variables = self.scope.positions()
        elif self.scope.is_steady:
            self._refuse(node, "a steady case has no time", {TIME.name}, "an expression of fields and position")
        if self.scope.names is None and not self.position_only:
            variables |= {name: TIME for name, _ in identifiers(text) if name not in self.scope.parameters}
        expression = compiled(node, list(variables), self.scope)
        return Formula(text, expression.function, tuple(variables[name] for name in expression.arguments))

    def variable(self, node: Node, declared: Declaration) -> Handle:
        """A field, a coordinate or the time, by its name."""
        name = self.text(node, declared)
        variables = self.scope.positions() if self.position_only else self.scope.variables()
        if name == TIME.name and self.scope.is_steady:
            raise InvalidValue(Problem(node.mark, "a steady case has no time", "a field or a coordinate"))
        if name in variables:
            return variables[name]
        raise (
            InvalidValue()
            if self.scope.names is None
            else InvalidValue(unknown("variable", name, node.mark, variables))
        )

    def inside(self, node: Node, declared: Declaration) -> Formula:
        """A condition on position, 1 where it holds and 0 elsewhere."""
        wrapped = f"where({self.text(node, declared)}, 1.0, 0.0)"
        mark = replace(node.mark, column=node.mark.column - len("where("))
        made = replace(self, position_only=True).formula(
            replace(node, value=Scalar(wrapped, False), mark=mark), declared
        )
        return replace(made, text=self.text(node, declared))

    def _inside(self, declared: Declaration) -> Reader:
        """A reader for the parameters of a property that stands for a declared parameter."""
        units = {name: unit for name, unit in self.units.items() if name != "property"}
        unit = filled(declared.unit, self.units)
        return replace(self, units=units if unit is None else {**units, "property": unit})

    def _refuse(self, node: Node, message: str, names: Collection[str], allowed: str) -> None:
        """Complain about names that mean something, but not here."""
        for name, start in identifiers(node.value.text):
            if name in names:
                raise InvalidValue(Problem(part_of(node, start, len(name)), f"{message} {name}", allowed))

    def _plugin(self, name: str, value: Any) -> Property:
        cls = self.scope.registry.get("property", name).cls
        return cls.model_validate({cls.shorthand: value})

    def _quantity(self, node: Node, value: float | str, unit: str | None) -> float:
        units = self.scope.units
        try:
            return (
                in_own_unit(value, units)
                if unit is None and isinstance(value, str)
                else units.number(value, unit or "")
            )
        except UnitError as error:
            raise InvalidValue(Problem(node.mark, str(error))) from None

    def _in_range(self, number: float, node: Node, declared: Declaration) -> float:
        if complaint := declared.complaint(number):
            raise InvalidValue(Problem(node.mark, complaint))
        return number

    def _whole(self, node: Node, declared: Declaration) -> int:
        number = self.number(node, replace(declared, minimum=None, above=None, maximum=None))
        if number != int(number):
            raise InvalidValue(Problem(node.mark, f"{declared.name} = {number:g} is not a whole number"))
        return int(self._in_range(number, node, declared))

    def _truth(self, node: Node, declared: Declaration) -> bool:
        try:
            return as_bool(self.text(node, declared))
        except InvalidValue:
            raise
        except ValueError as error:
            raise InvalidValue(Problem(node.mark, str(error))) from None

    def _state(self, node: Node, declared: Declaration) -> State:
        values = self._mapping(node, Field, float, declared)
        missing = [each.name for each in self.scope.names.solved if each not in values] if self.scope.names else []
        if missing:
            message = f"{declared.name} lacks {', '.join(missing)}"
            raise InvalidValue(
                Problem(node.key_mark or node.mark, message, "a value for every field that is solved for")
            )
        return State(tuple(values.items()))


_BY_TYPE: Mapping[Any, Callable[[Reader, Node, Declaration], Any]] = {
    float: Reader.number,
    int: Reader._whole,
    bool: Reader._truth,
    str: Reader.text,
    Formula: Reader.formula,
    State: Reader._state,
    Field: lambda self, node, declared: self.scope.field(self.text(node, declared), node.mark),
    Balance: lambda self, node, declared: self.scope.balance(self.text(node, declared), node.mark),
    Inside: Reader.inside,
    Handle: Reader.variable,
    BoundaryName: lambda self, node, declared: self.scope.boundary(self.text(node, declared), node.mark),
    RegionName: lambda self, node, declared: self.scope.region(self.text(node, declared), node.mark),
}


def _all(read: Callable[[Any], Any], items: Any) -> list[Any]:
    """Every item read; raises Unreadable with the problems of all."""
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
