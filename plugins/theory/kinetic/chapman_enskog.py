"""Transport coefficients of a dilute gas of any number of species from the brackets of its pairs.

The distribution of the velocities of species i is expanded in Sonine polynomials; the Boltzmann equation, linear in the
gradients, becomes  sum_jq Lambda_ip,jq y_jq = b_ip  with

    Lambda_ip,iq = x_i^2 [p, q]_ii + sum_{j != i} x_i x_j [p, q]_ij^own ,     Lambda_ip,jq = x_i x_j [p, q]_ij^cross

Rows are divided by x_i, so that nothing is singular where a species is absent. All steps are element by element.

Source: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases, 3rd ed. (1970), chapters 8 and 9; J. H.
Ferziger, H. G. Kaper, Mathematical Theory of Transport Processes in Gases (1972), chapters 6 and 7.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .collisions import Pair, Vectors

__all__ = ["DiluteGas", "DiluteState"]


@dataclass(frozen=True, eq=False)
class DiluteGas:
    """Species by their molar masses M_i, and what they are to each other: pairs[i, j] for i <= j."""

    masses: tuple[float, ...]
    pairs: dict[tuple[int, int], Pair]
    order: int
    dimension: int

    def at(self, T, x: Sequence, gas_constant: float, boltzmann_constant: float) -> DiluteState:
        """The gas at temperature T and mole fractions x; each may be an array, or a formula."""
        return DiluteState(self, T, tuple(x), gas_constant, boltzmann_constant)

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Temperatures between which the coefficients are known."""
        lows, highs = zip(*(pair.bounds for pair in self.pairs.values()))
        return max(lows), min(highs)


