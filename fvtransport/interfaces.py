"""What a plugin implements: property, mixture, law, boundary, observable, solution.

Laws and properties are evaluated on NumPy arrays of any leading shape (..., faces) or (..., cells) and must only use
element-wise operations, so that the engine can differentiate them by evaluating many perturbed states at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from .handles import Balance, Field, Shared
from .parameters import Declared
from .views import CellView, FaceView, PointView, View, WallView

__all__ = ["Boundary", "Closure", "Law", "Mixture", "Observable", "Property", "Solution", "State"]

Terms = Mapping[Field | Balance, Any]


@dataclass(frozen=True)
class State:
    """Values of some fields at one point, as a case gives them: `{T: 1.0, x_A: 0.5}`."""

    values: tuple[tuple[Field, float], ...]

    def view(self, medium: Any) -> PointView:
        """A view in which these fields have these values everywhere."""
        return PointView(medium, dict(self.values))

    def column(self, medium: Any) -> np.ndarray:
        """The solved fields as a column of shape (fields, 1), to broadcast over a mesh."""
        values = dict(self.values)
        return np.array([[values[field]] for field in medium.fields])


@dataclass(frozen=True)
class Closure:
    """A field that follows linearly from others: value = offset + sum of coefficient * field (x_B = 1 - x_A)."""

    field: Field
    offset: float
    terms: tuple[tuple[Field, float], ...]


class Property(Declared):
    """A coefficient as a function of state, position and time."""

    def __call__(self, at: View) -> Any:
        """The coefficient where `at` looks: a float or an array that broadcasts with the fields."""
        raise NotImplementedError

    @property
    def constant(self) -> float | None:
        """The number, where the property is one; None otherwise."""
        return None


class Mixture(Declared):
    """Which fields there are, how they are stored, which states are admissible."""

    @cached_property
    def mole_fractions(self) -> tuple[Field, ...]:
        """Handles of the mole fractions of all species, in the order of the case."""
        return ()

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """The balances that are solved, one field each."""
        raise NotImplementedError

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """Fields that follow from others."""
        return ()

    def known(self) -> Mapping[Field, float]:
        """Fields that are given and uniform, such as the temperature of an isothermal mixture."""
        return {}

    def provides(self) -> Mapping[Shared, Property]:
        """Shared properties that the mixture itself defines, such as the total concentration."""
        return {}

    def needs(self, balance: Balance) -> tuple[Shared, ...]:
        """Shared properties that the storage of a balance reads."""
        return ()

    def storage(self, balance: Balance, cell: CellView) -> Any:
        """Amount per volume of one balance, shape (..., cells)."""
        raise NotImplementedError


class Law(Declared):
    """One term of the balances: a storage per volume, a flux per area, a source per volume."""

    needs: ClassVar[tuple[Shared, ...]] = ()

    @property
    def is_linearised(self) -> bool:
        """Whether a parameter freezes the law at a state; fields may then leave their physical range."""
        return any(isinstance(getattr(self, name), State) for name in type(self).model_fields)

    def storage(self, cell: CellView) -> Terms:
        """Amount per volume added to each balance."""
        return {}

    def flux(self, face: FaceView) -> Terms:
        """Flux along the face normal, per area, of each balance the law moves."""
        return {}

    def source(self, cell: CellView) -> Terms:
        """Amount produced per volume and time in each balance."""
        return {}


class Boundary(Declared):
    """The condition of one field on one boundary: one equation per face.

    State either the total outward flux that is imposed, or any equation g(field, flux, t) = 0.
    """

    def outward_flux(self, wall: WallView) -> Any:
        """Total flux out of the domain that the condition imposes; the cell balance then uses this very number."""
        raise NotImplementedError

    def residual(self, wall: WallView) -> Any:
        """What must vanish on each face of the boundary."""
        return wall.flux - self.outward_flux(wall)


class Observable(Declared):
    """A number read off the solution; needs_time where it is an amount since the start of a run in time."""

    unit: ClassVar[str] = ""
    needs_time: ClassVar[bool] = False

    def measure(self, snapshot: Any) -> float:
        """The number at the snapshot's time, in `unit`."""
        raise NotImplementedError

    def unit_for(self, medium: Any) -> str:
        """Unit of the number, where it hangs on the parameters."""
        return type(self).unit


class Solution(Declared):
    """A closed form to hold a result against; NumPy only, so that it shares no code with the solver."""

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        """Exact fields by name at positions x [m] and time t [s]."""
        return {}

    def observables(self) -> Mapping[str, float | list[float]]:
        """Exact values of observables by the names the case gives them."""
        return {}

    def objections(self) -> list[str]:
        """Why the closed form does not hold for these parameters; empty when it does."""
        return []
