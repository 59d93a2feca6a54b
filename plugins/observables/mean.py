"""Mean of a field."""

import numpy as np

from fvtransport import Field, Observable, RegionName, SolvedState, parameter, plugin


@plugin("mean")
class Mean(Observable):
    """Volume mean of a field, over the domain or a region:  (1/V) integral of u dV

    It is not weighted by concentration or heat capacity.
    """

    shorthand = "of"
    of: Field = parameter(meaning="the field, such as T or x_A")
    region: RegionName | None = parameter(None, meaning="region of the mesh; all of it without a name")

    def measure(self, state: SolvedState) -> float:
        if self.region is None:
            return state.mean(self.of)
        inside = state.in_region(self.region)
        return float(np.average(state.cells(self.of)[inside], weights=state.volumes[inside]))

    @property
    def reading_unit(self) -> str:
        return self.of.unit
