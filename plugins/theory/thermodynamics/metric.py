"""The thermodynamic metric of composition."""

from collections.abc import Mapping, Sequence

import numpy as np

from fvtransport import Balance, Field, View

from ...handles import gas_constant, thermodynamic_factor

__all__ = ["ABSENT", "composition_metric"]

ABSENT = 1e-12
"""Mole fraction below which a species counts as absent: what is left of it is round-off, and so is its force."""


def composition_metric(
    balances: Sequence[Balance], fields: Sequence[Field], at: View
) -> Mapping[tuple[Balance, Field], object]:
    """Entries of X_i = -R sum_jk (delta_ij/x_i + 1/x_N) Gamma_jk d_k, from the balances of all species but the last.

    X_i = -(1/T) grad_T(mu_i - mu_N), d_k the driving forces; Gamma is the thermodynamic factor, the
    unit matrix without one.
    """
    *own, last = fields
    factor, R = factor_rows(at), at[gas_constant]
    inverse = {field: np.where(at[field] >= ABSENT, 1.0 / np.maximum(at[field], ABSENT), 0.0) for field in fields}
    entries = {}
    for i, balance in enumerate(balances):
        row = [inverse[last] + (inverse[own[i]] if i == j else 0.0) for j in range(len(own))]
        for k, field in enumerate(own):
            column = row[k] if factor is None else sum(each * factor[j][k] for j, each in enumerate(row))
            entries[balance, field] = R * column
    return entries


def factor_rows(view: View):
    """Rows of the thermodynamic factor; a number is that of a binary mixture. None where the mixture is ideal."""
    factor = view[thermodynamic_factor]
    return factor if factor is None or isinstance(factor, tuple) else ((factor,),)
