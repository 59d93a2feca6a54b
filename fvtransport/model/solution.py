"""The interface of a closed form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .parameters import Declared

__all__ = ["Solution"]


class Solution(Declared):
    """A closed form to compare a result with; NumPy only, so that it shares no code with the solver."""

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        """Exact fields by name at positions x [m] and time t [s].

        x has shape (n,) on a line or along a radius, ascending, an interface with a jump twice, its left side first; in
        two dimensions and more it is the place, shape (3, n).
        """
        return {}

    def observables(self) -> Mapping[str, float | list[float]]:
        """Exact values of observables by the names the case gives them."""
        return {}

    def measured(self) -> Mapping[str, tuple[Sequence[float], Sequence[float]]]:
        """Times and values that were measured, by the names of observables: drawn beside
        them, compared with nothing.
        """
        return {}
