"""The interface of an observable."""

from __future__ import annotations

from typing import Any, ClassVar

from .flux_view import FluxView
from .handles import Field
from .parameters import Declared
from .solved_state import SolvedState

__all__ = ["Observable"]


class Observable(Declared):
    """A number read off the solution; needs_time where it is an amount since the start of a transient.

    With a rate_density, state.domain_integral(self) is its integral over the domain at the instant. If it also needs
    time, it is a time integral: state.time_integral(self), accumulated since the start, is an unknown of the solved
    system and so as accurate as the fields.
    """

    unit: ClassVar[str] = ""
    needs_time: ClassVar[bool] = False

    def measure(self, state: SolvedState) -> float:
        """The number at the time of the state, in `unit`."""
        raise NotImplementedError

    def rate_density(self, face: FluxView) -> Any:
        """Amount per volume and time on each face, shape (..., faces); element-wise, as a law."""
        raise NotImplementedError

    @property
    def is_time_integral(self) -> bool:
        """Whether it is the integral of a rate density since the start."""
        return self.needs_time and type(self).rate_density is not Observable.rate_density

    @property
    def point(self) -> tuple[float | None, float | None, float | None] | None:
        """Coordinates [m] of the one point that it reads, None for those that are not
        given; None if it reads no point.
        """
        return None

    @property
    def interface_reading(self) -> tuple[Field, str, str | None] | None:
        """The field that it reads on an interface, the name of that and the side, `left`, `right` or None where it may
        be either; None if it reads no interface. Without a side it is refused where the field has two values.
        """
        return None

    @property
    def reading_unit(self) -> str:
        """Unit of the number; it may depend on the parameters."""
        return type(self).unit
