"""Binary mixture."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from fvtransport import (
    Balance,
    CellView,
    Closure,
    Context,
    FaceView,
    Field,
    Issue,
    Mixture,
    Property,
    Shared,
    Species,
    View,
    parameter,
    plugin,
)

from ..handles import concentration, energy, gas_constant, heat_capacity, species, temperature
from ..theory.driving_forces import driving_force
from ..theory.heat import sensible_heat
from ..theory.thermodynamics.forms import forms
from ..theory.thermodynamics.metric import composition_metric
from ..theory.thermodynamics.potentials import composition_variables
from ..validation import each_species


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
    reference_temperature: float = parameter(
        298.15, unit="K", minimum=0.0, meaning="datum of the stored heat, where c_p is a function"
    )
    molar_heat_capacity: float | None = parameter(
        None,
        unit="J/mol/K",
        above=0.0,
        meaning="c_p per mole of either species, for c_p = c times it; instead of heat_capacity",
    )
    molar_masses: Mapping[str, float] | None = parameter(
        None, unit="kg/mol", above=0.0, meaning="molar masses M_i by species, for what is per mass or heavy"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        return each_species("molar_masses", self.molar_masses, self.species)

    @cached_property
    def components(self) -> tuple[Species, ...]:
        masses = self.molar_masses or {}
        return tuple(species(name, masses.get(name)) for name in self.species)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        first = Balance(self.species[0], self.mole_fractions[0], "mol/m^2/s", "mol", f"moles of {self.species[0]}")
        return (first,) if self.temperature is not None else (energy, first)

    @cached_property
    def last_flux(self) -> Mapping[Balance, float]:
        return {self.balances[-1]: -1.0}

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        first, second = self.mole_fractions
        return (Closure(second, 1.0, ((first, -1.0),)),)

    def known(self) -> Mapping[Field, float]:
        return {} if self.temperature is None else {temperature: self.temperature}

    def provides(self) -> Mapping[Shared, Property]:
        given = {concentration: self.concentration}
        if self.molar_heat_capacity is not None:
            given[heat_capacity] = _PerVolume(concentration=self.concentration, molar=self.molar_heat_capacity)
        return given

    def needs(self, balance: Balance) -> tuple[Shared, ...]:
        return (heat_capacity,) if balance is energy else (concentration,)

    def constant_in_time(self) -> Mapping[Shared, tuple[Field, ...]]:
        return {concentration: (), heat_capacity: (temperature,)}

    def storage(self, balance: Balance, cell: CellView):
        if balance is energy:
            return sensible_heat(cell, self.reference_temperature)
        return cell[concentration] * cell[balance.field]

    def internal_energy(self, cell: CellView):
        """That of an ideal gas at constant pressure: the stored heat less p = c R T."""
        return (
            sensible_heat(cell, self.reference_temperature)
            - cell[concentration] * cell[gas_constant] * cell[temperature]
        )

    def driving_force(self, face: FaceView, field: Field):
        return driving_force(face, field)

    def metric(self, at: View):
        """Ideal mixture:  X_q = grad(1/T) = -grad T / T^2 ,  X_A = -R d_A/(x_A x_B)

        X_A = -(1/T) [grad_T(mu_A - mu_B) - F_A + F_B] ,  grad_T the gradient at constant temperature.
        Without forces F the driving force d_A is grad x_A. A species that is absent counts as one of 1e-12.
        """
        composition = composition_metric(self.balances[-1:], self.mole_fractions, at)
        return (
            composition
            if self.temperature is not None
            else {(energy, temperature): at[temperature] ** -2.0, **composition}
        )

    def entropy_variables(self, at: View):
        """1/T and -mu_i/T = -R ln a_i + constants; the enthalpies of both species are equal."""
        composition = composition_variables(at)
        return composition if self.temperature is not None else {temperature: 1.0 / at[temperature], **composition}

    def coefficients(self, onsager, at: View):
        return forms(onsager, at) if self.temperature is None else ()


class _PerVolume(Property):
    """c_p = c c_p,molar"""

    concentration: Property = parameter(unit="mol/m^3", meaning="total molar concentration c")
    molar: float = parameter(unit="J/mol/K", meaning="heat capacity per mole")

    def __call__(self, at: View):
        return self.concentration(at) * self.molar

    @property
    def constant(self) -> float | None:
        own = self.concentration.constant
        return None if own is None else own * self.molar
