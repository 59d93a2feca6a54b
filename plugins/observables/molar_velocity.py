"""Molar-average velocity at a boundary."""

from typing import Any

from fvtransport import BoundaryName, Observable, parameter, plugin

from ..frames import boundary_concentration, molar_flux


@plugin("molar_velocity")
class MolarVelocity(Observable):
    """Molar-average velocity at a boundary along the face normal:  v* = N / c    [m/s]"""

    shorthand = "boundary"
    unit = "m/s"
    boundary: BoundaryName = parameter(meaning="the boundary")

    def measure(self, snapshot: Any) -> float:
        return float(molar_flux(snapshot, self.boundary).sum()) / boundary_concentration(snapshot, self.boundary)