@dataclass(frozen=True, eq=False)
class DiluteState:
    """Coefficients of a dilute gas in a state, each computed when it is first asked for; NaN outside of its bounds."""

    gas: DiluteGas
    T: Any
    x: tuple
    gas_constant: float
    boltzmann_constant: float

    def diffusivity(self, i: int, j: int, number_density):
        """D_ij [m^2/s], of the order of the gas where it has two species; composition then matters from the second on.

        [D]_n = k T/(n m_i (s_00 - sum_pq s_0p (Lambda^-1)_pq s_0q/(x_i x_j))), with Sonine polynomials 1 ... n - 1.
        """
        if i > j:
            return self.diffusivity(j, i, number_density)
        first = self._vectors[i, j].own(0, 0)
        lost = self._correction(i, j) if self.gas.order > 1 and len(self.x) == 2 else 0.0
        return self._inside(self.gas_constant * self.T / (number_density * self.gas.masses[i] * (first - lost)))

    def thermal_diffusion_factor(self, i: int, j: int):
        """alpha_ij = -alpha_ji; positive where species i goes to the cold side. k_T = x_i x_j alpha_ij in a pair."""
        if i > j:
            return -self.thermal_diffusion_factor(j, i)
        d = self.gas.dimension
        return self._inside(math.sqrt(0.5 * (d + 2.0) * self.gas.masses[i]) * self._row(i, j, self._thermal))

    @cached_property
    def conductivity(self):
        """lambda, where no species diffuses (J = 0):  2 k^2 T (d + 2)/4  sum_i x_i m_i^(-1/2) y_i1."""
        factor = 0.5 * (self.gas.dimension + 2.0) * self.boltzmann_constant * self.gas_constant
        terms = (x / math.sqrt(mass) * y[0] for x, mass, y in zip(self.x, self.gas.masses, self._thermal))
        return self._inside(factor * self.T * sum(terms))

    @cached_property
    def viscosity(self):
        """mu = k T sum_ij x_i x_j (Lambda^-1)_ij  with the brackets of the shear, of first order."""
        count = len(self.x)
        rates = {(i, j): pair.shear_rates(self.T, self.gas_constant, i == j) for (i, j), pair in self.gas.pairs.items()}
        matrix = [[0.0] * count for _ in range(count)]
        for (i, j), found in rates.items():
            if i == j:
                matrix[i][i] = matrix[i][i] + self.x[i] * found[0]
                continue
            matrix[i][i] = matrix[i][i] + self.x[j] * found[0]
            matrix[j][j] = matrix[j][j] + self.x[i] * found[1]
            matrix[i][j], matrix[j][i] = self.x[j] * found[2], self.x[i] * found[2]
        y = _solve(matrix, [1.0] * count)
        return self._inside(self.boltzmann_constant * self.T * sum(x * each for x, each in zip(self.x, y)))

    @cached_property
    def _vectors(self) -> dict[tuple[int, int], Vectors]:
        return {(i, j): pair.rates(self.T, self.gas_constant, i == j) for (i, j), pair in self.gas.pairs.items()}

    @cached_property
    def _thermal(self) -> list[list]:
        """y_ip, p = 1 ... order, of the temperature gradient: b_ip = x_i m_i^(-1/2) for p = 1, zero for the others."""
        right = [[1.0 / math.sqrt(mass)] + [0.0] * (self.gas.order - 1) for mass in self.gas.masses]
        return self._solve(right, self.gas.order)

    def _correction(self, i: int, j: int):
        order, rates = self.gas.order - 1, self._vectors[i, j]
        right = [
            [self.x[j] * rates.own(0, p) for p in range(1, order + 1)],
            [self.x[i] * rates.cross(0, p) for p in range(1, order + 1)],
        ]
        return self._row(i, j, self._solve(right, order))

    def _row(self, i: int, j: int, y: list[list]):
        """sum_p ([0, p]^own y_ip + [0, p]^cross y_jp)."""
        rates = self._vectors[i, j]
        return sum(rates.own(0, p) * a + rates.cross(0, p) * b for p, (a, b) in enumerate(zip(y[i], y[j]), start=1))

    def _solve(self, right: list[list], order: int) -> list[list]:
        """y_ip of  Lambda y = x right,  p = 1 ... order."""
        count, top = len(self.x), range(1, order + 1)
        rows = [[self._entry(i, p, j, q) for j in range(count) for q in top] for i in range(count) for p in top]
        flat = _solve(rows, [each for row in right for each in row])
        return [flat[i * order : (i + 1) * order] for i in range(count)]

    def _entry(self, i: int, p: int, j: int, q: int):
        """Lambda_ip,jq over x_i."""
        x, rates = self.x, self._vectors
        if i < j:
            return x[j] * rates[i, j].cross(p, q)
        if i > j:
            return x[j] * rates[j, i].cross(q, p)
        own = x[i] * rates[i, i].own(p, q)
        for k in range(len(x)):
            if k != i:
                own = own + x[k] * rates[min(i, k), max(i, k)].own(p, q, of_first=i < k)
        return own

    def _inside(self, value):
        """The value where the temperature is within bounds."""
        low, high = self.gas.bounds
        if low == 0.0 and high == math.inf:
            return value
        return np.where((low <= self.T) & (high >= self.T), value, np.nan)


def _solve(rows: list[list], right: list) -> list:
    """Solution of a linear system whose entries are arrays, or formulas, by elimination.

    Without pivoting, since the rows are those of a positive definite matrix but for a positive factor each.
    """
    rows, right = [list(row) for row in rows], list(right)
    count = len(rows)
    for k in range(count):
        inverse = 1.0 / rows[k][k]
        for i in range(k + 1, count):
            factor = rows[i][k] * inverse
            right[i] = right[i] - factor * right[k]
            for j in range(k + 1, count):
                rows[i][j] = rows[i][j] - factor * rows[k][j]
    for k in reversed(range(count)):
        for j in range(k + 1, count):
            right[k] = right[k] - rows[k][j] * right[j]
        right[k] = right[k] / rows[k][k]
    return right
