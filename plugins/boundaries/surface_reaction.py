"""Reaction on a wall."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Boundary, Field, Mixture, Property, WallView, parameter, plugin

from ..quantities import concentration, energy, mole_fraction_of, rate_constant_unit, temperature


@plugin("surface_reaction")
class SurfaceReaction(Boundary):
    """Reaction of order n on the wall:  J_A . n = k (c x_A)^n  [mol m^-2 s^-1],   q . n = Delta_H k (c x_A)^n  [W m^-2]

    k        rate_constant [m/s for n = 1]: moles consumed per area and time
    Delta_H  heat_of_reaction [J/mol], negative where the reaction gives heat off: then q . n < 0, into the domain

    As the condition of x_A it consumes A; as that of T, with heat_of_reaction, it puts the heat of the same reaction into the
    domain. J and q are the total fluxes, positive outward. Negative mole fractions of trial states react backward.

    Source: D. A. Frank-Kamenetskii, Diffusion and Heat Transfer in Chemical Kinetics, 2nd ed. (1969), chapter II.
    """

    rate_constant: Property = parameter(unit="{rate}", minimum=0.0, meaning="rate constant k, per concentration")
    order: float = parameter(1.0, minimum=0.0, meaning="order n in the concentration")
    species: str | None = parameter(None, meaning="what reacts, where the condition is that of T; without it, the first species")
    heat_of_reaction: float | None = parameter(
        None, unit="J/mol", meaning="Delta_H per mole of A, where the condition is that of T"
    )

    @classmethod
    def place_units(cls, given: Mapping) -> Mapping[str, str]:
        return {"rate": rate_constant_unit("mol/m^2/s", given["order"])} if "order" in given else {}

    def objections(self, field: Field, mixture: Mixture) -> list[str]:
        known = [each.name.removeprefix("x_") for each in mixture.mole_fractions]
        found = []
        if not known:
            found.append("surface_reaction needs a mixture with species")
        elif self.species is not None and self.species not in known:
            found.append(f"the mixture has no species {self.species}; its species are {', '.join(known)}")
        if field is temperature and self.heat_of_reaction is None:
            found.append("surface_reaction on T lacks heat_of_reaction; a reaction without heat leaves T another condition")
        if field is not temperature and (self.heat_of_reaction is not None or self.species is not None):
            found.append(f"heat_of_reaction and species belong to the condition of T, not of {field.name}")
        return found

    def outward_flux(self, wall: WallView):
        if wall.balance is not energy:
            return self._rate(wall, wall.value)
        reacting = wall.species[0] if self.species is None else mole_fraction_of(wall, self.species)
        return self.heat_of_reaction * self._rate(wall, wall[reacting])

    def _rate(self, wall: WallView, x):
        amount = wall[concentration] * x
        return self.rate_constant(wall) * (amount if self.order == 1.0 else np.sign(amount) * np.abs(amount) ** self.order)
