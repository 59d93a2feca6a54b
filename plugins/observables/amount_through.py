"""Amount that has passed a boundary."""

from fvtransport import Balance, BoundaryName, Observable, SolvedState, parameter, plugin


@plugin("amount_through")
class AmountThrough(Observable):
    """Amount of a balance that has left through a boundary since the start:  integral of (J . n) dA dt    [J or mol]

    n points out of the domain; positive has left it. Integrated with the solution, not from stored output.
    """

    needs_time = True
    of: Balance = parameter(meaning="what flows: energy, or a species by its name")
    through: BoundaryName = parameter(meaning="the boundary it flows through")

    def measure(self, state: SolvedState) -> float:
        return state.cumulative_outflow(self.of, self.through)

    @property
    def reading_unit(self) -> str:
        return self.of.amount_unit
