"""Reaction on an interface."""

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np

from fvtransport import Context, Interface, InterfaceView, Issue, Property, parameter, plugin

from ..handles import energy, gas_constant, moles
from ..theory.rates import mass_action, net_coefficients, opposed_rates, rate_constant_unit
from ..theory.thermodynamics.enthalpies import net_enthalpy
from ..validation import known_species, moles_kept


@plugin("interface_reaction")
class InterfaceReaction(Interface):
    """Mass action on the interface:  r = k_f prod_i c_i^a_i - k_r prod_j c_j^b_j    [mol m^-2 s^-1],  c_i = c_t x_i

        J_i,right - J_i,left = nu_i r ,   nu_i = b_i - a_i      the fields are continuous
        J_q,right - J_q,left = -Delta_H r

    a_i, b_i  stoichiometric coefficients of reactants and products, and the orders in their concentrations
    k_f, k_r  rate_constant and reverse_rate_constant [(mol/m^3)^(1 - order) m/s], such as m/s for A -> B
    Delta_H   heat_of_reaction [J/mol], negative where the reaction gives heat off
    side      on which the concentrations are read, where c_t differs between the materials

    One condition states the reaction for all its species; it is given under the field of one of them.

    Source: R. Aris, Elementary Chemical Reactor Analysis (1969), chapter 2.
    """

    reactants: Mapping[str, float] = parameter(above=0.0, meaning="what is consumed: {A: 1}")
    products: Mapping[str, float] = parameter(above=0.0, meaning="what is made: {B: 1}")
    rate_constant: Property = parameter(unit="{forward}", minimum=0.0, meaning="forward rate constant k_f")
    reverse_rate_constant: Property | None = parameter(
        None, unit="{reverse}", minimum=0.0, meaning="reverse rate constant k_r"
    )
    heat_of_reaction: float | None = parameter(None, unit="J/mol", meaning="Delta_H per mole of r")
    side: Literal["left", "right"] = parameter("left", meaning="side on which the concentrations are read")

    @classmethod
    def place_units(cls, given: Mapping) -> Mapping[str, str]:
        orders = {"forward": "reactants", "reverse": "products"}
        return {
            unit: rate_constant_unit("mol/m^2/s", sum(given[side].values()))
            for unit, side in orders.items()
            if side in given
        }

    def validate(self, context: Context) -> Iterable[Issue]:
        if not self.reactants:
            yield Issue("it consumes nothing", "reactants, such as {A: 1}", parameter="reactants")
        unknown = list(known_species(context, net_coefficients(self.reactants, self.products)))
        yield from unknown or moles_kept(
            context, net_coefficients(self.reactants, self.products), self.reactants, self.products
        )

    def residual(self, face: InterfaceView):
        return face.jump

    def further_entropy_production(self, face: InterfaceView):
        """R (r_f - r_r) ln(r_f/r_r) of a reversible reaction, rate times affinity/T; of an irreversible one unknown."""
        forward, reverse = self._rates(face)
        if self.reverse_rate_constant is None:
            return None
        return face.left[gas_constant] * (forward - reverse) * np.log(forward / reverse)

    def _rates(self, face: InterfaceView):
        """Forward and reverse rate [mol m^-2 s^-1]."""
        at = face.left if self.side == "left" else face.right
        forward = mass_action(at, self.rate_constant(at), self.reactants)
        if self.reverse_rate_constant is None:
            return forward, 0.0
        return forward, mass_action(at, self.reverse_rate_constant(at), self.products)

    def reactions(self, face: InterfaceView):
        at, made = face.left if self.side == "left" else face.right, net_coefficients(self.reactants, self.products)
        forward, reverse = self._rates(face)
        enthalpy = None if self.heat_of_reaction is None else self.heat_of_reaction + net_enthalpy(at, made)
        back = None if self.reverse_rate_constant is None else reverse
        return (opposed_rates(at, made, forward, back, enthalpy),)

    def production(self, face: InterfaceView):
        forward, reverse = self._rates(face)
        rate = forward - reverse
        terms = {} if self.heat_of_reaction is None else {energy: -self.heat_of_reaction * rate}
        terms |= {
            face.mixture.component(name).field: net * rate
            for name, net in net_coefficients(self.reactants, self.products).items()
            if net
        }
        if face.solves(moles) and (made := sum(net_coefficients(self.reactants, self.products).values())):
            terms[moles] = made * rate
        return terms
