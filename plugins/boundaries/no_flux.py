"""Closed wall."""

from fvtransport import Boundary, BoundaryView, plugin


@plugin("no_flux")
class NoFlux(Boundary):
    """Nothing passes, whatever drives it:  J . n = 0,  J the total flux with every cross-effect"""

    def outward_flux(self, face: BoundaryView):
        return 0.0
