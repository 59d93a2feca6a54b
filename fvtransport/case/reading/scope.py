"""The meaning of the names of a case: parameters, fields, balances, boundaries, plugins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from ...errors import Mark, Problem
from ...mesh.spec import pairs_named
from ...model.handles import COORDINATES, TIME, Balance, Field, Handle
from ...model.mixture import BulkFlow, Mixture
from ...model.property import Property
from ...model.registry import Registry
from ..text.expression_syntax import ExpressionError
from ..text.expression_translator import JUMPS
from ..text.expressions import CompiledExpression, compile_expression
from ..text.problems import InvalidValue, part_of, unknown
from ..text.units import UnitSystem
from ..text.yaml_tree import Node

__all__ = ["POSITION", "Names", "Scope", "compiled", "identifiers"]

_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
POSITION: Mapping[str, Handle] = {handle.name: handle for handle in COORDINATES}


@dataclass(frozen=True)
class Names:
    """Fields and balances of a mixture by name; remarks say why a field is not solved for, cures what to change."""

    fields: Mapping[str, Field]
    balances: Mapping[str, Balance]
    solved: tuple[Field, ...]
    remarks: Mapping[str, str]
    cures: Mapping[str, str]

    @classmethod
    def of(cls, mixture: Mixture) -> Names:
        """Names of the fields that a mixture solves for, knows or closes."""
        balances = {balance.name: balance for balance in mixture.balances}
        solved = tuple(balance.field for balance in mixture.balances)
        remarks = {known.name: f"{known.name} is given by the mixture" for known in mixture.known()}
        flows = [
            each.name for each in mixture.declarations() if BulkFlow in (each.annotation, *get_args(each.annotation))
        ]
        select = " or ".join(f"a {name}" for name in ("mixture", *flows))
        cures = {known.name: f"remove it, or choose {select} that solves for {known.name}" for known in mixture.known()}
        for closure in mixture.closures:
            others = ", ".join(other.name for other, _ in closure.terms)
            remarks[closure.field.name] = f"{closure.field.name} follows from {others}"
        fields = [*solved, *mixture.known(), *(closure.field for closure in mixture.closures)]
        return cls(
            {each.name: each for each in fields},
            balances | {balance.field.name: balance for balance in mixture.balances},
            solved,
            remarks,
            cures,
        )


@dataclass(frozen=True)
class Scope:
    """Names as far as they are known: names and boundaries are None where their block could not be read.

    given has the text of the parameters, broken the names of those with a mistake; the registry is
    incomplete where a plugin file of the case could not be loaded.
    """

    units: UnitSystem
    registry: Registry
    registry_complete: bool = True
    parameters: Mapping[str, float] = field(default_factory=dict)
    given: Mapping[str, Node] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    names: Names | None = None
    boundaries: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    axes: tuple[str, ...] = ()
    is_steady: bool = False

    def field(self, name: str, mark: Mark) -> Field:
        """The field of that name, solved or not."""
        if self.names is None:
            raise InvalidValue
        if name not in self.names.fields:
            raise InvalidValue(unknown("field", name, mark, self.names.fields))
        return self.names.fields[name]

    def solved(self, name: str, mark: Mark, what: str) -> Field:
        """The field of that name if it is solved for; what (a condition, ...) is named in the message."""
        found = self.field(name, mark)
        if found in self.names.solved:
            return found
        options = f"one of {', '.join(each.name for each in self.names.solved)}"
        cure = self.names.cures.get(name, "")
        raise InvalidValue(
            Problem(
                mark, f"{name} takes no {what}: {self.names.remarks[name]}", f"{options}; {cure}" if cure else options
            )
        )

    def balance(self, name: str, mark: Mark) -> Balance:
        """The balance of that name, of a species or of a field."""
        if self.names is None:
            raise InvalidValue
        if name in self.names.balances:
            return self.names.balances[name]
        remark = next((why for of, why in self.names.remarks.items() if name in (of, of.partition("_")[2])), "")
        raise InvalidValue(unknown("balance", name, mark, self.names.balances, remark))

    def boundary(self, name: str, mark: Mark) -> str:
        """The name of a boundary of the mesh."""
        if self.boundaries is not None and name not in self.boundaries:
            raise InvalidValue(unknown("boundary", name, mark, self.boundaries))
        return name

    def region(self, name: str, mark: Mark) -> str:
        """The name of a region of the mesh."""
        if self.regions is not None and name not in self.regions:
            raise InvalidValue(unknown("region", name, mark, self.regions))
        return name

    def interface(self, name: str, mark: Mark) -> tuple[str, str]:
        """The two regions that an interface is named after, `left-right`."""
        if self.regions is None:
            raise InvalidValue
        found = pairs_named(self.regions, name)
        if len(found) > 1:
            meant = " or ".join(f"that of {left} and {right}" for left, right in found)
            raise InvalidValue(Problem(mark, f"{name} is ambiguous: {meant}", "names of regions without -"))
        if found:
            return found[0]
        pairs = [f"{left}-{right}" for i, left in enumerate(self.regions) for right in self.regions[i + 1 :]]
        if pairs:
            raise InvalidValue(unknown("interface", name, mark, pairs))
        raise InvalidValue(Problem(mark, f"the mesh has no two regions to name {name} after", "regions: under mesh:"))

    def positions(self) -> dict[str, Handle]:
        """Coordinates by name; on curved meshes the first is also r, the second z."""
        own = {name: handle for name, handle in zip(self.axes, COORDINATES) if name == "r" or self.axes[0] == "r"}
        return {**POSITION, **own}

    def variables(self) -> dict[str, Handle]:
        """What an expression may name besides parameters: fields first, then position and time."""
        fields = self.names.fields if self.names else {}
        return {**fields, **self.positions(), TIME.name: TIME}


def identifiers(text: str) -> list[tuple[str, int]]:
    """Names that occur in the text of an expression, and where each starts."""
    return [(match.group(), match.start()) for match in _NAME.finditer(text)]


def compiled(node: Node, names: list[str], scope: Scope) -> CompiledExpression:
    """The expression in a text; raises Unreadable with everything wrong in it."""
    text = node.value.text
    used = [name for name, _ in identifiers(text)]
    if scope.broken.intersection(used):
        raise InvalidValue
    constants = {name: scope.parameters[name] for name in used if name in scope.parameters}
    try:
        return compile_expression(text, names, constants)
    except ExpressionError:
        pass
    try:
        return compile_expression(text, names, scope.parameters)
    except ExpressionError as error:
        raise InvalidValue(*(_problem(each, node, scope.registry) for each in error.all)) from None


def _problem(error: ExpressionError, node: Node, registry: Registry) -> Problem:
    """A mistake in an expression; the name of a property plugin is not a function, but may replace the formula."""
    name = node.value.text[error.offset :][: error.length]
    expected = error.expected
    if expected and name in registry.names("property"):
        expected = f"the property {{{name}: parameters}} in place of a formula"
    elif expected == JUMPS:
        jumping = (each.name for each in registry if issubclass(each.cls, Property) and "jumps" in vars(each.cls))
        expected = f"{JUMPS}: {', '.join(jumping)}"
    return Problem(part_of(node, error.offset, error.length), error.message, expected, error.nearest)
