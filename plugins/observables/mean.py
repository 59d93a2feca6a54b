"""Mean of a field."""

from typing import Any

import numpy as np

from fvtransport import Field, Observable, RegionName, parameter, plugin


@plugin("mean")
class Mean(Observable):
    """Volume mean of a field, over the domain or a region:  (1/V) integral of u dV, not weighted by concentration or heat capacity."""

    shorthand = "of"
    of: Field = parameter(meaning="the field, such as T or x_A")
    region: RegionName | None = parameter(None, meaning="region of the mesh; all of it without a name")

    def measure(self, snapshot: Any) -> float:
        if self.region is None:
            return snapshot.mean(self.of)
        geometry = snapshot.system.geometry
        inside = snapshot.nodes.inside(self.region)[geometry.cells]
        return float(np.average(snapshot.cells(self.of)[inside], weights=geometry.volume[inside]))

    def unit_for(self, medium: Any) -> str:
        return self.of.unit
