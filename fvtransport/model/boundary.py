"""The interface of a boundary condition."""

from __future__ import annotations

from typing import Any, ClassVar

from .parameters import Declared
from .views import BoundaryView

__all__ = ["Boundary"]


class Boundary(Declared):
    """The condition of one field on one boundary: one equation for each boundary face.

    State either the total outward flux that is imposed, or any equation g(field, flux, t) = 0. A boundary with a storage
    of its own, such as a reservoir behind it or molecules adsorbed on it, also states that amount per area, and the
    equation becomes g = d/dt storage. `prescribed` names the parameter that is the value of the field on the boundary,
    where the condition is nothing more than this value. Shapes are (..., faces of the boundary).
    """

    prescribed: ClassVar[str] = ""

    def outward_flux(self, face: BoundaryView) -> Any:
        """Total flux out of the domain that the condition imposes; the cell balance then uses this very number."""
        raise NotImplementedError

    def residual(self, face: BoundaryView) -> Any:
        """What must vanish on each face of the boundary, or equals d/dt storage."""
        return face.flux - self.outward_flux(face)

    def storage(self, face: BoundaryView) -> Any:
        """Amount per area stored on each face, a function of the fields there; not a function of time."""
        raise NotImplementedError
