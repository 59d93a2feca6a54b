"""The interface of a boundary condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from ..errors import WrongResult
from .handles import Field
from .parameters import Declared
from .reaction import OpposedRates
from .views import BoundaryView

__all__ = ["Boundary", "fixes_field"]


class Boundary(Declared):
    """The condition of one field on one boundary: one equation for each boundary face.

    State either the total outward flux that is imposed, or any equation g(field, flux, t) = 0. A
    boundary with a storage of its own, such as a reservoir behind it or molecules adsorbed on it, also
    states that amount per area; the equation
    becomes g = d/dt storage, so that with an imposed flux J . n = outward_flux + d/dt storage. In a steady state
    d/dt storage = 0. `prescribed` names the parameter that is the value of the field on the boundary, where the
    condition is nothing more than this value. `is_shared`: the storage belongs to the boundary as a whole, as that of
    one reservoir, and not to each face by itself. Shapes are (..., faces of the boundary).
    """

    prescribed: ClassVar[str] = ""
    is_shared: ClassVar[bool] = False

    def outward_flux(self, face: BoundaryView) -> Any:
        """Total flux out of the domain that is imposed; without a storage the cell balance uses this very number."""
        raise NotImplementedError

    def residual(self, face: BoundaryView) -> Any:
        """What must vanish on each face of the boundary; with a storage, the rate at which that grows, per area."""
        return face.flux - self.outward_flux(face)

    def outside(self, face: BoundaryView) -> Mapping[Field, Any] | None:
        """Values outside, by field, of what the condition exchanges with; the audit holds the exchange against the
        second law. None where it declares none: a flux that is imposed then counts as external.
        """
        return None

    def reactions(self, face: BoundaryView) -> Sequence[OpposedRates]:
        """The reactions behind `outward_flux`, by their opposed rates per area, for the audit; always as many."""
        return ()

    def storage(self, face: BoundaryView) -> Any:
        """Amount per area on or behind each face, a function of the fields there; not a function of time."""
        raise NotImplementedError


def fixes_field(condition: Boundary, face: BoundaryView, step: Any) -> bool:
    """Whether the residual of a condition depends on its field, and not on the flux alone.

    It is evaluated before and after a step of the field, which has the field's unit and is not zero. WrongResult where
    it gives no numbers.
    """
    stepped = face.where({face.balance.field: face.value + step})
    with np.errstate(all="ignore"):
        before, after = (_numbers(condition.residual(view)) for view in (face, stepped))
    return not np.array_equal(before, after)


def _numbers(residual: Any) -> np.ndarray:
    if residual is None:
        raise WrongResult("its residual does not give numbers: it gives None")
    try:
        return np.asarray(residual, float)
    except (TypeError, ValueError) as error:
        raise WrongResult(f"its residual does not give numbers: {error}") from error
