"""Homogeneous reaction."""

from collections.abc import Mapping

from fvtransport import CellView, Law, Mixture, Property, parameter, plugin

from ..quantities import concentration, energy, mole_fraction_of, moles, rate_constant_unit


@plugin("reaction")
class Reaction(Law):
    """Mass action:  r = k_f prod_i c_i^a_i - k_r prod_j c_j^b_j    [mol m^-3 s^-1],  c_i = c x_i

        s_i = nu_i r ,   nu_i = b_i - a_i      produced of species i [mol m^-3 s^-1]
        R_T = sum_i nu_i r                     produced moles of all species [mol m^-3 s^-1]
        s_q = -Delta_H r                       produced heat [W m^-3]

    a_i, b_i  stoichiometric coefficients of reactants and products, and the orders in their concentrations
    k_f       rate_constant [(mol/m^3)^(1 - order)/s], such as 1/s for A -> B and m^3/mol/s for A + B -> 2 B
    k_r       reverse_rate_constant, or k_f / K_c from the equilibrium constant K_c [(mol/m^3)^(sum b - sum a)]
    Delta_H   heat_of_reaction [J/mol], negative where the reaction gives heat off; in a gas that at its reference temperature

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

    def contradictions(self) -> list[str]:
        found = [] if self.reactants else ["it consumes nothing; expected reactants, such as {A: 1}"]
        if self.reverse_rate_constant is not None and self.equilibrium_constant is not None:
            found.append("reverse_rate_constant and equilibrium_constant are both given; one follows from the other")
        return found

    def objections(self, mixture: Mixture) -> list[str]:
        known = {field.name.removeprefix("x_") for field in mixture.mole_fractions}
        found = [
            f"the mixture has no species {name}; its species are {', '.join(sorted(known)) or 'not distinguished'}"
            for name in {**self.reactants, **self.products}
            if name not in known
        ]
        if not found and not _fits(mixture, self._net()):
            found.append(self._unbalanced(mixture))
        return found

    def source(self, cell: CellView):
        rate = self._one_way(cell, self.rate_constant(cell), self.reactants)
        if self.reverse_rate_constant is not None:
            rate = rate - self._one_way(cell, self.reverse_rate_constant(cell), self.products)
        elif self.equilibrium_constant is not None:
            back = self.rate_constant(cell) / self.equilibrium_constant(cell)
            rate = rate - self._one_way(cell, back, self.products)
        terms = {} if self.heat_of_reaction is None else {energy: -self.heat_of_reaction * rate}
        for name, net in self._net().items():
            if net:
                terms[mole_fraction_of(cell, name)] = net * rate
        if moles in cell.medium.row and (made := sum(self._net().values())):
            terms[moles] = made * rate
        return terms

    def _net(self) -> Mapping[str, float]:
        """nu_i of every species that takes part."""
        names = {**self.reactants, **self.products}
        return {name: self.products.get(name, 0.0) - self.reactants.get(name, 0.0) for name in names}

    def _unbalanced(self, mixture: Mixture) -> str:
        made, used = sum(self.products.values()), sum(self.reactants.values())
        cure = "write a reaction with as many moles of products as of reactants"
        if not mixture.keeps_moles:
            return (
                "reaction makes moles in proportions that the bulk flow cannot carry: its fluxes are bound by sum a_i N_i = 0, which asks"
                " for sum a_i nu_i = 0; choose a flux_ratio that suits the reaction, or bulk_flow: darcy, which solves for the pressure"
            )
        if hasattr(mixture, "flux_weights"):
            ratio = f"{{{', '.join(self.reactants)}: {made:g}, {', '.join(self.products)}: {used:g}}}"
            cure = "give the mixture bulk_flow: darcy or mechanical_equilibrium, which solve for the pressure"
            cure += f", or in a steady state flux_ratio: {ratio}" if len(self._net()) == 2 else ""
        return (
            f"reaction makes {made:g} mol out of {used:g} mol, but this mixture has no bulk flow (N = 0) to carry the "
            f"difference away: div N = R_T; {cure}"
        )

    def _one_way(self, cell: CellView, rate, side: Mapping[str, float]):
        for name, order in side.items():
            amount = cell[concentration] * cell[mole_fraction_of(cell, name)]
            rate = rate * (amount if order == 1.0 else amount**order)
        return rate


def _fits(mixture: Mixture, net: Mapping[str, float]) -> bool:
    """Whether the mixture can carry away what is made: sum_i a_i nu_i = 0 where its fluxes are bound by sum_i a_i N_i = 0."""
    weights = getattr(mixture, "flux_weights", (1.0,) * len(mixture.mole_fractions) if mixture.keeps_moles else None)
    if weights is None:
        return True
    by_name = {field.name.removeprefix("x_"): weight for field, weight in zip(mixture.mole_fractions, weights)}
    terms = [by_name[name] * each for name, each in net.items()]
    return abs(sum(terms)) <= 1e-12 * max(map(abs, terms), default=0.0)
