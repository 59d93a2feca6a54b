"""States and terms that plugins return and receive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .handles import Balance, Field
from .views import PointView

if TYPE_CHECKING:
    from .medium import Medium

__all__ = ["Closure", "Coefficient", "State", "Terms"]


Terms = Mapping[Field | Balance, Any]


@dataclass(frozen=True)
class State:
    """Values of some fields at one point, as a case gives them: `{T: 1.0, x_A: 0.5}`."""

    values: tuple[tuple[Field, float], ...]

    def view(self, medium: Medium) -> PointView:
        """A view in which these fields have these values everywhere."""
        return PointView(medium, dict(self.values))

    def column(self, medium: Medium) -> np.ndarray:
        """The solved fields as a column of shape (fields, 1), to broadcast over a mesh."""
        values = dict(self.values)
        return np.array([[values[field]] for field in medium.fields])


@dataclass(frozen=True)
class Closure:
    """A field that follows linearly from others: value = offset + sum of coefficient * field (x_B = 1 - x_A)."""

    field: Field
    offset: float
    terms: tuple[tuple[Field, float], ...]


@dataclass(frozen=True)
class Coefficient:
    """A transport coefficient at one state, for people to read: the form that it belongs to, its
    symbol, value and meaning.
    """

    form: str
    name: str
    value: float
    unit: str
    meaning: str = ""
