"""The mixture of a case: the row of every field in the state, and the value of every handle."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from ..errors import PluginError
from .handles import Field, Handle, PhysicalConstant, Shared
from .mixture import Mixture
from .property import Property
from .state import State
from .tensors import TensorRows
from .views import CellView, PointView, View

__all__ = ["Medium"]

_REGION = 3
"""Row of a position that has the number of the region."""


class Medium:
    """Values for views: fields by row, closures, known fields, shared properties, constants of nature.

    balances are solved in this order; row maps a balance and its field to the row of the state. given are the shared
    quantities that laws state. phase_start is when the running phase of a protocol began. numbers are the values that
    views of any state and place have from the start: known fields and properties that are numbers.
    """

    def __init__(
        self, mixture: Mixture, properties: Mapping[Shared, Property], constants: Mapping[str, float],
        given: Mapping[Shared, Callable[[View], Any]] = {},
    ) -> None:  # fmt: skip
        self.mixture = mixture
        self.species = mixture.mole_fractions
        self.balances = mixture.balances
        self.fields = tuple(balance.field for balance in self.balances)
        self.row = {key: i for i, b in enumerate(self.balances) for key in (b, b.field)}
        self._closures = {closure.field: closure for closure in mixture.closures}
        self._known = dict(mixture.known())
        self._properties = {**mixture.provides(), **properties}
        self._given, self._constants, self.phase_start = given, constants, 0.0
        self._tensors = {key: each for key, each in self._properties.items() if each.tensor_dimension is not None}
        self.numbers: Mapping[Handle, Any] = self._plain_numbers()
        self.placed: frozenset[Shared] = frozenset()
        self.regions: Mapping[str, int] = {}
        self._fixed = True
        self._references: dict[State, PointView] = {}

    @property
    def without_forces(self) -> Medium:
        """The same mixture without what laws state of forces on it."""
        still = copy.copy(self)
        still._given = {}
        return still

    def _plain_numbers(self) -> dict[Handle, Any]:
        """The known fields, and the shared properties that are the same number at every view."""
        numbers: dict[Handle, Any] = dict(self._known.items())
        for handle, prop in self._properties.items():
            number = None if handle in self._given else prop.constant
            if number is not None:
                numbers[handle] = number
        return numbers

    def close(self, field: Field, view: View) -> Any:
        """Value of a field that is not solved for: known, or closed from others."""
        if field in self._known:
            return self._known[field]
        closure = self._closures.get(field)
        if closure is None:
            raise PluginError(f"the mixture has no field {field.name}")
        return closure.offset + sum(factor * view[other] for other, factor in closure.terms)

    def close_gradient(self, field: Field, gradient: Callable[[Field], Any]) -> Any:
        """Gradient of a field that is not solved for, per metre, from those of the fields that are."""
        if field in self._known:
            return 0.0
        closure = self._closures.get(field)
        if closure is None:
            raise PluginError(f"the mixture has no field {field.name}")
        return sum(factor * gradient(other) for other, factor in closure.terms)

    def property(self, handle: Shared) -> Property:
        """The property behind a shared handle."""
        try:
            return self._properties[handle]
        except KeyError:
            raise PluginError(f"no value for the property {handle.name}") from None

    def shared(self, handle: Shared, view: View) -> Any:
        """A shared property at a view; None where it is optional and nothing gives it."""
        if handle in self._given:
            return self._given[handle](view)
        return None if handle.optional and handle not in self._properties else self.property(handle)(view)

    def tensor(self, handle: Shared, view: View) -> TensorRows | None:
        """The entries of a shared property row by row where the case gives it as a tensor, else None."""
        prop = self._tensors.get(handle)
        return None if prop is None or handle in self._given else prop.tensor(view)

    def properties(self) -> tuple[Property, ...]:
        """Every shared property."""
        return tuple(self._properties.values())

    def constant(self, handle: PhysicalConstant) -> float:
        """A constant of nature in the unit system of the case."""
        return self._constants[handle.name]

    def reference(self, state: State, view: View) -> View:
        """The place of `view` in a given state."""
        if not self._fixed:
            return view.frozen(state)
        found = self._references.get(state)
        if found is None:
            found = self._references[state] = state.view(self)
        return found

    def depends_on(self, what: str, prop: Property, values: np.ndarray, position: np.ndarray) -> bool:
        """Whether a property asks for "position", for "coordinates" (not for the region alone) or for "time" where it
        is evaluated, at a state (balances, n) of some places (4, n).
        """
        view = _TracingView(self, 0.0, values, position)
        prop(view)
        return what in view.asked

    def trace_dependencies(
        self, values: np.ndarray, position: np.ndarray, used: Iterable[Handle], own: Iterable[Property] = ()
    ) -> None:
        """Learn which properties depend on position or time, by evaluating them: the shared ones in use, and the laws'
        own ones.
        """
        placed = set()
        for handle in used:
            if not isinstance(handle, Shared):
                continue
            view = _TracingView(self, 0.0, values, position)
            self.property(handle)(view)
            if "position" in view.asked:
                placed.add(handle)
            self._fixed &= not view.asked
        self.placed = frozenset(placed)
        for prop in own:
            view = _TracingView(self, 0.0, values, position)
            prop(view)
            self._fixed &= not view.asked


class _TracingView(CellView):
    """A view that records whether position or time was read from it, or from a view made from it."""

    def __init__(self, medium: Medium, t: float, values: np.ndarray, position: np.ndarray) -> None:
        self.asked: set[str] = set()
        super().__init__(medium, t, values, position)

    def coordinate(self, axis: int) -> np.ndarray:
        self.asked.update(("position",) if axis == _REGION else ("position", "coordinates"))
        return super().coordinate(axis)

    @property
    def t(self) -> float:
        self.asked.add("time")
        return self._t

    @t.setter
    def t(self, value: float) -> None:
        self._t = value
