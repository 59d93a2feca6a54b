"""Faces with their fluxes: the view for densities, bulk flows and the audit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .handles import Balance, Field
from .views import FaceView, View

if TYPE_CHECKING:
    from .medium import Medium

__all__ = ["FluxView"]


class FluxView(FaceView):
    """Faces with the total flux of every balance and the thermodynamic force that is conjugate to it.

    fluxes (balances, ..., faces) are those of all laws while the mixture computes its convective flux, afterwards the
    total; convective_flux is the convective part of it, None in a mixture without one.

    Shapes (..., faces). In a linearised model the forces are those of the state it is linearised about, elsewhere
    those of the local state: of the nearest admissible one, where the solver's errors lead out of a field's range.
    """

    def __init__(
        self, medium: Medium, t: float, left: np.ndarray, right: np.ndarray, faces: Any,
        flux: np.ndarray, flux_at_zero_gradient: Callable[[np.ndarray], np.ndarray | None], reference: Any = None,
        convective_flux: np.ndarray | None = None, slopes: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(medium, t, left, right, faces, slopes)
        self.fluxes, self.convective_flux, self._flux_at_zero_gradient, self._reference = (
            flux,
            convective_flux,
            flux_at_zero_gradient,
            reference,
        )

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The balances that are solved."""
        return self.medium.balances

    def flux(self, balance: Balance) -> Any:
        """Total flux along the face normal, per area, as solved."""
        return self.fluxes[self.medium.row[balance]]

    def diffusive_flux(self, field: Field) -> Any:
        """Flux of a solved field by all laws, without the convective flux of the mixture."""
        row = self.medium.row[field]
        return self.fluxes[row] if self.convective_flux is None else self.fluxes[row] - self.convective_flux[row]

    def dissipative_flux(self, balance: Balance) -> Any:
        """The part of the total flux that gradients and forces drive: without convection and zero-gradient fluxes."""
        row, dissipative_part = self.medium.row[balance], self.flux(balance)
        for part in (self.convective_flux, self._without_gradients):
            dissipative_part = dissipative_part if part is None else dissipative_part - part[row]
        return (
            dissipative_part if self.convective_flux is None else dissipative_part + self._dissipative.get(balance, 0.0)
        )

    def force(self, balance: Balance) -> Any:
        """Thermodynamic force along the face normal; entropy production is the sum of dissipative flux times force.

        On a mesh that is not orthogonal it is that of `between_nodes`.
        """
        return self._forces[self.medium.row[balance]]

    @cached_property
    def _dissipative(self) -> Any:
        return self.medium.mixture.dissipative_part(self)

    @cached_property
    def _without_gradients(self) -> np.ndarray | None:
        return self._flux_at_zero_gradient(self._mean)

    @cached_property
    def _forces(self) -> np.ndarray:
        at, gradients = self._local()
        forces = np.zeros(self.fluxes.shape)
        row, mixture = self.medium.row, self.medium.mixture
        for (balance, column), value in mixture.metric(at).items():
            slope = mixture.driving_force(gradients, column)
            forces[row[balance]] -= np.where(slope == 0.0, 0.0, value * slope)
        return forces

    def _local(self) -> tuple[View, FaceView]:
        """Where the metric is taken, and the faces with the gradients that go with it."""
        if self._reference is not None:
            return self.at(self._reference), self.between_nodes
        bounds = np.array([(field.lower, field.upper) for field in self.medium.fields]).T
        low, high = bounds.reshape(2, -1, *[1] * (self._left.ndim - 1))
        left, right = np.clip(self._left, low, high), np.clip(self._right, low, high)
        face = FaceView(self.medium, self.t, left, right, self.between_nodes._faces)
        return face, face
