"""One substance at rest."""

from collections.abc import Mapping
from functools import cached_property

from fvtransport import Balance, CellView, Field, Mixture, Shared, View, parameter, plugin

from ..handles import energy, heat_capacity, temperature
from ..theory.heat import sensible_heat


@plugin("pure")
class Pure(Mixture):
    """One substance at rest, solid or fluid: only the energy is solved for, stored as int c_p dT [J/m^3].

    c_p is the heat capacity per volume; it may depend on T and position.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), chapter I.
    """

    reference_temperature: float = parameter(
        298.15, unit="K", minimum=0.0, meaning="datum of the stored heat, where c_p is a function"
    )

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        return (energy,)

    def needs(self, balance: Balance) -> tuple[Shared, ...]:
        return (heat_capacity,)

    def constant_in_time(self) -> Mapping[Shared, tuple[Field, ...]]:
        return {heat_capacity: (temperature,)}

    def storage(self, balance: Balance, cell: CellView):
        return sensible_heat(cell, self.reference_temperature)

    def entropy_variables(self, at: View):
        return {temperature: 1.0 / at[temperature]}

    def metric(self, at: View):
        """X_q = grad(1/T) = -grad T / T^2."""
        return {(energy, temperature): at[temperature] ** -2.0}
