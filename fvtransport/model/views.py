"""What plugins are handed: the state on faces, in cells, on a boundary or at one point.

`view[handle]` gives the value of a field or a shared property at the places of the view; every property is evaluated
once per state. Arrays have shape (..., n) with n faces or cells last; leading axes are those of perturbed states.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ..errors import PluginError
from .averages import Averages
from .handles import Balance, Field, Handle, Shared
from .tensors import WeightedGradients

if TYPE_CHECKING:
    from .medium import Medium
    from .mixture import Mixture

__all__ = ["BoundaryView", "CellView", "FaceView", "PointView", "View"]


class View:
    """Values of handles at one place and time."""

    def __init__(
        self, medium: Medium, t: float = 0.0, position: np.ndarray | None = None, values: Mapping[Handle, Any] = {}
    ) -> None:
        self.medium, self.t = medium, t
        self._position, self._values = position, dict(values)

    def __getitem__(self, handle: Handle) -> Any:
        if (value := self._values.get(handle)) is None:
            value = self._values[handle] = handle.evaluate(self)
        return value

    @property
    def mixture(self) -> Mixture:
        """The mixture of the case."""
        return self.medium.mixture

    @property
    def species(self) -> tuple[Field, ...]:
        """Mole-fraction handles of the mixture, in the order of the case."""
        return self.medium.species

    def solves(self, key: Field | Balance) -> bool:
        """Whether a field, or the balance of one, is solved for."""
        return key in self.medium.row

    def field(self, field: Field) -> Any:
        """Value of a field."""
        return self.medium.close(field, self)

    def shared(self, handle: Shared) -> Any:
        """Value of a shared property."""
        return self.medium.shared(handle, self)

    def number(self, handle: Shared) -> float | None:
        """A shared property where it is a plain number; None where it is a function of anything."""
        return self.medium.property(handle).constant

    @property
    def phase_time(self) -> float:
        """Time since the phase of a protocol began; without one, since the start of the run [s]."""
        return self.t - self.medium.phase_start

    def coordinate(self, axis: int) -> np.ndarray:
        """Position along one axis [m]."""
        if self._position is None:
            raise TypeError("this view is a state without a position")
        return self._position[axis]

    @property
    def normal(self) -> Any:
        """Unit vectors along which fluxes are counted, shape (3, faces); None where the view looks at no faces."""
        return None

    def where(self, values: dict[Handle, Any]) -> Self:
        """The same place and state, but for the handles given."""
        view = copy.copy(self)
        view._values = dict(values)
        return view

    def inside(self, region: str) -> np.ndarray:
        """Whether each place lies in a region of the mesh."""
        return self.coordinate(3) == self.medium.regions[region]

    def frozen(self, state: Any) -> View:
        """The same places with the fields of a given state; TypeError where the view has no fields to replace."""
        raise TypeError("this view cannot be taken at another state")

    def at(self, state: Any) -> View:
        """The same place in a given state; this view itself where no state is given."""
        return self if state is None else self.medium.reference(state, self)


class PointView(View):
    """A state given by numbers, the same everywhere."""

    def __init__(self, medium: Medium, values: dict[Handle, Any], t: float = 0.0, position: Any = None) -> None:
        super().__init__(medium, t, position, values)


class CellView(View):
    """The state in cells (or at any set of nodes): `cell[field]` has shape (..., n)."""

    def __init__(self, medium: Medium, t: float, values: np.ndarray, position: np.ndarray | None) -> None:
        super().__init__(medium, t, position, medium.numbers)
        self._state = values

    def field(self, field: Field) -> Any:
        row = self.medium.row.get(field)
        return self.medium.close(field, self) if row is None else self._state[row]

    def frozen(self, state: Any) -> View:
        """The same cells with the fields of a given state."""
        return CellView(self.medium, self.t, state.column(self.medium), self._position)


class FaceView(View, Averages, WeightedGradients):
    """The state on faces, between the node on the left and the node on the right along the face normal.

    face[field] is the face average of the two nodes, face.grad(field) the difference over their distance; face.mean,
    face.log_mean and face.upwind average any quantity over the two sides. Where the mesh is not orthogonal, slopes
    shift the two sides so that their mean is the value at the centre of the face, and correct the gradient.
    """

    def __init__(
        self, medium: Medium, t: float, left: np.ndarray, right: np.ndarray, faces: Any, slopes: Any = None
    ) -> None:
        super().__init__(medium, t, faces.centres, medium.numbers)
        self._left, self._right, self._faces, self._slopes = left, right, faces, slopes
        self.asked_vector = False
        self._gradient = (right - left) * faces.inverse_distance
        correction, shift = (None, None) if slopes is None else (slopes.correction, slopes.shift)
        if correction is not None:
            self._gradient = self._gradient + correction
        if shift is not None:
            self._left, self._right = left + shift, right + shift

    @cached_property
    def _mean(self) -> np.ndarray:
        return 0.5 * (self._left + self._right)

    def field(self, field: Field) -> Any:
        row = self.medium.row.get(field)
        return self.medium.close(field, self) if row is None else self._mean[row]

    def grad(self, field: Field) -> Any:
        """Gradient of a field along the face normal, per metre."""
        row = self.medium.row.get(field)
        return self.medium.close_gradient(field, self.grad) if row is None else self._gradient[row]

    def gradient(self, field: Field) -> Any:
        """Gradient vector of a field, per metre, shape (3, ..., faces); its part along the normal is grad(field)."""
        self.asked_vector = True
        row = self.medium.row.get(field)
        if row is None:
            return self.medium.close_gradient(field, self.gradient)
        whole = self.normal.reshape(3, *[1] * (self._gradient.ndim - 2), -1) * self._gradient[row]
        return whole if self._tangential is None else whole + self._tangential[:, row]

    @property
    def _tangential(self) -> np.ndarray | None:
        return None if self._slopes is None else self._slopes.tangential

    @property
    def between_nodes(self) -> FaceView:
        """The same faces with gradients and normals along the lines between their nodes, over the normal distance.

        A flux times such a gradient, summed with the volumes of the faces, is the integral of the scalar product of
        both vectors, which their parts along the normals do not give unless the mesh is orthogonal.
        """
        if self._slopes is None or self._slopes.direction is None:
            return self
        faces = replace(self._faces, normal=self._slopes.direction)
        return FaceView(self.medium, self.t, self._left, self._right, faces)

    @property
    def distance(self) -> np.ndarray:
        """Distance between the two nodes [m]."""
        return 1.0 / self._faces.inverse_distance

    @property
    def normal(self) -> np.ndarray:
        """Unit vectors from the left to the right node, shape (3, faces); fluxes are positive along them."""
        return self._faces.normal

    def frozen(self, state: Any) -> View:
        """The same faces with the fields of a given state on both sides."""
        values = state.column(self.medium)
        return FaceView(self.medium, self.t, values, values, self._faces)

    @cached_property
    def left(self) -> CellView:
        """The state at the nodes on the left."""
        return CellView(self.medium, self.t, self._left, self._faces.left_position)

    @cached_property
    def right(self) -> CellView:
        """The state at the nodes on the right."""
        return CellView(self.medium, self.t, self._right, self._faces.right_position)


class BoundaryView(View):
    """One boundary, seen by the condition of one field: its value, its total outward flux, every other field.

    states (fields, ..., faces) and flux (..., faces) are those of all faces; the view selects those of its boundary.
    """

    def __init__(self, medium: Medium, t: float, row: int, states: np.ndarray, flux: np.ndarray, boundary: Any) -> None:
        self.medium, self.t, self._position, self._values = medium, t, boundary.position, {}
        self._row, self._states, self._flux, self._boundary = row, states, flux, boundary

    def field(self, field: Field) -> Any:
        row = self.medium.row.get(field)
        return self.medium.close(field, self) if row is None else self._states[row][..., self._boundary.faces]

    @property
    def normal(self) -> Any:
        raise PluginError("a coefficient that is a tensor has no value by itself on a boundary")

    @property
    def balance(self) -> Any:
        """The balance whose field the condition is for."""
        return self.medium.balances[self._row]

    @property
    def area(self) -> np.ndarray:
        """Areas of the faces of the boundary [m^2]."""
        return self._boundary.area

    @property
    def value(self) -> Any:
        """Value of the field on the boundary, shape (..., faces of the boundary)."""
        given = self._values.get(self.medium.fields[self._row])
        return self._states[self._row][..., self._boundary.faces] if given is None else given

    @property
    def flux(self) -> Any:
        """Total flux of the field's balance out of the domain, per area, shape (..., faces of the boundary)."""
        flux = self._flux[..., self._boundary.faces]
        return -flux if self._boundary.sign < 0.0 else flux.copy()
