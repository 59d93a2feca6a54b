"""Liquid mixture of constant mass density."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from fvtransport import (
    Balance,
    CellView,
    Closure,
    Context,
    FaceView,
    Field,
    FluxView,
    Issue,
    Mixture,
    Property,
    Shared,
    Species,
    View,
    parameter,
    plugin,
    upwind_mean,
)

from ..handles import concentration, energy, heat_capacity, species, temperature
from ..theory.driving_forces import driving_force
from ..theory.fluxes import ratio_flux, ratio_upwind_weight, weighted_sum
from ..theory.heat import sensible_heat
from ..theory.thermodynamics.forms import forms
from ..theory.thermodynamics.metric import composition_metric
from ..theory.thermodynamics.potentials import composition_variables, last_from_ratio
from ..validation import distinct_species, each_species


@plugin("liquid")
class Liquid(Mixture):
    """Liquid of N species at constant mass density rho:  c = rho/sum_i M_i x_i ,  N_i = J_i + x_i N ,  sum M_i N_i = 0

    Where mass cannot pile up, none flows in a closed space: the centre of mass rests, the moles do not, and what the
    text of a law calls relative to the molar-average velocity is convected by N = -sum_i M_i J_i/sum_i M_i x_i. Stored
    are c x_i and int c_p dT, c_p per volume; equal heat capacities per mass are assumed, so that sum_i h_i N_i = 0 and
    the heat flux is q'. Pressure drives nothing in it.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 2.
    """

    species: tuple[str, ...] = parameter(meaning="names of the species; all but the last are solved for")
    density: float = parameter(
        unit="kg/m^3", above=0.0, meaning="mass density rho, the same whatever the composition and temperature"
    )
    molar_masses: Mapping[str, float] = parameter(unit="kg/mol", above=0.0, meaning="molar masses M_i by species")
    temperature: float | None = parameter(
        None, unit="K", above=0.0, meaning="temperature of an isothermal liquid; without it, the energy is solved for"
    )
    reference_temperature: float = parameter(
        298.15, unit="K", minimum=0.0, meaning="datum of the stored heat, where c_p is a function"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from distinct_species(self.species)
        yield from each_species("molar_masses", self.molar_masses, self.species)

    @cached_property
    def flux_weights(self) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0: the molar masses."""
        return tuple(self.molar_masses[name] for name in self.species)

    @cached_property
    def components(self) -> tuple[Species, ...]:
        masses = self.molar_masses or {}
        return tuple(species(name, masses.get(name)) for name in self.species)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        own = tuple(
            Balance(name, field, "mol/m^2/s", "mol", f"moles of {name}")
            for name, field in zip(self.species[:-1], self.mole_fractions)
        )
        return own if self.temperature is not None else (energy, *own)

    @cached_property
    def last_flux(self) -> Mapping[Balance, float]:
        return last_from_ratio(self.balances[-len(self.species) + 1 :], self.flux_weights)

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        *others, last = self.mole_fractions
        return (Closure(last, 1.0, tuple((field, -1.0) for field in others)),)

    def known(self) -> Mapping[Field, float]:
        return {} if self.temperature is None else {temperature: self.temperature}

    def provides(self) -> Mapping[Shared, Property]:
        return {concentration: _ConstantDensity(density=self.density, masses=self.flux_weights)}

    def needs(self, balance: Balance) -> tuple[Shared, ...]:
        return (heat_capacity,) if balance is energy else ()

    def constant_in_time(self) -> Mapping[Shared, tuple[Field, ...]]:
        return {heat_capacity: (temperature,)}

    def storage(self, balance: Balance, cell: CellView):
        if balance is energy:
            return sensible_heat(cell, self.reference_temperature)
        return cell[concentration] * cell[balance.field]

    def total_flux(self, face: FluxView):
        """Total molar flux N along the face normal."""
        return ratio_flux(face, self.flux_weights)

    def convective_flux(self, face: FluxView):
        total, share = self.total_flux(face), ratio_upwind_weight(face, self.flux_weights)
        return {field: upwind_mean(face.left[field], face.right[field], share) * total for field in face.species[:-1]}

    def driving_force(self, face: FaceView, field: Field):
        return driving_force(face, field)

    def metric(self, at: View):
        """X_q = -grad T/T^2 ,  X_i = -R sum_jk (delta_ij/x_i + 1/x_N) Gamma_jk d_k , Gamma the thermodynamic factor."""
        own = composition_metric(self.balances[-len(self.species) + 1 :], self.mole_fractions, at)
        return own if self.temperature is not None else {(energy, temperature): at[temperature] ** -2.0, **own}

    def entropy_variables(self, at: View):
        """1/T and -mu_i/T = -R ln a_i + constants; enthalpies are equal per mass, so that none is carried."""
        composition = composition_variables(at)
        return composition if self.temperature is not None else {temperature: 1.0 / at[temperature], **composition}

    def coefficients(self, onsager, at: View):
        return forms(onsager, at) if self.temperature is None else ()


class _ConstantDensity(Property):
    """c = rho/sum_i M_i x_i."""

    density: float = parameter(unit="kg/m^3", meaning="rho")
    masses: tuple[float, ...] = parameter(unit="kg/mol", meaning="M_i in the order of the species")

    def __call__(self, at: View):
        return self.density / weighted_sum(at, self.masses)
