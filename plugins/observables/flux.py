"""Flux through a boundary."""

from fvtransport import Balance, BoundaryName, Observable, SolvedState, parameter, plugin


@plugin("flux")
class Flux(Observable):
    """Mean total flux through a boundary along the face normal:  J = (1/A) integral of J dA    [W or mol/s, per m^2]

    At both ends of a line the normal points along +x, so that a steady flux reads the same at either end.
    """

    of: Balance = parameter(meaning="what flows: energy, or a species by its name")
    through: BoundaryName = parameter(meaning="the boundary it flows through")

    def measure(self, state: SolvedState) -> float:
        return state.flux(self.of, self.through)

    @property
    def reading_unit(self) -> str:
        return self.of.flux_unit
