"""Rate of flow out of the domain."""

from fvtransport import Balance, BoundaryName, Observable, SolvedState, parameter, plugin


@plugin("outflow")
class Outflow(Observable):
    """Rate at which a balance leaves the domain through a boundary:  F = integral of (J . n) dA    [W or mol/s]

    n points out of the domain; positive leaves it.
    """

    of: Balance = parameter(meaning="what flows: energy, or a species by its name")
    through: BoundaryName = parameter(meaning="the boundary it flows through")

    def measure(self, state: SolvedState) -> float:
        return state.outflow(self.of, self.through)

    @property
    def reading_unit(self) -> str:
        return f"{self.of.amount_unit}/s"
