"""A field on a boundary or on one side of an interface."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from fvtransport import BoundaryName, Context, Field, InterfaceName, Issue, Observable, SolvedState, parameter, plugin

from ..validation import exactly_one


@plugin("surface")
class Surface(Observable):
    """Mean value of a field on a boundary or an interface:  (1/A) integral of u dA - u_0

    u is the unknown on the surface; u_0 is what it is read relative to, such as a temperature T_0 of which only the
    departure matters; zero unless given. The sides of an interface are `left` and `right` in the order of its name,
    `left-right`; one is named where the field jumps.
    """

    of: Field = parameter(meaning="the field, such as T or x_A")
    boundary: BoundaryName | None = parameter(None, meaning="the boundary")
    interface: InterfaceName | None = parameter(None, meaning="the interface, by its two regions: metal-salt")
    side: Literal["left", "right"] | None = parameter(
        None, meaning="side of the interface; needed where the field has two values"
    )
    relative_to: float = parameter(0.0, unit="{field}", meaning="value u_0 that is taken off")

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from exactly_one(boundary=self.boundary, interface=self.interface)
        if self.boundary is not None and self.side is not None:
            yield Issue("a boundary has one side", "interface in place of boundary", parameter="side")

    def measure(self, state: SolvedState) -> float:
        if self.interface is not None:
            return state.interface_mean(self.of, self.interface, self.side or "left") - self.relative_to
        value = np.average(state.on_boundary(self.of, self.boundary), weights=state.boundary_areas(self.boundary))
        return float(value) - self.relative_to

    @property
    def interface_reading(self) -> tuple[Field, str, str | None] | None:
        return None if self.interface is None else (self.of, self.interface, self.side)

    @property
    def reading_unit(self) -> str:
        return self.of.unit
