"""Mass action, and the units of rate constants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fvtransport import OpposedRates, View

from ..handles import concentration, gas_constant, temperature

__all__ = ["mass_action", "net_coefficients", "opposed_rates", "rate_constant_unit"]


def rate_constant_unit(rate: str, order: float) -> str:
    """Unit of k in  rate = k concentration^order:  rate over (mol/m^3)^order, such as 1/s or m/s for order 1."""
    short = {
        ("mol/m^3/s", 1.0): "1/s",
        ("mol/m^3/s", 2.0): "m^3/mol/s",
        ("mol/m^2/s", 1.0): "m/s",
        ("mol/m^2/s", 2.0): "m^4/mol/s",
    }
    if (rate, order) in short or not order:
        return short.get((rate, order), rate)
    return f"{rate}{' ' if rate else ''}(m^3/mol)^{order:g}"


def net_coefficients(reactants: Mapping[str, float], products: Mapping[str, float]) -> dict[str, float]:
    """nu_i = b_i - a_i of every species that takes part, by name."""
    names = {**reactants, **products}
    return {name: products.get(name, 0.0) - reactants.get(name, 0.0) for name in names}


def mass_action(at: View, constant: Any, side: Mapping[str, float]) -> Any:
    """k prod_i c_i^a_i ,  c_i = c x_i, from the rate constant and the orders of one side of a reaction by species."""
    rate = constant
    for name, order in side.items():
        amount = at[concentration] * at[at.mixture.component(name).field]
        rate = rate * (amount if order == 1.0 else amount**order)
    return rate


def opposed_rates(
    at: View, made: Mapping[str, float], forward: Any, reverse: Any, enthalpy: Any = None, affinity: Any = None
) -> OpposedRates:
    """What the audit reads of one reaction, from its net coefficients by species and its rates at a state."""
    return OpposedRates(
        coefficients={at.mixture.component(name).field: nu for name, nu in made.items()},
        forward=forward,
        reverse=reverse,
        temperature=temperature,
        gas_constant=at[gas_constant],
        enthalpy=enthalpy,
        affinity=affinity,
    )
