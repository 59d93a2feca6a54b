"""Molar-average velocity at a boundary."""

from typing import Any

from fvtransport import BoundaryName, Observable, parameter, plugin

from ..frames import molar_flux, wall_concentration


@plugin("molar_velocity")
class MolarVelocity(Observable):
    """Molar-average velocity at a boundary along the face normal:  v* = N / c    [m/s]"""

    shorthand = "boundary"
    unit = "m/s"
    boundary: BoundaryName = parameter(meaning="the boundary")

    def measure(self, snapshot: Any) -> float:
        return float(molar_flux(snapshot, self.boundary).sum()) / wall_concentration(snapshot, self.boundary)
