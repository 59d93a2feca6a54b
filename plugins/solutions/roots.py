"""Roots of the transcendental equations behind series solutions."""

from collections.abc import Callable

import numpy as np

__all__ = ["bracketed_roots", "tangent_roots"]

_HALVINGS = 200


def bracketed_roots(function: Callable[[np.ndarray], np.ndarray], low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The root of a function in each interval (low, high) at whose ends it differs in
    sign, by bisection to round-off.
    """
    low, high = np.array(low, float), np.array(high, float)
    rises = function(low) < function(high)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if np.all((middle <= low) | (middle >= high)):
            break
        below = (function(middle) < 0.0) == rises
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return 0.5 * (low + high)


def tangent_roots(ratio: float, first: float, second: float, count: int) -> np.ndarray:
    """The first positive solutions m of  ratio tan(first m) + tan(second m) = 0,  all three numbers positive.

    With the continuous angle psi of  tan psi = ratio tan(first m),  the n-th root has  psi + second m = n pi;  psi
    stays within pi/2 of first m, which brackets each root and lets none escape.
    """

    def surplus(m: np.ndarray) -> np.ndarray:
        sine, cosine = np.sin(first * m), np.cos(first * m)
        turned = np.arctan2((ratio - 1.0) * sine * cosine, cosine**2 + ratio * sine**2)
        return (first + second) * m + turned - number * np.pi

    number = np.arange(1, count + 1)
    unit = np.pi / (first + second)
    return bracketed_roots(surplus, (number - 0.5) * unit, (number + 0.5) * unit)
