"""The equation of one boundary condition: what vanishes on its faces, and which flux the cells beside them see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..mesh.geometry import BoundaryFaces
from ..model.boundary import Boundary
from ..model.handles import Field
from ..model.medium import Medium
from ..model.views import BoundaryView

__all__ = ["BoundaryEquation"]


@dataclass(frozen=True)
class BoundaryEquation:
    """The condition of one field on one boundary; row is that of its balance."""

    boundary: BoundaryFaces
    row: int
    field: Field
    condition: Boundary

    @cached_property
    def has_storage(self) -> bool:
        """Whether the boundary stores an amount of its own, so that its field has a rate and is not fixed by the
        cells beside it.
        """
        return type(self.condition).storage is not Boundary.storage

    @cached_property
    def prescribes(self) -> bool:
        """Whether the cells receive the flux that the condition imposes; a storage takes up the difference to it."""
        return type(self.condition).outward_flux is not Boundary.outward_flux and not self.has_storage

    def residual(self, medium: Medium, t: float, left: np.ndarray, right: np.ndarray, flux: np.ndarray) -> np.ndarray:
        """What vanishes on the faces of the boundary, (..., faces of the boundary), from the states on both sides.

        Where the condition imposes the flux, flux (balances, ..., faces) is set to the imposed one on these faces.
        """
        boundary, own = self.boundary, flux[self.row]
        view = BoundaryView(medium, t, self.row, left if boundary.is_left else right, own, boundary)
        if not self.prescribes:
            return self.condition.residual(view)
        imposed = self.condition.outward_flux(view)
        residual = view.flux - imposed
        own[..., boundary.faces] = boundary.sign * imposed
        return residual

    def stored_per_area(self, medium: Medium, t: float, states: np.ndarray) -> np.ndarray:
        """Amount that the boundary stores per area, (..., faces of the boundary), from the states of its nodes
        (balances, ..., faces of the boundary).
        """
        shape = states.shape[1:]
        return np.broadcast_to(self.condition.storage(self.own_view(medium, t, states, np.zeros(shape))), shape)

    def own_view(self, medium: Medium, t: float, states: np.ndarray, flux: np.ndarray) -> BoundaryView:
        """The boundary from the states of its nodes (balances, ..., faces of the boundary) and the flux of its balance
        there along the face normals (..., faces of the boundary).
        """
        return BoundaryView(medium, t, self.row, states, flux, replace(self.boundary, faces=slice(None)))
