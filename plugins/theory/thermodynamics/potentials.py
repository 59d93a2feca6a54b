"""Chemical potentials of a mixture over the temperature, from its activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fvtransport import Balance, Field, View

from ...handles import gas_constant
from .metric import ABSENT, factor_rows

__all__ = ["composition_variables", "last_from_ratio", "log_activities"]

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(24)


def composition_variables(at: View) -> dict[Field, Any]:
    """-R ln a_i of all species by their mole fractions [J/mol/K]: -mu_i/T but for what the composition leaves alone."""
    return {field: -at[gas_constant] * each for field, each in zip(at.species, log_activities(at))}


def log_activities(at: View) -> tuple:
    """ln a_i = ln x_i + ln gamma_i of all species, a_i = 1 in the pure species; an absent one counts as one of 1e-12.

    gamma_i follows from the thermodynamic factor, by integration along the line from the state to the pure species
    on which the ratios of the others stay as they are:

        d ln gamma_i = sum_j (Gamma_ij - delta_ij)/x_i dx_j ,    sum_i x_i d ln gamma_i = 0

    A factor that is no derivative of any activities gives what this one line gives.
    """
    shares = [np.maximum(at[field], ABSENT) for field in at.species]
    logs = [np.log(each) for each in shares]
    if factor_rows(at) is None:
        return tuple(logs)
    return tuple(log + _log_gamma(at, shares, i) for i, log in enumerate(logs))


def _log_gamma(at: View, shares: Sequence, i: int):
    """Gauss-Legendre in s of x_i = x_i(0)^(1 - s), so that a species may be as good as absent."""
    others, log = np.maximum(1.0 - shares[i], ABSENT), np.log(shares[i])
    found = 0.0
    for s, weight in zip(0.5 * (1.0 + _POINTS), 0.5 * _WEIGHTS):
        share = np.exp((1.0 - s) * log)
        scale = (1.0 - share) / others
        here = [share if k == i else each * scale for k, each in enumerate(shares)]
        rise = -log * share
        rises = [rise if k == i else -each / others * rise for k, each in enumerate(shares)]
        rows = factor_rows(at.where(dict(zip(at.species, here))))
        # x_k d ln gamma_k/ds of all species but the last
        own = [sum((row[j] - (k == j)) * rises[j] for j in range(len(rows))) for k, row in enumerate(rows)]
        found = found - weight * (own[i] if i < len(rows) else -sum(own)) / share
    return found


def last_from_ratio(balances: Sequence[Balance], weights: Sequence[float]) -> Mapping[Balance, float]:
    """Coefficients of N_n = -sum_i (a_i/a_n) N_i where sum_i a_i N_i = 0; balances are those of all others."""
    *others, last = weights
    return {balance: -weight / last for balance, weight in zip(balances, others)}
