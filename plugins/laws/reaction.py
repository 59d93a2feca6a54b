"""Homogeneous reaction."""

from collections.abc import Iterable, Mapping

from fvtransport import CellView, Context, Issue, Law, Property, parameter, plugin

from ..handles import energy, moles
from ..theory.rates import mass_action, net_coefficients, rate_constant_unit
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

    r is positive from reactants to products. An irreversible reaction has neither k_r nor K_c.

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
        if self.reverse_rate_constant is not None and self.equilibrium_constant is not None:
            yield Issue("reverse_rate_constant and equilibrium_constant are both given; one follows from the other")
        unknown = list(known_species(context, net_coefficients(self.reactants, self.products)))
        yield from unknown or moles_kept(
            context, net_coefficients(self.reactants, self.products), self.reactants, self.products
        )

    def source(self, cell: CellView):
        rate = mass_action(cell, self.rate_constant(cell), self.reactants)
        if self.reverse_rate_constant is not None:
            rate = rate - mass_action(cell, self.reverse_rate_constant(cell), self.products)
        elif self.equilibrium_constant is not None:
            back = self.rate_constant(cell) / self.equilibrium_constant(cell)
            rate = rate - mass_action(cell, back, self.products)
        terms = {} if self.heat_of_reaction is None else {energy: -self.heat_of_reaction * rate}
        for name, net in net_coefficients(self.reactants, self.products).items():
            if net:
                terms[cell.mixture.component(name).field] = net * rate
        if cell.solves(moles) and (made := sum(net_coefficients(self.reactants, self.products).values())):
            terms[moles] = made * rate
        return terms
