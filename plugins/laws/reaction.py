"""Homogeneous reaction."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from fvtransport import CellView, Context, Issue, Law, Property, parameter, plugin

from ..handles import energy, moles
from ..theory.equilibrium import Equilibrium
from ..theory.rates import mass_action, net_coefficients, opposed_rates, rate_constant_unit
from ..theory.thermodynamics.enthalpies import net_enthalpy
from ..validation import known_species, moles_kept


@plugin("reaction")
class Reaction(Law):
    """Mass action:  r = k_f prod_i c_i^a_i - k_r prod_j c_j^b_j    [mol m^-3 s^-1],  c_i = c x_i

        s_i = nu_i r ,   nu_i = b_i - a_i      produced of species i [mol m^-3 s^-1]
        R_T = sum_i nu_i r                     produced moles of all species [mol m^-3 s^-1]
        s_q = -Delta_H r                       produced heat [W m^-3]

    a_i, b_i  stoichiometric coefficients of reactants and products, and the orders in their concentrations
    k_f       rate_constant [(mol/m^3)^(1 - order)/s], such as 1/s for A -> B and m^3/mol/s for A + B -> 2 B
    k_r       reverse_rate_constant, or k_f / K_c from the equilibrium constant K_c [(mol/m^3)^(sum b - sum a)]
    Delta_H   heat_of_reaction [J/mol], negative where the reaction gives heat off; in a gas that at its reference
              temperature

    r is positive from reactants to products. An irreversible reaction has neither k_r nor K_c. With `equilibrium`,
    K_c(T) and Delta_H(T) follow from one set of standard enthalpies and entropies, and cannot contradict each other.

    Source: R. Aris, Elementary Chemical Reactor Analysis (1969), chapters 2 and 4.
    """

    reactants: Mapping[str, float] = parameter(
        above=0.0, meaning="stoichiometric coefficients of what is consumed: {A: 1}"
    )
    products: Mapping[str, float] = parameter(above=0.0, meaning="stoichiometric coefficients of what is made: {B: 1}")
    rate_constant: Property = parameter(
        unit="{forward}", minimum=0.0, meaning="forward rate constant k_f, per concentration"
    )
    reverse_rate_constant: Property | None = parameter(
        None, unit="{reverse}", minimum=0.0, meaning="reverse rate constant k_r, per concentration"
    )
    equilibrium_constant: Property | None = parameter(
        None, unit="{equilibrium}", above=0.0, meaning="K_c = k_f / k_r, in concentrations; instead of k_r"
    )
    equilibrium: Equilibrium | None = parameter(
        None, meaning="standard enthalpies and entropies by species, from which K_c and Delta_H follow; instead of both"
    )
    heat_of_reaction: float | None = parameter(
        None,
        unit="J/mol",
        meaning="Delta_H per mole of r, negative where heat is given off; of no effect at given temperature",
    )

    @classmethod
    def place_units(cls, given: Mapping) -> Mapping[str, str]:
        before, after = (sum(given[side].values()) if side in given else None for side in ("reactants", "products"))
        units = {"forward": before and rate_constant_unit("mol/m^3/s", before)}
        if before is not None and after is not None:
            units["reverse"] = rate_constant_unit("mol/m^3/s", after)
            units["equilibrium"] = rate_constant_unit("", before - after)
        return {name: unit for name, unit in units.items() if unit is not None}

    def validate(self, context: Context) -> Iterable[Issue]:
        if not self.reactants:
            yield Issue("it consumes nothing", "reactants, such as {A: 1}", parameter="reactants")
        ways = ("reverse_rate_constant", "equilibrium_constant", "equilibrium")
        given = [name for name in ways if getattr(self, name) is not None]
        if len(given) > 1:
            yield Issue(f"{' and '.join(given)} are both given; one follows from the other")
        if self.equilibrium is not None and self.heat_of_reaction is not None:
            text = "heat_of_reaction is given, but it follows from the enthalpies of equilibrium"
            yield Issue(text, "leave it out", parameter="heat_of_reaction")
        unknown = list(known_species(context, self._made))
        yield from unknown or moles_kept(context, self._made, self.reactants, self.products)
        if self.equilibrium is not None and context.mixture is not None and not unknown:
            yield from self.equilibrium.suits(context.mixture, self._made)

    @cached_property
    def _made(self) -> dict[str, float]:
        """nu_i by species."""
        return net_coefficients(self.reactants, self.products)

    def source(self, cell: CellView):
        forward, reverse = self._rates(cell)
        rate = forward if reverse is None else forward - reverse
        terms = {} if self.heat_of_reaction is None else {energy: -self.heat_of_reaction * rate}
        if self.equilibrium is not None and cell.solves(energy):
            sensible = net_enthalpy(cell, self._made)
            terms[energy] = (sensible - self.equilibrium.enthalpy(cell, self._made)) * rate
        for name, net in self._made.items():
            if net:
                terms[cell.mixture.component(name).field] = net * rate
        if cell.solves(moles) and (made := sum(self._made.values())):
            terms[moles] = made * rate
        return terms

    def _rates(self, cell: CellView):
        """Forward and reverse rate [mol m^-3 s^-1], None for one that is not stated."""
        constant = self.rate_constant(cell)
        forward = mass_action(cell, constant, self.reactants)
        if self.reverse_rate_constant is not None:
            return forward, mass_action(cell, self.reverse_rate_constant(cell), self.products)
        if self.equilibrium_constant is not None:
            return forward, mass_action(cell, constant / self.equilibrium_constant(cell), self.products)
        if self.equilibrium is not None:
            back = constant / self.equilibrium.constant(cell, self._made)
            return forward, mass_action(cell, back, self.products)
        return forward, None

    def reactions(self, cell: CellView):
        forward, reverse = self._rates(cell)
        enthalpy, affinity = None, None
        if self.equilibrium is not None:
            enthalpy = self.equilibrium.enthalpy(cell, self._made)
            affinity = self.equilibrium.affinity(cell, self._made)
        elif self.heat_of_reaction is not None:
            enthalpy = self.heat_of_reaction + net_enthalpy(cell, self._made)
        return (opposed_rates(cell, self._made, forward, reverse, enthalpy, affinity),)
