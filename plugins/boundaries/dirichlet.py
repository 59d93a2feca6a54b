"""Prescribed value."""

from fvtransport import Boundary, BoundaryView, Property, parameter, plugin


@plugin("dirichlet")
class Dirichlet(Boundary):
    """The field has a given value on the boundary:  u = value"""

    shorthand = prescribed = "value"
    value: Property = parameter(unit="{field}", meaning="value of the field; may depend on position and time")

    def residual(self, face: BoundaryView):
        return face.value - self.value(face)
