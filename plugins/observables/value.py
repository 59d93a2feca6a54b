"""A field at a point."""

from typing import Any

from fvtransport import Field, Observable, parameter, plugin


@plugin("value")
class Value(Observable):
    """Value of a field at a position on a line:  u(x), linear between nodes, exact on the walls."""

    of: Field = parameter(meaning="the field, such as T or x_A")
    x: float = parameter(unit="m", meaning="position along the line")

    def measure(self, snapshot: Any) -> float:
        return snapshot.value(self.of, self.x)

    def unit_for(self, medium: Any) -> str:
        return self.of.unit
