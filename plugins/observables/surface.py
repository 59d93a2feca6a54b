"""A field on a boundary."""

from typing import Any

import numpy as np

from fvtransport import BoundaryName, Field, Observable, parameter, plugin


@plugin("surface")
class Surface(Observable):
    """Mean value of a field on a boundary:  (1/A) integral of u dA, u the unknown that the wall itself carries."""

    of: Field = parameter(meaning="the field, such as T or x_A")
    boundary: BoundaryName = parameter(meaning="the boundary")

    def measure(self, snapshot: Any) -> float:
        return float(np.average(snapshot.on_wall(self.of, self.boundary), weights=snapshot.wall(self.boundary).area))

    def unit_for(self, medium: Any) -> str:
        return self.of.unit
