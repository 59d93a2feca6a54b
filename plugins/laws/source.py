"""Volume source."""

from fvtransport import Balance, CellView, Law, Property, parameter, plugin


@plugin("source")
class Source(Law):
    """A given production per volume:  s = rate    [J or mol, m^-3 s^-1]

    rate may depend on fields, position and time; positive produces.
    """

    balance: Balance = parameter(meaning="what is produced: energy, or a species by its name")
    rate: Property = parameter(unit="{source}", meaning="production per volume and time")

    def source(self, cell: CellView):
        return {self.balance: self.rate(cell)}
