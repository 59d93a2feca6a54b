"""Reaction on a boundary."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Boundary, BoundaryView, Context, Field, Issue, Property, parameter, plugin

from ..handles import concentration, energy, moles, pressure, temperature
from ..theory.rates import opposed_rates, rate_constant_unit
from ..theory.thermodynamics.enthalpies import net_enthalpy
from ..validation import known_species, ratio_kept


@plugin("surface_reaction")
class SurfaceReaction(Boundary):
    """Reaction of order n on the boundary:  r = k (c x_A)^n

        N_i . n = -nu_i r    [mol m^-2 s^-1] ,     q . n = Delta_H r    [W m^-2]

    k        rate_constant [m/s for n = 1]: moles of A consumed per area and time
    nu_i     stoichiometry: moles made per mole of A consumed, negative for what is consumed; {A: -1, B: 2} for A -> 2 B
    Delta_H  heat_of_reaction [J/mol], negative where the reaction gives heat off: then q . n < 0, into the domain

    As the condition of x_i it consumes or makes species i, as that of p, where the pressure is solved for, it
    lets pass what the reaction makes or takes of all species; as that of T, with heat_of_reaction, it puts the
    heat of the same reaction into the domain. Give the same on each. N and q are total fluxes, positive
    outward. Negative mole fractions of trial states react backward. Without stoichiometry A alone is consumed,
    and what becomes of it follows from the other conditions.

    Source: D. A. Frank-Kamenetskii, Diffusion and Heat Transfer in Chemical Kinetics, 2nd ed. (1969), chapter II.
    """

    rate_constant: Property = parameter(unit="{rate}", minimum=0.0, meaning="rate constant k, per concentration")
    order: float = parameter(1.0, minimum=0.0, meaning="order n in the concentration")
    species: str | None = parameter(
        None,
        meaning="what reacts, A; without it, what the stoichiometry consumes, the species of the "
        "condition or the first one",
    )
    stoichiometry: Mapping[str, float] | None = parameter(
        None, meaning="moles made per mole of A by species, negative where consumed: {A: -1, B: 2}"
    )
    heat_of_reaction: float | None = parameter(
        None, unit="J/mol", meaning="Delta_H per mole of A, where the condition is that of T"
    )

    @classmethod
    def place_units(cls, given: Mapping) -> Mapping[str, str]:
        return {"rate": rate_constant_unit("mol/m^2/s", given["order"])} if "order" in given else {}

    def validate(self, context: Context) -> Iterable[Issue]:
        field, mixture = context.field, context.mixture
        if field is None or mixture is None:
            return
        if not mixture.components:
            yield Issue("surface_reaction needs a mixture with species")
            return
        named = [*([] if self.species is None else [self.species]), *(self.stoichiometry or {})]
        yield from known_species(context, named)
        if field is temperature and self.heat_of_reaction is None:
            yield Issue(
                "surface_reaction on T lacks heat_of_reaction; a reaction without heat leaves T another condition"
            )
        if field is not temperature and (
            self.heat_of_reaction is not None or (self.species is not None and not self.stoichiometry)
        ):
            yield Issue(f"heat_of_reaction and species belong to the condition of T, not of {field.name}")
        if field is pressure and self.stoichiometry is None:
            yield Issue("surface_reaction on p lacks the stoichiometry, such as {A: -1, B: 2}")
        if self.stoichiometry:
            yield from ratio_kept(context, self.stoichiometry, "surface_reaction")

    def outward_flux(self, face: BoundaryView):
        if face.balance is energy:
            return self.heat_of_reaction * self._rate(face, face[self._reacting(face)])
        if self.stoichiometry is None:
            return self._rate(face, face.value)
        rate, made = self._rate(face, face[self._reacting(face)]), self.stoichiometry
        if face.balance is moles:
            return -sum(made.values()) * rate
        return -made.get(face.balance.name, 0.0) * rate

    def reactions(self, face: BoundaryView):
        consumed = self._reacting(face)
        made = dict(self.stoichiometry or {next(e.name for e in face.mixture.components if e.field is consumed): -1.0})
        enthalpy = None if self.heat_of_reaction is None else self.heat_of_reaction + net_enthalpy(face, made)
        return (opposed_rates(face, made, self._rate(face, face[consumed]), None, enthalpy),)

    def _reacting(self, face: BoundaryView) -> Field:
        consumed = next((name for name, nu in (self.stoichiometry or {}).items() if nu < 0.0), None)
        name = consumed if self.species is None else self.species
        return face.species[0] if name is None else face.mixture.component(name).field

    def _rate(self, face: BoundaryView, x):
        amount = face[concentration] * x
        return self.rate_constant(face) * (
            amount if self.order == 1.0 else np.sign(amount) * np.abs(amount) ** self.order
        )
