"""Heat given to the surroundings."""

from fvtransport import BoundaryName, Observable, SolvedState, parameter, plugin

from ..handles import energy


@plugin("heat_to")
class HeatTo(Observable):
    """Heat given to the surroundings at a boundary since the start:  Q = integral of (q . n) dA dt    [J]

    n points out of the domain; positive where the surroundings have gained heat from the domain.
    """

    shorthand = "boundary"
    unit = energy.amount_unit
    needs_time = True
    boundary: BoundaryName = parameter(meaning="the boundary the heat goes out by")

    def measure(self, state: SolvedState) -> float:
        return state.cumulative_outflow(energy, self.boundary)
