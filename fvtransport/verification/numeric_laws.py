"""Laws evaluated at exact fields with numbers: fluxes and sources of a manufactured solution where no formula exists.

At any point the exact values and gradients of the fields are known; a law sees them on a face whose both sides are that
point, so that its flux is that of the limit of small cells, to round-off. What a cell must produce is then the balance
of these fluxes over its faces, without any derivative of a law. On a line that is the mean of the source over the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..mesh.faces import Faces
from ..mesh.geometry import Geometry
from ..model.flux_view import FluxView
from ..model.handles import Field
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.state import State, Terms
from ..model.views import CellView, View

__all__ = ["NumericLaws", "cell_production"]

Numbers = Callable[[np.ndarray], np.ndarray]


class _PointFace(FluxView):
    """Faces between nodes that coincide, with given gradients along their normal."""

    def __init__(
        self, medium: Medium, t: float, values: np.ndarray, gradients: np.ndarray, faces: Faces,
        at_zero_gradient: Callable[[np.ndarray], np.ndarray],
    ) -> None:  # fmt: skip
        with np.errstate(invalid="ignore"):
            super().__init__(medium, t, values, values, faces, np.zeros(values.shape), at_zero_gradient)
        self._gradient = gradients
        self.along_axes = np.zeros((3, *values.shape))

    def gradient(self, field: Field) -> Any:
        row = self.medium.row.get(field)
        return self.medium.close_gradient(field, self.gradient) if row is None else self.along_axes[:, row]

    def frozen(self, state: State) -> View:
        values = np.broadcast_to(state.column(self.medium), self._left.shape)
        return _PointFace(self.medium, self.t, values, np.zeros(values.shape), self._faces, self._flux_at_zero_gradient)

    def _local(self) -> tuple[View, Any]:
        at = self if self._reference is None else self.at(self._reference)
        return at, self


class NumericLaws:
    """The laws of a case at exact fields: values (3 or more, n) -> (balances, n), gradients the same for each axis."""

    def __init__(
        self, medium: Medium, laws: Mapping[str, Law], t: float, values: Numbers, gradients: Sequence[Numbers]
    ) -> None:
        self._medium, self._laws, self._t = medium, laws, t
        self._values, self._gradients = values, gradients

    def fluxes(self, position: np.ndarray) -> np.ndarray:
        """The total fluxes of all balances along every axis, (axes x balances, n)."""
        return np.concatenate([self._face(position, axis).fluxes for axis in range(len(self._gradients))])

    def sources(self, position: np.ndarray) -> np.ndarray:
        """What the laws produce per volume and time, by what passes the faces included, (balances, n)."""
        position = position[:3]
        made = np.zeros(self._values(position).shape)
        cell = CellView(self._medium, self._t, self._values(position), position)
        faces = [self._face(position, axis) for axis in range(len(self._gradients))]
        for law in self._laws.values():
            self._add(made, law.source(cell))
            if type(law).face_source is not Law.face_source:
                for face in faces:
                    self._add(made, law.face_source(face))
        return made

    def _face(self, position: np.ndarray, axis: int) -> _PointFace:
        """Faces at points with the normal along an axis, and all fluxes that pass them."""
        position = position[:3]
        values, faces = self._values(position), _points(position, axis)

        def at_zero_gradient(mean: np.ndarray) -> np.ndarray:
            still = _PointFace(self._medium.without_forces, self._t, mean, np.zeros(mean.shape), faces, lambda m: None)
            return self._of_laws(still)

        face = _PointFace(self._medium, self._t, values, self._gradients[axis](position), faces, at_zero_gradient)
        for i, gradients in enumerate(self._gradients):
            face.along_axes[i] = gradients(position)
        face.fluxes[...] = self._of_laws(face)
        if type(self._medium.mixture).convective_flux is not Mixture.convective_flux:
            convective_flux = np.zeros(values.shape)
            self._add(convective_flux, self._medium.mixture.convective_flux(face))
            face.convective_flux = convective_flux
            face.fluxes += convective_flux
        return face

    def _of_laws(self, face: _PointFace) -> np.ndarray:
        total = np.zeros(face.fluxes.shape)
        for law in self._laws.values():
            self._add(total, law.flux(face))
        return total

    def _add(self, rows: np.ndarray, terms: Terms) -> None:
        for key, term in terms.items():
            row = self._medium.row.get(key)
            if row is not None:
                rows[row] += term


def cell_production(geometry: Geometry, flux: np.ndarray, made: np.ndarray) -> np.ndarray:
    """What cells must produce besides `made` (balances, cells), for fluxes (balances, faces) through their faces."""
    leaving = np.zeros((len(flux), geometry.nodes))
    geometry.divergence(flux * geometry.faces.area, leaving)
    return leaving[:, geometry.cells] / geometry.volume - made


def _points(position: np.ndarray, axis: int) -> Faces:
    """Faces at points (3, n) with the normal along an axis; the nodes on both sides are the points themselves."""
    count = position.shape[1]
    return Faces(
        left=slice(0, count),
        right=slice(0, count),
        area=np.ones(count),
        inverse_distance=np.full(count, np.inf),
        left_weight=np.full(count, 0.5),
        centres=position,
        normal=np.repeat(np.eye(3)[:, [axis]], count, axis=1),
        left_position=position,
        right_position=position,
    )
