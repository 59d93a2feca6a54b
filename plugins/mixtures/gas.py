"""Ideal gas of any number of species."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from fvtransport import (
    Balance,
    BulkFlow,
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
    log_mean,
    parameter,
    plugin,
)

from ..bulk_flow.equimolar import Equimolar
from ..handles import concentration, conductivity, energy, gas_constant, moles, pressure, species, temperature
from ..theory.driving_forces import driving_force
from ..theory.fluxes import diffusive_fluxes, pressure_drive, weighted_sum
from ..theory.thermodynamics.forms import forms
from ..theory.thermodynamics.metric import composition_metric
from ..theory.thermodynamics.potentials import composition_variables, last_from_ratio
from ..validation import distinct_species, each_species
from .flux_closure import IdealGasLaw, last_species_free, moles_not_kept, unbounded_flux

BySpecies = float | Mapping[str, float]


@plugin("gas")
class Gas(Mixture):
    """Ideal gas of N species:  c = p/(R T) ,  N_i = J_i + x_i N ,  energy flux q' + sum_i h_i N_i

        h_i = c_p,i (T - T_0)

    Solved for are x_i of all species but the last, T unless it is given, and p where the bulk flow solves for it.
    Stored are c x_i, c in all, and the internal energy c sum_i x_i h_i - p. Laws give J_i, relative to the
    molar-average velocity, and the reduced heat flux q'; the bulk flow gives N. A heat of reaction is that at the
    reference temperature T_0.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), chapters 19 and 24.
    """

    has_enthalpies: ClassVar[bool] = True
    species: tuple[str, ...] = parameter(meaning="names of the species; all but the last are solved for")
    pressure: float = parameter(
        unit="Pa", above=0.0, meaning="pressure; that at rest where the bulk flow solves for it"
    )
    temperature: float | None = parameter(
        None, unit="K", above=0.0, meaning="temperature of an isothermal gas; without it, the energy is solved for"
    )
    bulk_flow: BulkFlow | None = parameter(
        None, meaning="what fixes the total molar flux N; equimolar (N = 0) without it"
    )
    molar_masses: Mapping[str, float] | None = parameter(
        None, unit="kg/mol", above=0.0, meaning="molar masses M_i by species"
    )
    molar_heat_capacity: BySpecies | None = parameter(
        None, unit="J/mol/K", above=0.0, meaning="heat capacity c_p,i at constant pressure, one for all or by species"
    )
    reference_temperature: float = parameter(
        298.15, unit="K", minimum=0.0, meaning="T_0, where the enthalpies of all species are zero"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        parameters = list(self._parameters_at_odds())
        yield from parameters
        if parameters:
            return
        own = replace(context, mixture=self)
        flow = list(self.flow.validate(own))
        yield from flow
        if any(issue.is_mistake for issue in flow):
            return
        yield from last_species_free(self)
        if context.boundary_values:
            yield from unbounded_flux(self, context.boundary_values)
        if context.is_transient and not self.flow.solves_pressure:
            yield from moles_not_kept(self)

    def _parameters_at_odds(self) -> Iterable[Issue]:
        yield from distinct_species(self.species)
        yield from each_species("molar_masses", self.molar_masses, self.species)
        if isinstance(self.molar_heat_capacity, Mapping):
            yield from each_species("molar_heat_capacity", self.molar_heat_capacity, self.species)
        if self.temperature is None and self.molar_heat_capacity is None:
            yield Issue("molar_heat_capacity is needed where the energy is solved for; or give a temperature")

    @cached_property
    def flow(self) -> BulkFlow:
        """The bulk flow, equimolar where none is given."""
        return Equimolar() if self.bulk_flow is None else self.bulk_flow

    @property
    def keeps_moles(self) -> bool:
        return self.flow.keeps_moles

    @cached_property
    def flux_weights(self) -> tuple[float, ...] | None:
        """a_i, where the fluxes are bound by sum_i a_i N_i = 0 at a given pressure."""
        return None if self.flow.solves_pressure else self.flow.weights(self)

    @cached_property
    def components(self) -> tuple[Species, ...]:
        masses = self.molar_masses or {}
        return tuple(species(name, masses.get(name)) for name in self.species)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        first = () if self.temperature is not None else (energy,)
        own = tuple(
            Balance(name, field, "mol/m^2/s", "mol", f"moles of {name}")
            for name, field in zip(self.species[:-1], self.mole_fractions)
        )
        return (*first, *own, *((moles,) if self.flow.solves_pressure else ()))

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        *others, last = self.mole_fractions
        return (Closure(last, 1.0, tuple((field, -1.0) for field in others)),)

    def known(self) -> Mapping[Field, float]:
        given = {} if self.temperature is None else {temperature: self.temperature}
        return given if self.flow.solves_pressure else {**given, pressure: self.pressure}

    def provides(self) -> Mapping[Shared, Property]:
        return {concentration: IdealGasLaw(weights=self.flux_weights or ()), **self.flow.provides(self)}

    def initial_defaults(self) -> Mapping[Field, float]:
        return {pressure: self.pressure} if self.flow.solves_pressure else {}

    def storage(self, balance: Balance, cell: CellView):
        if balance is energy:
            return self.internal_energy(cell)
        return cell[concentration] * (1.0 if balance is moles else cell[balance.field])

    def internal_energy(self, cell: CellView):
        capacity = weighted_sum(cell, self._heat_capacities)
        return cell[concentration] * capacity * (cell[temperature] - self.reference_temperature) - cell[pressure]

    @cached_property
    def _heat_capacities(self) -> tuple[float, ...]:
        given = self.molar_heat_capacity
        if isinstance(given, Mapping):
            return tuple(given[name] for name in self.species)
        return (given or 0.0,) * len(self.species)

    def molar_enthalpies(self, at: View) -> tuple:
        """h_i = c_p,i (T - T_0) of all species [J/mol]."""
        return tuple(capacity * (at[temperature] - self.reference_temperature) for capacity in self._heat_capacities)

    @cached_property
    def last_flux(self) -> Mapping[Balance, float] | None:
        own = self.balances[self.temperature is None :][: len(self.species) - 1]
        if self.flow.solves_pressure:
            return {moles: 1.0, **dict.fromkeys(own, -1.0)}
        return None if self.flux_weights is None else last_from_ratio(own, self.flux_weights)

    def total_flux(self, face: FluxView):
        """Total molar flux N along the face normal, as solved where it is a balance of its own."""
        is_solved = face.solves(moles) and face.convective_flux is not None
        return face.flux(moles) if is_solved else self.flow.total_flux(face)

    def convective_flux(self, face: FluxView):
        terms = {}
        fluxes = diffusive_fluxes(face)
        if not isinstance(self.flow, Equimolar):
            total = self.flow.total_flux(face)
            if self.flow.solves_pressure:
                terms[moles] = total
            upwind_flux = self.flow.upwind_flux(face, total)
            convective_flux = [
                face[field] * total + 0.5 * upwind_flux * (face.left[field] - face.right[field])
                for field in face.species[:-1]
            ]
            terms.update(zip(face.species[:-1], convective_flux))
            fluxes = [flux + each for flux, each in zip(fluxes, convective_flux)]
            fluxes.append(total - sum(fluxes))
        if self.temperature is None:
            terms[energy] = self._enthalpy_flux(face, fluxes)
        return terms

    def _enthalpy_flux(self, face: FluxView, fluxes):
        """sum_i h_i N_i, with the temperature of the face fitted to conduction."""
        flow = sum(capacity * flux for capacity, flux in zip(self._heat_capacities, fluxes))
        peclet = flow * face.distance / face[conductivity]
        return flow * (face.upwind(temperature, peclet) - self.reference_temperature)

    def dissipative_part(self, face: FluxView):
        """N, which the pressure drives against the friction of the pores where it is solved for."""
        return {moles: self.total_flux(face)} if self.flow.solves_pressure else {}

    def driving_force(self, face: FaceView, field: Field):
        return pressure_drive(face) if field is pressure else driving_force(face, field)

    def metric(self, at: View):
        """X_q = -grad T/T^2 ,  X_i = -R sum_jk (delta_ij/x_i + 1/x_N) Gamma_jk d_k

            X_N = -R (grad p - sum_k c_k F_k)/p    conjugate to the total flux

        Gamma is the thermodynamic factor, the unit matrix in an ideal mixture. With dusty_gas, in which the walls of
        the pores take part in diffusion, J_i depend on X_N and N on X_i. A gas that is absent counts as one of 1e-12,
        because the sum over all forces would be undefined.
        """
        own = self.balances[0 if self.temperature is not None else 1 :]
        entries = dict(composition_metric(own[: len(self.species) - 1], self.mole_fractions, at))
        if self.temperature is None:
            entries[energy, temperature] = at[temperature] ** -2.0
        if self.flow.solves_pressure:
            entries[moles, pressure] = at[gas_constant] / at[pressure]
        return entries

    def entropy_variables(self, at: View):
        """1/T and -mu_i/T = -R ln(a_i p) + c_p,i (ln T + T_0/T) + constants, so d(mu_i/T) = h_i d(1/T) at one a_i p.

        p is in the unit of the case.
        """
        push = at[gas_constant] * np.log(at[pressure])
        own = {field: each - push for field, each in composition_variables(at).items()}
        if self.temperature is not None:
            return own
        T = at[temperature]
        thermal = np.log(T) + self.reference_temperature / T
        pairs = zip(own.items(), self._heat_capacities)
        return {temperature: 1.0 / T, **{field: each + capacity * thermal for (field, each), capacity in pairs}}

    def transported(self, left: View, right: View):
        """h_i at T_l T_r/T_m , T_m the logarithmic mean of both temperatures."""
        if self.temperature is not None:
            return {}
        between = left[temperature] * right[temperature] / log_mean(left[temperature], right[temperature])
        enthalpies = self.molar_enthalpies(left.where({temperature: between}))
        return {temperature: dict(zip(self.mole_fractions, enthalpies))}

    def coefficients(self, onsager, at: View):
        count = len(self.species)
        return forms(onsager[:count, :count], at) if self.temperature is None else ()
