"""Standard enthalpies and entropies by NASA's polynomials of seven coefficients."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from fvtransport import Context, Declared, Issue, parameter

__all__ = ["Nasa7"]

_COUNT = 7
_GAP = 1e-3


class Nasa7(Declared):
    """One species in one or two ranges of temperature:

        c_p/R = a_1 + a_2 T + a_3 T^2 + a_4 T^3 + a_5 T^4
        H/(R T) = a_1 + a_2 T/2 + a_3 T^2/3 + a_4 T^3/4 + a_5 T^4/5 + a_6/T
        S/R = a_1 ln T + a_2 T + a_3 T^2/2 + a_4 T^3/3 + a_5 T^4/4 + a_7

    The upper range is shifted to meet the lower one, so that H and S are continuous where printed digits leave a gap.

    Source: S. Gordon, B. J. McBride, NASA SP-273 (1971).
    """

    low: tuple[float, ...] = parameter(meaning="a_1 to a_7 of the lower range, or of the only one")
    high: tuple[float, ...] | None = parameter(None, meaning="a_1 to a_7 of the upper range")
    middle: float = parameter(1000.0, unit="K", above=0.0, meaning="temperature at which the two ranges meet")

    def validate(self, context: Context) -> Iterable[Issue]:
        for name, given in (("low", self.low), ("high", self.high)):
            if given is not None and len(given) != _COUNT:
                yield Issue(f"{name} has {len(given)} coefficients", "seven, a_1 to a_7", parameter=name)
                return
        if self.high is None:
            return
        below, above = np.array(self.low), np.array(self.high)
        for name, of in (("H/(R T)", _enthalpy), ("S/R", _entropy)):
            gap = abs(of(above, self.middle) - of(below, self.middle))
            if not gap < _GAP * max(1.0, abs(of(below, self.middle))):
                text = f"the two ranges do not meet at {self.middle:g} K: {name} differs by {gap:.3g}"
                yield Issue(text, "the coefficients of one species, each range in its place", parameter="high")

    @cached_property
    def _upper(self) -> np.ndarray:
        """a_1 to a_7 of the upper range, shifted so that H and S are continuous."""
        below, above = np.array(self.low), np.array(self.low if self.high is None else self.high)
        above[5] += self.middle * (_enthalpy(below, self.middle) - _enthalpy(above, self.middle))
        above[6] += _entropy(below, self.middle) - _entropy(above, self.middle)
        return above

    def enthalpy(self, T: Any) -> Any:
        """H/(R T) at temperatures of any shape."""
        return np.where(self.middle > T, _enthalpy(np.array(self.low), T), _enthalpy(self._upper, T))

    def entropy(self, T: Any) -> Any:
        """S/R at temperatures of any shape."""
        return np.where(self.middle > T, _entropy(np.array(self.low), T), _entropy(self._upper, T))


def _enthalpy(a: np.ndarray, T: Any) -> Any:
    return a[0] + T * (a[1] / 2 + T * (a[2] / 3 + T * (a[3] / 4 + T * a[4] / 5))) + a[5] / T


def _entropy(a: np.ndarray, T: Any) -> Any:
    return a[0] * np.log(T) + T * (a[1] + T * (a[2] / 2 + T * (a[3] / 3 + T * a[4] / 4))) + a[6]
