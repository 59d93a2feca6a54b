"""Mean of a field."""

from typing import Any

from fvtransport import Field, Observable, parameter, plugin


@plugin("mean")
class Mean(Observable):
    """Volume mean of a field:  (1/V) integral of u dV, not weighted by concentration or heat capacity."""

    shorthand = "of"
    of: Field = parameter(meaning="the field, such as T or x_A")

    def measure(self, snapshot: Any) -> float:
        return snapshot.mean(self.of)

    def unit_for(self, medium: Any) -> str:
        return self.of.unit
