"""Averages over a face of the values on its two sides, element by element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .handles import Handle

__all__ = ["Averages", "log_mean", "upwind_mean", "upwind_weight"]

_NEAR_ZERO = 1e-2
_SMALLEST = 1e-290


def upwind_weight(peclet: Any) -> Any:
    """s = coth(Pe/2) - 2/Pe, the weight of exponential fitting: 1 takes the left value, -1 the right one, 0 their mean.

    The value (u_L + u_R)/2 + s (u_L - u_R)/2 makes convection and diffusion together exact for uniform coefficients.
    Pe/6 for slow flow, so of second order; the upstream value for fast flow, so monotone.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        far = 1.0 / np.tanh(0.5 * peclet) - 2.0 / peclet
    return np.where(np.abs(peclet) < _NEAR_ZERO, peclet / 6.0 - peclet**3 / 360.0, far)


def upwind_mean(left: Any, right: Any, weight: Any) -> Any:
    """(left + right)/2 + weight (left - right)/2."""
    return 0.5 * (left + right) + 0.5 * weight * (left - right)


def log_mean(a: Any, b: Any) -> Any:
    """(b - a)/ln(b/a): a where both are equal, towards 0 as one of them vanishes.

    Accurate to round-off however close the two are. Negative numbers, as trial states may have, count as zero.
    """
    low = np.maximum(np.minimum(a, b), _SMALLEST)
    rise = (np.maximum(np.maximum(a, b), _SMALLEST) - low) / low
    apart = rise > 0.0
    steps = np.where(apart, rise, 1.0)
    return low * np.where(apart, steps / np.log1p(steps), 1.0)


class Averages:
    """The averages of a view that has two sides, `left` and `right`. A quantity is a handle or a function of a view."""

    left: Any
    right: Any

    def both(self, quantity: Handle | Callable[[Any], Any]) -> tuple[Any, Any]:
        """The quantity on the left and on the right."""
        if isinstance(quantity, Handle):
            return self.left[quantity], self.right[quantity]
        return quantity(self.left), quantity(self.right)

    def mean(self, quantity: Handle | Callable[[Any], Any]) -> Any:
        """Arithmetic mean of the quantity over both sides."""
        left, right = self.both(quantity)
        return 0.5 * (left + right)

    def log_mean(self, quantity: Handle | Callable[[Any], Any]) -> Any:
        """Logarithmic mean (b - a)/ln(b/a) of the quantity over both sides; negative values count as zero."""
        return log_mean(*self.both(quantity))

    def upwind(self, quantity: Handle | Callable[[Any], Any], peclet: Any) -> Any:
        """The quantity upwinded by exponential fitting with the cell Peclet number Pe, positive along the normal:

        (q_L + q_R)/2 + s (q_L - q_R)/2 ,  s = coth(Pe/2) - 2/Pe .  Pe = +-inf takes the upstream value alone.
        """
        return upwind_mean(*self.both(quantity), upwind_weight(peclet))
