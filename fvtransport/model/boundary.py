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

    State either the total outward flux that is imposed, or any equation g(field, flux, t) = 0. A boundary with a storage of
    its own, such as an adsorbing surface or a vessel, states that too; the equation becomes g = d/dt (storage), so that
    with an imposed flux  J . n = outward_flux + d/dt (storage).  In a steady run d/dt (storage) = 0. prescribed names
    the parameter that is the value of the field on the boundary, where the condition is nothing more.
    is_shared: the storage belongs to the boundary as a whole (one vessel), not to each face by itself.
    """

    prescribed: ClassVar[str] = ""
    is_shared: ClassVar[bool] = False

    def objections(self, field: Field, mixture: Mixture) -> list[str]:
        """Why the condition does not suit a field, and the cure; empty when it does."""
        return []

    def outward_flux(self, boundary: BoundaryView) -> Any:
        """Total flux out of the domain that the condition imposes; without a storage the cell balance uses this very number."""
        raise NotImplementedError

    def residual(self, boundary: BoundaryView) -> Any:
        """What must vanish on each face of the boundary; with a storage, the rate at which that grows, per area."""
        return boundary.flux - self.outward_flux(boundary)

    def storage(self, boundary: BoundaryView) -> Any:
        """Amount per area on or behind each face, a function of the fields on the boundary; not a function of time."""
        raise NotImplementedError
