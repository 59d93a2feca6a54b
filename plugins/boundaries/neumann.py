"""Prescribed total flux."""

from fvtransport import Boundary, BoundaryView, Property, parameter, plugin


@plugin("neumann")
class Neumann(Boundary):
    """The total flux out of the domain is given, every cross-effect included:  J . n = outward_flux"""

    shorthand = "flux"
    flux: Property = parameter(unit="{flux}", meaning="total flux out of the domain; negative feeds the domain")

    def outward_flux(self, face: BoundaryView):
        return self.flux(face)
