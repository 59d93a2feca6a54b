"""Reactions with mistakes that no parameter of `reaction` can make: another order on the way back, another heat."""

import numpy as np
from fvtransport.plugins.handles import concentration, energy, gas_constant, temperature

from fvtransport import CellView, Field, Law, OpposedRates, parameter, plugin


def opposed(cell: CellView, made: dict[Field, float], forward, reverse, enthalpy=None) -> OpposedRates:
    return OpposedRates(made, forward, reverse, temperature, cell[gas_constant], enthalpy)


@plugin("orders_at_odds")
class OrdersAtOdds(Law):
    """A = B,  r = k_f c_A - k_r c_B^n"""

    forward: float = parameter(unit="1/s", meaning="k_f")
    reverse: float = parameter(meaning="k_r")
    order: float = parameter(1.0, meaning="n")

    def reactions(self, cell: CellView):
        A, B = cell.species
        c = cell[concentration]
        return (
            opposed(cell, {A: -1.0, B: 1.0}, self.forward * c * cell[A], self.reverse * (c * cell[B]) ** self.order),
        )

    def source(self, cell: CellView):
        (each,) = self.reactions(cell)
        return {field: nu * each.net for field, nu in each.coefficients.items()}


@plugin("declares_other_heat")
class DeclaresOtherHeat(Law):
    """A = B with the heat of its rates declared, and another one produced"""

    heat: float = parameter(unit="J/mol", meaning="Delta_H of the rates, declared")
    produced: float = parameter(unit="J/mol", meaning="Delta_H of the heat source")
    doubled: float = parameter(1.0, meaning="factor of the moles produced")

    def reactions(self, cell: CellView):
        A, B = cell.species
        c, back = cell[concentration], 5e-5 * _boltzmann(cell, -self.heat)
        return (opposed(cell, {A: -1.0, B: 1.0}, 0.1 * c * cell[A], back * c * cell[B], self.heat),)

    def source(self, cell: CellView):
        (each,) = self.reactions(cell)
        A, _ = cell.species
        return {A: -self.doubled * each.net, energy: -self.produced * each.net}


@plugin("undeclared_reaction")
class UndeclaredReaction(Law):
    """A = B that says nothing of its rates"""

    def source(self, cell: CellView):
        A, B = cell.species
        return {A: -cell[concentration] * (0.1 * cell[A] - 0.2 * cell[B])}


def _boltzmann(cell: CellView, heat: float):
    return np.exp(-heat / (cell[gas_constant] * cell[temperature]))
