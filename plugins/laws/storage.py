"""Extra storage."""

from collections.abc import Iterable

from fvtransport import Balance, CellView, Context, Issue, Law, Property, parameter, plugin

from ..validation import exactly_one


@plugin("storage")
class Storage(Law):
    """What is stored besides the mixture:  d/dt [stored + amount],   amount = (R - 1) stored  with a factor R

    amount            given per volume [J/m^3 or mol/m^3] as a function of the fields: adsorbed moles, heat of a porous
                      solid
    R = 1 + K         retardation_factor, for an amount in proportion to what the mixture itself stores

    Only the change with the fields counts, so the amount must not be a function of time. It is not advected.

    Source: J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), section 14.2.
    """

    balance: Balance = parameter(meaning="what is stored: energy, or a species by its name")
    amount: Property | None = parameter(
        None, unit="{content}", meaning="amount per volume, besides what the mixture stores"
    )
    retardation_factor: Property | None = parameter(
        None, above=0.0, meaning="all that is stored over what the mixture stores; instead of amount"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        return exactly_one(amount=self.amount, retardation_factor=self.retardation_factor)

    def storage(self, cell: CellView):
        if self.amount is not None:
            return {self.balance: self.amount(cell)}
        return {self.balance: (self.retardation_factor(cell) - 1.0) * cell.mixture.storage(self.balance, cell)}
