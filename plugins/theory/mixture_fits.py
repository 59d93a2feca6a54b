"""Conductivities of gas mixtures by Cantera's multicomponent model, tabulated once over temperature and composition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev

from .mechanisms import ATMOSPHERE, available, chebyshev_nodes, multicomponent_gas, reduced_temperature

__all__ = ["MixtureFit", "conductivity_at_rest", "conductivity_fit"]

_ALONG_T = 12
_ABSENT = 1e-12
_DEGREES = {2: 12, 3: 10, 4: 8}
_LEAST_DEGREE = 6
_ROUND_UP = 1.0 + 1e-12

Powers = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class MixtureFit:
    """A positive function of temperature and composition, as exp of a sum of Chebyshev polynomials.

    edges [K] bound its pieces in temperature, outside of which it is not a number: heat capacities have kinks. series
    (pieces, degrees of ln T, terms); powers (terms, species - 1) are the degrees of a term in each mole fraction but
    the last.
    """

    edges: tuple[float, ...]
    series: np.ndarray
    powers: Powers

    def __call__(self, T: Any, x: Sequence[Any]) -> Any:
        """Values at temperatures and mole fractions of all species, of shapes that broadcast."""
        along: Any = np.nan
        for low, high, series in zip(self.edges, self.edges[1:], self.series):
            within = (low <= T * _ROUND_UP) & (high * _ROUND_UP >= T)
            here = reduced_temperature(np.clip(T, low, high), (low, high))
            along = np.where(within, chebyshev.chebval(here, series), along)
        return np.exp(sum(own * term for own, term in zip(along, _terms(x, self.powers))))


@lru_cache(maxsize=64)
def conductivity_fit(mechanism: str, names: tuple[str, ...], at_rest: bool) -> MixtureFit:
    """Conductivity [W/m/K] of a gas of two or more species: where none of them diffuses, or at uniform composition."""
    gas, (low, high) = multicomponent_gas(mechanism, names), available(mechanism).bounds
    kinks = {float(gas.species(name).thermo.coeffs[0]) for name in names if _has_two_ranges(gas.species(name))}
    edges = (low, *sorted(each for each in kinks if low < each < high), high)
    degree = _DEGREES.get(len(names), _LEAST_DEGREE)
    powers = _of_degree(degree, len(names) - 1)
    lattice = _lattice(degree + 2, len(names))
    value = conductivity_at_rest if at_rest else _conductivity
    terms, series = np.stack(list(_terms(lattice.T, powers)), axis=-1), []
    for bounds in pairwise(edges):
        points, temperatures = chebyshev_nodes(_ALONG_T, bounds)
        logs = np.log([[value(gas, T, x) for x in lattice] for T in temperatures])
        by_term = np.linalg.lstsq(terms, logs.T, rcond=None)[0]
        series.append(chebyshev.chebfit(points, by_term.T, _ALONG_T - 1))
    return MixtureFit(edges, np.array(series), powers)


def conductivity_at_rest(gas: Any, T: float, x: np.ndarray) -> float:
    """lambda = lambda_0 + sum_i (R/(M_i x_i)) D^T_i e_i ,  e_i = sum_j (x_i x_j/D_ij)(D^T_j/rho_j - D^T_i/rho_i)

    lambda_0 is Cantera's, at uniform composition; e_i grad ln T are the driving forces that hold every species still.
    """
    import cantera

    conductivity = _conductivity(gas, T, x)
    shares, thermal, partial = gas.X, gas.thermal_diff_coeffs, gas.density * gas.Y
    speed = thermal / partial
    held = (np.outer(shares, shares) / gas.binary_diff_coeffs * (speed[None, :] - speed[:, None])).sum(axis=1)
    gained = (cantera.gas_constant * thermal / (gas.molecular_weights * shares) * held).sum()
    return conductivity + gained


def _has_two_ranges(species: Any) -> bool:
    """Whether the heat capacity of a species is given by two polynomials, which meet in a kink."""
    import cantera

    return isinstance(species.thermo, cantera.NasaPoly2)


def _conductivity(gas: Any, T: float, x: np.ndarray) -> float:
    gas.TPX = T, ATMOSPHERE, np.maximum(x, _ABSENT)
    return gas.thermal_conductivity


def _terms(x: Sequence[Any], powers: Powers) -> Iterator[Any]:
    """Products of the Chebyshev polynomials in all mole fractions but the last, one for each row of powers."""
    degree = max(map(sum, powers))
    across = [np.moveaxis(chebyshev.chebvander(2.0 * np.asarray(each) - 1.0, degree), -1, 0) for each in x[:-1]]
    for row in powers:
        term: Any = 1.0
        for polynomials, power in zip(across, row):
            term = term * polynomials[power]
        yield term


def _of_degree(degree: int, variables: int) -> Powers:
    """All rows of powers whose sum is at most the degree."""
    return tuple(row for row in product(range(degree + 1), repeat=variables) if sum(row) <= degree)


def _lattice(count: int, species: int) -> np.ndarray:
    """Compositions (points, species) that lie closer together where a species is scarce."""
    rows = np.array([(*row, count - sum(row)) for row in _of_degree(count, species - 1)]) / count
    shares = 0.5 * (1.0 - np.cos(np.pi * rows))
    return shares / shares.sum(axis=1, keepdims=True)
