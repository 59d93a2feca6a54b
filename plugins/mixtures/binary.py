"""Binary mixture."""

from collections.abc import Mapping
from functools import cached_property

from fvtransport import Balance, CellView, Closure, Field, Mixture, Property, Shared, View, parameter, plugin

from ..quantities import concentration, energy, gas_constant, heat_capacity, mole_fraction, sensible_heat, temperature


@plugin("binary")
class Binary(Mixture):
    """Two species A and B at total concentration c:  x_B = 1 - x_A,  stored c x_A [mol/m^3] and int c_p dT [J/m^3].

    The first species is solved for, and so is the energy unless a temperature is given. Equal molar heat capacities and
    no bulk flow (N = 0) are assumed, so in time c may vary from place to place but not with the state, and c_p not with
    composition.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI.
    """

    keeps_moles = True
    species: tuple[str, str] = parameter(meaning="names of the two species; the first is solved for")
    concentration: Property = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    temperature: float | None = parameter(
        None, unit="K", above=0.0, meaning="temperature of an isothermal mixture; without it, the energy is solved for"
    )
    reference_temperature: float = parameter(298.15, unit="K", minimum=0.0, meaning="datum of the stored heat, where c_p is a function")

    @cached_property
    def mole_fractions(self) -> tuple[Field, Field]:
        first, second = self.species
        return mole_fraction(first), mole_fraction(second)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        first = Balance(self.species[0], self.mole_fractions[0], "mol/m^2/s", "mol", f"moles of {self.species[0]}")
        return (first,) if self.temperature is not None else (energy, first)

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        first, second = self.mole_fractions
        return (Closure(second, 1.0, ((first, -1.0),)),)

    def known(self) -> Mapping[Field, float]:
        return {} if self.temperature is None else {temperature: self.temperature}

    def provides(self) -> Mapping[Shared, Property]:
        return {concentration: self.concentration}

    def needs(self, balance: Balance) -> tuple[Shared, ...]:
        return (heat_capacity,) if balance is energy else (concentration,)

    def steady_in_time(self) -> Mapping[Shared, tuple[Field, ...]]:
        return {concentration: (), heat_capacity: (temperature,)}

    def storage(self, balance: Balance, cell: CellView):
        if balance is energy:
            return sensible_heat(cell, self.reference_temperature)
        return cell[concentration] * cell[balance.field]

    def metric(self, at: View):
        """Ideal mixture:  X_q = grad(1/T) = -grad T / T^2 ,  X_A = -(1/T) grad_T(mu_A - mu_B) = -R grad x_A / (x_A x_B)."""
        first, second = self.mole_fractions
        composition = {(self.balances[-1], first): at[gas_constant] / (at[first] * at[second])}
        return composition if self.temperature is not None else {(energy, temperature): at[temperature] ** -2.0, **composition}
