"""The interface of an observable."""

from __future__ import annotations

from typing import Any, ClassVar

from .flux_view import FluxView
from .parameters import Declared

__all__ = ["Observable"]


class Observable(Declared):
    """A number read off the solution; needs_time where it is an amount since the start of a run in time.

    With a density, snapshot.rate(self) is its integral over the domain at the instant. One that also needs time gathers:
    snapshot.gathered(self), what there has been of it since the start, is an unknown of the solved system and so as
    accurate as the fields.
    """

    unit: ClassVar[str] = ""
    needs_time: ClassVar[bool] = False

    def measure(self, snapshot: Any) -> float:
        """The number at the snapshot's time, in `unit`."""
        raise NotImplementedError

    def rate_density(self, face: FluxView) -> Any:
        """Amount per volume and time on each face, shape (..., faces); element-wise, as a law."""
        raise NotImplementedError

    @property
    def is_time_integral(self) -> bool:
        """Whether it is what a density has come to since the start."""
        return self.needs_time and type(self).rate_density is not Observable.rate_density

    @property
    def point(self) -> tuple[float | None, float | None, float | None] | None:
        """Coordinates [m] of the one point at which it looks, None for those that it is not given; None if it looks at none."""
        return None

    def unit_for(self, medium: Any) -> str:
        """Unit of the number, where it hangs on the parameters."""
        return type(self).unit

    def caution(self, value: float, medium: Any) -> str:
        """Why a run that shows this value is doubtful, '' where it is not; the run then warns of it."""
        return ""
