"""Prescribed value."""

from fvtransport import Boundary, Field, Mixture, Property, WallView, parameter, plugin


@plugin("dirichlet")
class Dirichlet(Boundary):
    """The field has a given value on the wall:  u = value"""

    shorthand = "value"
    value: Property = parameter(unit="{field}", meaning="value of the field; may hang on position and time")

    def objections(self, field: Field, mixture: Mixture) -> list[str]:
        refuses = getattr(mixture, "refuses_value", None)
        return [] if refuses is None or self.value.constant is None else refuses(field, self.value.constant)

    def residual(self, wall: WallView):
        return wall.value - self.value(wall)
