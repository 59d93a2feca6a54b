"""Heat drawn from the surroundings."""

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..handles import energy


@plugin("heat_from")
class HeatFrom(Observable):
    """Heat drawn from the surroundings at a boundary since the start:  Q = -integral of (q . n) dA dt    [J]

    n points out of the domain; positive where the surroundings have lost heat to the domain.
    """

    shorthand = "boundary"
    unit = energy.amount_unit
    needs_time = True
    boundary: BoundaryName = parameter(meaning="the boundary the heat comes in by")

    def measure(self, state: SolvedState) -> float:
        return -state.cumulative_outflow(energy, self.boundary)
