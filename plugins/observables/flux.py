"""Flux through a boundary."""

from typing import Any

from fvtransport import Balance, BoundaryName, Observable, parameter, plugin


@plugin("flux")
class Flux(Observable):
    """Mean total flux through a boundary along the face normal:  J = (1/A) integral of J dA    [W or mol/s, per m^2]

    At both ends of a line the normal points along +x, so that a steady flux reads the same at either end.
    """

    of: Balance = parameter(meaning="what flows: energy, or a species by its name")
    through: BoundaryName = parameter(meaning="the boundary it flows through")

    def measure(self, snapshot: Any) -> float:
        return snapshot.flux(self.of, self.through)

    def unit_for(self, medium: Any) -> str:
        return self.of.flux_unit
