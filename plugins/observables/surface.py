"""A field on a boundary."""

import numpy as np

from fvtransport import BoundaryName, Field, Observable, SolvedState, parameter, plugin


@plugin("surface")
class Surface(Observable):
    """Mean value of a field on a boundary:  (1/A) integral of u dA - u_0,  u the unknown that the wall itself carries.

    u_0 is what it is read relative to, such as a temperature T_0 of which only the departure
    matters; zero unless given.
    """

    of: Field = parameter(meaning="the field, such as T or x_A")
    boundary: BoundaryName = parameter(meaning="the boundary")
    relative_to: float = parameter(0.0, unit="{field}", meaning="value u_0 that is taken off")

    def measure(self, state: SolvedState) -> float:
        value = np.average(state.on_boundary(self.of, self.boundary), weights=state.boundary_areas(self.boundary))
        return float(value) - self.relative_to

    @property
    def reading_unit(self) -> str:
        return self.of.unit
