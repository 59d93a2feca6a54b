"""Plugins without physics, which every registry has: a constant, a formula, a closed boundary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .boundary import Boundary
from .formula import Formula
from .naming import plugin
from .parameters import Declared, parameter
from .property import Property
from .views import BoundaryView, View

__all__ = ["ELEMENTARY", "Constant", "Expression", "NoFlux", "with_coefficients_of_one"]

T = TypeVar("T", bound=Declared)


@plugin("constant")
class Constant(Property):
    """The same number everywhere:  p = value"""

    shorthand = "value"
    value: float = parameter(unit="{property}", meaning="the number, in the unit of the property")

    def __call__(self, at: View) -> float:
        return self.value

    @property
    def constant(self) -> float:
        return self.value


@plugin("expression")
class Expression(Property):
    """A formula in fields, named parameters, position x, y, z and time t:  p = formula(T, x_A, ..., x, t)

    Any text that is not a number with a unit is read as one: `diffusivity: "D0*(1 + x_A)"`. Numbers in it are SI.
    """

    shorthand = "formula"
    formula: Formula = parameter(unit="{property}", meaning="the formula; its value is in the unit of the property")

    def __call__(self, at: View) -> Any:
        return self.formula(at)

    @property
    def constant(self) -> float | None:
        return self.formula.constant


@plugin("no_flux")
class NoFlux(Boundary):
    """Nothing passes, whatever drives it:  J . n = 0,  J the total flux with every cross-effect"""

    def outward_flux(self, boundary: BoundaryView) -> float:
        return 0.0


ELEMENTARY: tuple[type[Declared], ...] = (Constant, Expression, NoFlux)


def with_coefficients_of_one(plugin: T) -> T:
    """The same plugin, each property among its parameters that is no constant replaced by the number one."""
    given = {name: _of_one(getattr(plugin, name)) for name in type(plugin).model_fields}
    return type(plugin).model_construct(**given)


def _of_one(value: Any) -> Any:
    if isinstance(value, Property):
        return Constant.model_construct(value=1.0) if value.constant is None else value
    if isinstance(value, Declared):
        return with_coefficients_of_one(value)
    if isinstance(value, (tuple, list)):
        return type(value)(_of_one(each) for each in value)
    return {key: _of_one(each) for key, each in value.items()} if isinstance(value, Mapping) else value
