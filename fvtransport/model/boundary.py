"""The interface of a boundary condition."""

from __future__ import annotations

from typing import Any, ClassVar

from .handles import Field
from .mixture import Mixture
from .parameters import Declared
from .views import BoundaryView

__all__ = ["Boundary"]


class Boundary(Declared):
    """The condition of one field on one boundary: one equation per face.

    State either the total outward flux that is imposed, or any equation g(field, flux, t) = 0. A wall that holds something
    of its own, such as a vessel behind it, states what, and the equation becomes g = d/dt (what it holds). prescribed names
    the parameter that is the value of the field on the wall, where the condition is nothing more.
    """

    prescribed: ClassVar[str] = ""

    def objections(self, field: Field, mixture: Mixture) -> list[str]:
        """Why the condition does not suit a field, and the cure; empty when it does."""
        return []

    def outward_flux(self, boundary: BoundaryView) -> Any:
        """Total flux out of the domain that the condition imposes; the cell balance then uses this very number."""
        raise NotImplementedError

    def residual(self, boundary: BoundaryView) -> Any:
        """What must vanish on each face of the boundary, or feeds what the wall holds."""
        return boundary.flux - self.outward_flux(boundary)

    def storage(self, boundary: BoundaryView) -> Any:
        """Amount per area behind each face, a function of the fields on the wall; not a function of time."""
        raise NotImplementedError
