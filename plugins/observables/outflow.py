"""Rate of flow out of the domain."""

from typing import Any

from fvtransport import Balance, BoundaryName, Observable, parameter, plugin


@plugin("outflow")
class Outflow(Observable):
    """Rate at which a balance leaves the domain through a boundary:  F = integral of (J . n) dA    [W or mol/s]

    n points out of the domain; positive leaves it.
    """

    of: Balance = parameter(meaning="what flows: energy, or a species by its name")
    through: BoundaryName = parameter(meaning="the boundary it flows through")

    def measure(self, snapshot: Any) -> float:
        return snapshot.outflow(self.of, self.through)

    def unit_for(self, medium: Any) -> str:
        return f"{self.of.amount_unit}/s"
