"""Declared handles: what a law may ask a view for, `face[diffusivity]`, instead of strings.

A handle compares by identity, so two plugins mean the same quantity only when they import the same handle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NewType

__all__ = [
    "COORDINATES",
    "REGION",
    "TIME",
    "Balance",
    "BoundaryName",
    "Convention",
    "Coordinate",
    "Field",
    "Handle",
    "InterfaceName",
    "PhysicalConstant",
    "RegionName",
    "Shared",
    "Species",
    "Time",
]

BoundaryName = NewType("BoundaryName", str)
InterfaceName = NewType("InterfaceName", str)
RegionName = NewType("RegionName", str)


@dataclass(frozen=True, eq=False)
class Handle:
    """A named quantity with a unit; `view[handle]` gives its value at the places of the view."""

    name: str
    unit: str = ""
    meaning: str = ""

    def evaluate(self, view: Any) -> Any:
        """Value in the given view; called once per state, the view keeps the result."""
        raise TypeError(f"{self.name} has no value in a view")


@dataclass(frozen=True, eq=False)
class Field(Handle):
    """A field of the mixture: solved for, known, or closed from the others (x_B = 1 - x_A).

    Values lie in [lower, upper]; with excludes_bounds the bounds themselves are not admissible, as 0 K.
    """

    lower: float = float("-inf")
    upper: float = float("inf")
    excludes_bounds: bool = False

    def evaluate(self, view: Any) -> Any:
        return view.field(self)


@dataclass(frozen=True, eq=False)
class Species:
    """A species of a mixture: its name in the case, its mole fraction, and what is known of its molecules.

    molar_mass [kg/mol], None where the mixture does not give it; charge [C/mol].
    """

    name: str
    field: Field
    molar_mass: float | None = None
    charge: float = 0.0


@dataclass(frozen=True, eq=False)
class Balance:
    """A conserved quantity and the field that is solved from its balance.

    flux_unit is per area and time, amount_unit that of the total in the domain.
    """

    name: str
    field: Field
    flux_unit: str
    amount_unit: str
    meaning: str = ""


@dataclass(frozen=True, eq=False)
class Convention:
    """Another way of giving a shared property: value = convert(given, view)."""

    name: str
    unit: str
    meaning: str
    convert: Callable[[Any, Any], Any]


@dataclass(frozen=True, eq=False)
class Shared(Handle):
    """A coefficient that several laws share; it is given once under `properties:`.

    optional: None in a view where nothing gives it. may_vanish: a positive coefficient that may be zero in a part of
    the domain, which nothing then passes. is_tensor: it may be given as a tensor, where every law that uses
    it takes `face.weighted_gradient`.
    """

    positive: bool = False
    may_vanish: bool = False
    is_tensor: bool = False
    optional: bool = False
    conventions: tuple[Convention, ...] = field(default=())

    def evaluate(self, view: Any) -> Any:
        return view.shared(self)


@dataclass(frozen=True, eq=False)
class PhysicalConstant(Handle):
    """A constant of nature in the unit system of the case (gas constant, Boltzmann constant)."""

    def evaluate(self, view: Any) -> Any:
        return view.medium.constant(self)


@dataclass(frozen=True, eq=False)
class Coordinate(Handle):
    """Position along one axis [m]."""

    axis: int = 0

    def evaluate(self, view: Any) -> Any:
        return view.coordinate(self.axis)


@dataclass(frozen=True, eq=False)
class Time(Handle):
    """Time [s]."""

    def evaluate(self, view: Any) -> Any:
        return view.t


COORDINATES = tuple(Coordinate(name, "m", f"position along {name}", axis) for axis, name in enumerate("xyz"))
REGION = Coordinate("region", "", "number of the region", 3)
TIME = Time("t", "s", "time")
