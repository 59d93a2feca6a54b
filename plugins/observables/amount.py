"""Content of the domain."""

from fvtransport import Balance, Observable, SolvedState, parameter, plugin


@plugin("amount")
class Amount(Observable):
    """Amount of a balance in the domain:  integral of storage dV    [J or mol]

    For energy this is the integral of c_p T, for a species that of c x_i.
    """

    shorthand = "of"
    of: Balance = parameter(meaning="what is stored: energy, or a species by its name")

    def measure(self, state: SolvedState) -> float:
        return state.amount(self.of)

    @property
    def reading_unit(self) -> str:
        return self.of.amount_unit
