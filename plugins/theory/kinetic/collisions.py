"""Collision integrals of one pair of species as functions of the temperature alone, ready for arrays of states."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from .brackets import pair_brackets, weight_power
from .potentials import HardCore, Potential
from .quadrature import ChebyshevSeries, chebyshev_nodes, laguerre_values

__all__ = ["Pair", "moments"]

_NODES = 64
_TOLERANCE = 1e-12


@lru_cache(maxsize=32)
def moments(potential: Potential | HardCore, order: int, dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """ln T* at Chebyshev points (nodes,), and M_lr there, of shape (l, r, nodes); one node where T* does not matter.

    M_lr = integral of  x^a e^-x L_r(x) Q_l(x T*) dx,  a = (d - 1)/2,  L_r the Laguerre polynomials of unit norm.
    """
    degrees, rows, a = order + 1, 2 * order + 2, weight_power(dimension)
    if isinstance(potential, HardCore):
        found = np.zeros((degrees, rows, 1))
        found[:, 0, 0] = potential.constant(degrees, dimension) * math.sqrt(math.gamma(a + 1.0))
        return np.zeros(1), found
    spectrum = potential.spectrum(degrees, dimension)
    nodes = chebyshev_nodes(_NODES, math.log(potential.low), math.log(potential.high))
    x = np.minimum(spectrum.energies / np.exp(nodes)[:, None], 700.0)
    kernel = laguerre_values(rows, a, x) * spectrum.weights * x ** (a + 1.0) * np.exp(-x)
    return nodes, np.einsum("rnk,lk->lrn", kernel, spectrum.cross_sections)


@dataclass(frozen=True)
class Pair:
    """Two species that collide: molar masses, diameter sigma, energy scale as a temperature,
    and the force between them.
    """

    potential: Potential | HardCore
    masses: tuple[float, float]
    diameter: float
    energy: float
    order: int
    dimension: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Temperatures between which the integrals are known."""
        if isinstance(self.potential, HardCore):
            return 0.0, math.inf
        return self.potential.low * self.energy, self.potential.high * self.energy

    def rates(self, T, gas_constant: float, is_like: bool) -> Vectors:
        """Brackets of vectors per number density at temperature T: volume over time."""
        positions = _like_places(self.order) if is_like else _positions(self.order)
        series = self._like if is_like else self._unlike
        speed = self._speed(T, gas_constant)
        return Vectors({position: speed * value for position, value in zip(positions, series(self._reduced(T)))})

    def shear_rates(self, T, gas_constant: float, is_like: bool) -> list:
        """Brackets of the shear: of the first species, of the second, across; of like molecules their sum alone."""
        values = self._shear(self._reduced(T))
        speed = self._speed(T, gas_constant)
        return [speed * (values[0] + values[2])] if is_like else [speed * each for each in values]

    def _speed(self, T, gas_constant: float):
        """sqrt(2 k T/mu) sigma^(d - 1)."""
        one, other = self.masses
        return np.sqrt((2.0 * gas_constant * (one + other) / (one * other)) * T) * self.diameter ** (self.dimension - 1)

    def _reduced(self, T):
        return np.log(T / self.energy)

    @cached_property
    def _share(self) -> float:
        return self.masses[0] / sum(self.masses)

    @cached_property
    def _unlike(self) -> ChebyshevSeries:
        brackets = pair_brackets(self._share, self.order, self.dimension)
        tables = {"first": brackets.own_first, "second": brackets.own_second, "cross": brackets.cross}
        return self._series(np.stack([tables[which][p, q] for which, p, q in _positions(self.order)]))

    @cached_property
    def _like(self) -> ChebyshevSeries:
        brackets = pair_brackets(0.5, self.order, self.dimension)
        both = brackets.own_first + brackets.cross
        return self._series(np.stack([both[p, q] for _, p, q in _like_places(self.order)]))

    @cached_property
    def _shear(self) -> ChebyshevSeries:
        brackets = pair_brackets(self._share, self.order, self.dimension)
        return self._series(np.stack([brackets.shear_first, brackets.shear_second, brackets.shear_cross]))

    def _series(self, coefficients: np.ndarray) -> ChebyshevSeries:
        nodes, M = moments(self.potential, self.order, self.dimension)
        values = np.einsum("elr,lrn->en", coefficients, M[: coefficients.shape[1]])
        low, high = (0.0, 1.0) if nodes.size == 1 else (math.log(self.potential.low), math.log(self.potential.high))
        return ChebyshevSeries.through(values, low, high, _TOLERANCE)


@dataclass(frozen=True)
class Vectors:
    """Brackets of a pair by (which, p, q), those that follow by symmetry too."""

    values: dict

    def own(self, p: int, q: int, of_first: bool = True):
        """[s_p(C), s_q(C)] of the first species or of the second, less what the other one takes."""
        return self.values["first" if of_first else "second", min(p, q), max(p, q)]

    def cross(self, p: int, q: int):
        """[s_p(C_1), s_q(C_2)]."""
        return self.values["cross", p, q]


def _positions(order: int) -> list[tuple[str, int, int]]:
    """The brackets of an unlike pair that are needed; the others follow from symmetry or from the momentum."""
    top = range(order + 1)
    first = [("first", p, q) for p in top for q in top if p <= q]
    second = [("second", p, q) for p in top for q in top if 1 <= p <= q]
    return first + second + [("cross", p, q) for p in top for q in top if q >= 1]


def _like_places(order: int) -> list[tuple[str, int, int]]:
    return [("first", p, q) for p in range(1, order + 1) for q in range(p, order + 1)]
