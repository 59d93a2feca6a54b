"""A field on a boundary."""

from typing import Any

import numpy as np

from fvtransport import BoundaryName, Field, Observable, parameter, plugin


@plugin("surface")
class Surface(Observable):
    """Mean value of a field on a boundary:  (1/A) integral of u dA - u_0,  u the unknown that the wall itself carries.

    u_0 is what it is read relative to, such as a temperature T_0 of which only the departure matters; zero unless given.
    """

    of: Field = parameter(meaning="the field, such as T or x_A")
    boundary: BoundaryName = parameter(meaning="the boundary")
    relative_to: float = parameter(0.0, unit="{field}", meaning="value u_0 that is taken off")

    def measure(self, snapshot: Any) -> float:
        value = np.average(snapshot.on_boundary(self.of, self.boundary), weights=snapshot.boundary(self.boundary).area)
        return float(value) - self.relative_to

    def unit_for(self, medium: Any) -> str:
        return self.of.unit
