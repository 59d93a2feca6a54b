"""Gauss rules, and Chebyshev series that are evaluated with plain arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

__all__ = ["ChebyshevSeries", "chebyshev_nodes", "gauss_laguerre", "gauss_legendre", "laguerre_values"]


@lru_cache(maxsize=64)
def gauss_legendre(count: int, low: float = -1.0, high: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of the Gauss-Legendre rule on [low, high]."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    half = 0.5 * (high - low)
    return 0.5 * (high + low) + half * nodes, half * weights


@lru_cache(maxsize=64)
def gauss_laguerre(count: int, power: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights for the integral of  x^power e^-x f(x)  over x > 0, by the method of Golub and Welsch."""
    k = np.arange(count)
    off = np.sqrt(k[1:] * (k[1:] + power))
    values, vectors = np.linalg.eigh(np.diag(2.0 * k + power + 1.0) + np.diag(off, 1) + np.diag(off, -1))
    return values, math.gamma(power + 1.0) * vectors[0] ** 2


def laguerre_values(count: int, power: float, x: np.ndarray) -> np.ndarray:
    """The first `count` Laguerre (Sonine) polynomials at x, of unit norm under  x^power e^-x.  Shape (count, ...)."""
    x = np.asarray(x, float)
    found = np.empty((count, *x.shape))
    before, now = np.zeros_like(x), np.ones_like(x)
    norm = math.gamma(power + 1.0)
    for p in range(count):
        found[p] = now / math.sqrt(norm)
        before, now = now, ((2 * p + 1 + power - x) * now - (p + power) * before) / (p + 1)
        norm *= (p + 1 + power) / (p + 1)
    return found


def chebyshev_nodes(count: int, low: float, high: float) -> np.ndarray:
    """Chebyshev points of the first kind on [low, high]."""
    return 0.5 * (high + low) + 0.5 * (high - low) * np.cos(np.pi * (np.arange(count) + 0.5) / count)


@dataclass(frozen=True)
class ChebyshevSeries:
    """Functions on [low, high] by their Chebyshev coefficients (functions, terms)."""

    coefficients: np.ndarray
    low: float
    high: float

    @classmethod
    def through(cls, values: np.ndarray, low: float, high: float, tolerance: float) -> ChebyshevSeries:
        """The series through values (functions, nodes) at the Chebyshev points, without the
        last terms below the tolerance.

        The tolerance is relative to the largest value of all functions.
        """
        count = values.shape[-1]
        angles = np.pi * (np.arange(count) + 0.5) / count
        coefficients = values @ np.cos(np.outer(angles, np.arange(count))) * (2.0 / count)
        coefficients[:, 0] *= 0.5
        wanted = np.abs(coefficients).max(axis=0) > tolerance * np.abs(values).max()
        return cls(coefficients[:, : int(np.flatnonzero(wanted).max(initial=0)) + 1], low, high)

    def __call__(self, x) -> Sequence:
        """The functions at x, element by element: an array (functions, ...), or a list of formulas where x is one."""
        y = (2.0 * x - (self.low + self.high)) / (self.high - self.low)
        if isinstance(y, (float, np.ndarray)):
            return np.tensordot(self.coefficients, _chebyshev(self.coefficients.shape[1], np.asarray(y)), axes=1)
        return [_powers(np.polynomial.chebyshev.cheb2poly(row), y) for row in self.coefficients]


def _chebyshev(count: int, y: np.ndarray) -> np.ndarray:
    """The first polynomials at y, shape (count, ...)."""
    found = np.empty((count, *y.shape))
    found[0] = 1.0
    found[1:2] = y
    twice = 2.0 * y
    for k in range(2, count):
        found[k] = twice * found[k - 1] - found[k - 2]
    return found


def _powers(coefficients: np.ndarray, y):
    """A polynomial of a formula, as a flat sum: in a recurrence every term would hold those before it twice."""
    return sum(float(coefficient) * y**k for k, coefficient in enumerate(coefficients))
