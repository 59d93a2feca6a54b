"""Measured coefficient."""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np

from fvtransport import TIME, Context, Handle, Issue, Property, View, parameter, plugin


@plugin("table")
class Table(Property):
    """Interpolation between values:  p(u) = values[i] + (values[i+1] - values[i]) (u - at[i]) / (at[i+1] - at[i])

    u is a field, a coordinate or the time. `pchip` is smooth and keeps the data's monotony. A table
    does not extrapolate: a state outside of it ends the run, by name. Where u is the time, the solver
    ends a step at every entry.

    Source: F. N. Fritsch, R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238, for pchip.
    """

    of: Handle = parameter(meaning="what the table is a function of: T, x_A, x, t, ...")
    at: tuple[float, ...] = parameter(unit="{of}", meaning="values of u, rising")
    values: tuple[float, ...] = parameter(unit="{property}", meaning="the coefficient at each of them")
    interpolation: Literal["linear", "pchip"] = parameter("linear", meaning="straight lines, or monotone cubics")

    @classmethod
    def place_units(cls, given):
        return {"of": given["of"].unit} if "of" in given else {}

    def validate(self, context: Context) -> Iterable[Issue]:
        if not len(self.at) == len(self.values) > 1:
            text = f"{len(self.at)} entries of at and {len(self.values)} values"
            yield Issue(text, "as many, two or more")
        if not all(a < b for a, b in pairwise(self.at)):
            yield Issue("the entries of at do not rise", parameter="at")
        if context.state is not None:
            u, low, high = np.atleast_1d(context.state[self.of]), self.at[0], self.at[-1]
            outside = u[(u < low) | (u > high)]
            if outside.size:
                text = f"{self.of.name} = {outside[0]:.6g} is outside the table, which goes from {low:g} to {high:g}"
                yield Issue(text)

    @cached_property
    def _smooth(self):
        from scipy.interpolate import PchipInterpolator

        return PchipInterpolator(self.at, self.values, extrapolate=False)

    def __call__(self, at: View):
        u = at[self.of]
        if self.interpolation == "pchip":
            return self._smooth(u)
        return np.interp(u, self.at, self.values, left=np.nan, right=np.nan)

    def jumps(self, start: float, until: float) -> tuple[float, ...]:
        return tuple(time for time in self.at if start < time <= until) if self.of is TIME else ()
