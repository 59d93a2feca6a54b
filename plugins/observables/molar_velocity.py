"""Molar-average velocity at a boundary."""

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..theory.frames import boundary_concentration, molar_flux


@plugin("molar_velocity")
class MolarVelocity(Observable):
    """Molar-average velocity at a boundary along the face normal:  v* = N / c    [m/s]"""

    shorthand = "boundary"
    unit = "m/s"
    boundary: BoundaryName = parameter(meaning="the boundary")

    def measure(self, state: SolvedState) -> float:
        return float(molar_flux(state, self.boundary).sum()) / boundary_concentration(state, self.boundary)
