"""Adding the terms of plugins, which name a balance or its field, to arrays with one row per balance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ..model.handles import Balance, Field
from ..model.state import Terms

__all__ = ["sum_terms"]


def sum_terms(out: np.ndarray, row: Mapping[Balance | Field, int], each: Iterable[Terms]) -> np.ndarray:
    """Add terms to out (balances, ...) and return it; those of balances that are not solved are left out.

    The terms are taken one after another, so that each may read what was added before it.
    """
    rows = list(out)
    for terms in each:
        for key, term in terms.items():
            if (i := row.get(key)) is not None:
                rows[i] += term
    return out
