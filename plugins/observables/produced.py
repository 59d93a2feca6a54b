"""What sources have produced."""

from fvtransport import Balance, Observable, SolvedState, parameter, plugin


@plugin("produced")
class Produced(Observable):
    """Amount of a balance that the sources of all laws have produced since the start:  integral of s dV dt

    Integrated with the solution, not from stored output.
    """

    shorthand = "of"
    needs_time = True
    of: Balance = parameter(meaning="what is produced: energy, or a species by its name")

    def measure(self, state: SolvedState) -> float:
        return state.cumulative_production(self.of)

    @property
    def reading_unit(self) -> str:
        return self.of.amount_unit
