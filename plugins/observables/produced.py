"""What sources have produced."""

from typing import Any

from fvtransport import Balance, Observable, parameter, plugin


@plugin("produced")
class Produced(Observable):
    """Amount of a balance that the sources of all laws have produced in the domain since the start:  integral of s dV dt

    Integrated with the solution, not from stored output.
    """

    shorthand = "of"
    needs_time = True
    of: Balance = parameter(meaning="what is produced: energy, or a species by its name")

    def measure(self, snapshot: Any) -> float:
        return snapshot.cumulative_production(self.of)

    def unit_for(self, medium: Any) -> str:
        return self.of.amount_unit
