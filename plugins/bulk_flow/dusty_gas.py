"""Diffusion and flow in pores as narrow as the mean free path."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from fvtransport import (
    BulkFlow,
    Context,
    FluxView,
    Issue,
    Mixture,
    Property,
    Shared,
    View,
    parameter,
    plugin,
    upwind_weight,
)

from ..handles import concentration, gas_constant, knudsen_diffusivities, permeability, temperature, viscosity
from ..theory.fluxes import carrying_diffusivity, diffusive_fluxes, pressure_drive, ratio_flux, ratio_upwind_weight
from ..theory.knudsen import knudsen_diffusivity
from ..validation import each_species, exactly_one, molar_masses_known


@plugin("dusty_gas")
class DustyGas(BulkFlow):
    """Dusty gas: molecules meet each other and the walls, and flow besides.   N_i = N_i^D + x_i N_v

        sum_j (x_j N_i^D - x_i N_j^D)/D_ij + N_i^D/D_K,i = -grad(x_i p)/(R T) + c_i F_i/(R T)
        N_v = -(c B/mu) (grad p - sum_k c_k F_k) ,     N = N_v + sum_i N_i^D

    D_K,i  Knudsen diffusivities, (d/3) sqrt(8 R T/(pi M_i)) in pores of diameter d;  B  permeability, d^2/32, or under
    properties where D_K,i are given;  mu  viscosity, under properties. D_ij are those of `maxwell_stefan`, which takes
    the walls into account; they go as 1/p, and their expressions may depend on p. Fluxes are per area of pore; for a
    porous medium give effective coefficients. The pressure is a field, unless it is said to be uniform: then sum_i
    N_i/D_K,i = 0, Graham's law. Isothermal gases only: thermal transpiration is not included.

    Source: E. A. Mason, A. P. Malinauskas, Gas Transport in Porous Media: The Dusty-Gas Model (1983), chapters 2 and 3.
    """

    has_wall_friction: ClassVar[bool] = True
    shorthand = "pore_diameter"
    pore_diameter: float | None = parameter(None, unit="m", above=0.0, meaning="diameter d of cylindrical pores")
    knudsen_diffusivities: Mapping[str, float] | None = parameter(
        None, unit="m^2/s", above=0.0, meaning="D_K,i by species; instead of a pore_diameter"
    )
    viscous_flow: bool = parameter(True, meaning="whether a difference in pressure makes the gas flow, N_v")
    uniform_pressure: bool = parameter(
        False, meaning="whether the pressure is that of the mixture everywhere, so that nothing flows"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        yield from exactly_one(pore_diameter=self.pore_diameter, knudsen_diffusivities=self.knudsen_diffusivities)
        if context.mixture is None:
            return
        if self.pore_diameter is not None:
            yield from molar_masses_known(context, "dusty_gas, for the Knudsen diffusivities,")
        yield from each_species("knudsen_diffusivities", self.knudsen_diffusivities, context.mixture.species_names)
        if temperature not in context.mixture.known():
            yield Issue("dusty_gas knows no thermal transpiration", "give the mixture a temperature")

    @property
    def solves_pressure(self) -> bool:
        return not self.uniform_pressure

    def provides(self, mixture: Mixture) -> Mapping[Shared, Property]:
        """The Knudsen diffusivities."""
        names = mixture.species_names
        if self.knudsen_diffusivities is not None:
            return {knudsen_diffusivities: _InPores(values=tuple(self.knudsen_diffusivities[name] for name in names))}
        masses = tuple(mixture.known_molar_masses.values())
        return {knudsen_diffusivities: _InPores(diameter=self.pore_diameter, molar_masses=masses)}

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0 at uniform pressure: 1/D_K,i, in any unit."""
        names = mixture.species_names
        if self.knudsen_diffusivities is not None:
            return tuple(min(self.knudsen_diffusivities.values()) / self.knudsen_diffusivities[name] for name in names)
        masses = tuple(mixture.known_molar_masses.values())
        return tuple((mass / max(masses)) ** 0.5 for mass in masses)

    def total_flux(self, face: FluxView):
        if self.uniform_pressure:
            return ratio_flux(face, self.weights(face.mixture))
        friction = [1.0 / each for each in face[knudsen_diffusivities]]
        resistance = sum(flux * each for flux, each in zip(diffusive_fluxes(face), friction))
        push = pressure_drive(face) / (face[gas_constant] * face[temperature])
        return -(push + resistance) / self._mean_friction(face) + self._viscous_flux(face)

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects: V of  N_i = J_i + x_i N.

        The weight is that of  Pe = V dx/(c D_e).  Friction at the walls of the pores retards what diffuses, and so what
        is convected with it:  V = N_v + (N - N_v)/(1 + D W) ,  1/D_e = 1/D + W ,  with the mean friction W = sum_i
        x_i/D_K,i.
        """
        if self.uniform_pressure:
            return total * ratio_upwind_weight(face, self.weights(face.mixture))
        viscous, mutual, friction = self._viscous_flux(face), carrying_diffusivity(face), self._mean_friction(face)
        moving = viscous + (total - viscous) / (1.0 + mutual * friction)
        return moving * upwind_weight(moving * face.distance * (1.0 / mutual + friction) / face[concentration])

    def _mean_friction(self, face: FluxView):
        return sum(face[field] / each for field, each in zip(face.species, face[knudsen_diffusivities]))

    def _viscous_flux(self, face: FluxView):
        """N_v, zero without viscous flow."""
        if not self.viscous_flow:
            return 0.0
        own = face[permeability] if self.pore_diameter is None else self.pore_diameter**2 / 32.0
        return -face[concentration] * own / face[viscosity] * pressure_drive(face)


class _InPores(Property):
    """D_K,i = (d/3) sqrt(8 R T/(pi M_i)), or given numbers."""

    diameter: float = parameter(0.0, meaning="pore diameter")
    molar_masses: tuple[float, ...] = parameter((), meaning="molar masses in the order of the species")
    values: tuple[float, ...] | None = parameter(None, meaning="the numbers themselves")

    def __call__(self, at: View):
        if self.values is not None:
            return self.values
        return tuple(
            knudsen_diffusivity(self.diameter, at[temperature], mass, at[gas_constant]) for mass in self.molar_masses
        )
