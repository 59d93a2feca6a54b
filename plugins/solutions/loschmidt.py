"""Two gas mixtures in the halves of a sealed tube."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .multicomponent import diffusive_fluxes, lobatto, pair_matrix, pair_mistakes

_NODES, _WEIGHTS, _SLOPES = lobatto(8)
_REFINED = 5
_RATIO = 0.25


@plugin("loschmidt")
class Loschmidt(Solution):
    """Maxwell-Stefan diffusion in a sealed tube, 0 < z < L, whose halves hold two mixtures to begin with:

        sum_j (x_i J_j - x_j J_i)/(c D_ij) = dx_i/dz ,     c dx_i/dt = -dJ_i/dz ,     J_i = 0 at z = 0 and z = L

    with sum J_i = 0. There is no closed form: space by polynomials of degree 8 on elements that shrink by a factor of 4
    towards the step in the middle, in the weak form; the node on the step starts at the mean of both sides. Time by the
    LSODA method at a relative error of 1e-9. What is left of the error of the means is about 5e-9.

    Observables at the given times: `x_<species>_bottom` and `x_<species>_top`, the means over z < L/2 and z > L/2, of
    all species but the last.

    Conditions: ideal gas at uniform T and p; constant D_ij; sum N = 0, as in any sealed tube at uniform T and p.

    Source: the equations are those of R. Taylor and R. Krishna, Multicomponent Mass Transfer (1993), chapter 5; the
    experiment is that of M. A. Arnold and H. L. Toor, AIChE Journal 13 (1967) 909.
    """

    species: tuple[str, ...] = parameter(meaning="the species, in the order of x_bottom and x_top")
    diffusivities: Mapping[str, float] = parameter(
        unit="m^2/s", above=0.0, meaning="D_ij by pair, such as A-B, each pair once"
    )
    length: float = parameter(unit="m", above=0.0, meaning="length L of the tube")
    x_bottom: tuple[float, ...] = parameter(
        minimum=0.0, maximum=1.0, meaning="mole fractions for z < L/2 to begin with"
    )
    x_top: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions for z > L/2 to begin with")
    times: tuple[float, ...] = parameter(unit="s", above=0.0, meaning="times at which the observables are read")
    measured_at: Mapping[str, tuple[float, ...]] = parameter(
        {}, unit="s", minimum=0.0, meaning="times of measurements, by names of observables, for figures"
    )
    measured_values: Mapping[str, tuple[float, ...]] = parameter(
        {}, meaning="what was measured then, by names of observables"
    )

    @cached_property
    def _edges(self) -> np.ndarray:
        """Ends of the elements, closer together towards the middle."""
        away = 0.5 * np.append(0.0, _RATIO ** np.arange(_REFINED - 1, -1, -1))
        return self.length * np.concatenate([0.5 - away[::-1], 0.5 + away[1:]])

    @cached_property
    def _sizes(self) -> np.ndarray:
        """Lengths of the elements, with an axis for their nodes."""
        return np.diff(self._edges)[:, None]

    @cached_property
    def _numbers(self) -> np.ndarray:
        """Numbers of the nodes of each element, (elements, nodes of an element); neighbours share one."""
        degree = _NODES.size - 1
        return np.arange(self._edges.size - 1)[:, None] * degree + np.arange(degree + 1)

    @cached_property
    def _nodes(self) -> np.ndarray:
        return np.append((self._edges[:-1, None] + self._sizes * _NODES[:-1]).ravel(), self.length)

    @cached_property
    def _inverse(self) -> np.ndarray:
        return 1.0 / pair_matrix(self.species, self.diffusivities)

    @cached_property
    def _masses(self) -> np.ndarray:
        """Length that belongs to each node."""
        return self._assembled(np.broadcast_to(self._sizes * _WEIGHTS, self._numbers.shape))

    @cached_property
    def _halves(self) -> Mapping[str, np.ndarray]:
        """Weights of the nodes in the mean over each half."""
        below = np.arange(self._sizes.size)[:, None] < self._sizes.size // 2
        half = 0.5 * self.length
        bottom = self._assembled(below * self._sizes * _WEIGHTS)
        return {"bottom": bottom / half, "top": (self._masses - bottom) / half}

    def _assembled(self, each: np.ndarray) -> np.ndarray:
        """Sums over the elements that share a node."""
        return np.bincount(self._numbers.ravel(), each.ravel())

    def _rates(self, t: float, y: np.ndarray) -> np.ndarray:
        x = y.reshape(-1, len(self.species) - 1).T[:, self._numbers]
        slopes = (x @ _SLOPES.T / self._sizes).reshape(len(x), -1)
        flat = x.reshape(len(x), -1)
        fluxes = diffusive_fluxes(np.vstack([flat, 1.0 - flat.sum(axis=0)]), slopes, self._inverse)
        gains = (fluxes.reshape(x.shape) * _WEIGHTS) @ _SLOPES
        return (np.array([self._assembled(each) for each in gains]) / self._masses).T.ravel()

    @cached_property
    def _history(self) -> Any:
        from scipy.integrate import solve_ivp

        start, band = self._step(self._nodes)[:-1], (len(self.species) - 1) * _NODES.size - 1
        return solve_ivp(
            self._rates, (0.0, max(self.times)), start.T.ravel(), "LSODA", dense_output=True, rtol=1e-9, atol=1e-12,
            lband=band, uband=band,
        )  # fmt: skip

    def _step(self, z: np.ndarray) -> np.ndarray:
        """Mole fractions to begin with, (species, n)."""
        off = z - 0.5 * self.length
        part = np.where(np.abs(off) < 1e-12 * self.length, 0.5, off > 0.0)
        return np.array([(1.0 - part) * a + part * b for a, b in zip(self.x_bottom, self.x_top)])

    def _profile(self, t: float) -> np.ndarray:
        """Mole fractions of all species at the nodes, (species, nodes)."""
        x = self._history.sol(t).reshape(-1, len(self.species) - 1).T
        return np.vstack([x, 1.0 - x.sum(axis=0)])

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        z = np.asarray(x, float)
        return {f"x_{name}": row for name, row in zip(self.species, self._at(z, t) if t > 0.0 else self._step(z))}

    def _at(self, z: np.ndarray, t: float) -> np.ndarray:
        """Mole fractions at positions z, by the polynomial of the element, (species, n)."""
        element = np.clip(np.searchsorted(self._edges, z, side="right") - 1, 0, self._sizes.size - 1)
        share = (z - self._edges[element]) / self._sizes[element, 0]
        legendre = np.polynomial.legendre.legvander
        through = legendre(2.0 * share - 1.0, _NODES.size - 1) @ np.linalg.inv(
            legendre(2.0 * _NODES - 1.0, _NODES.size - 1)
        )
        return np.einsum("nk,ink->in", through, self._profile(t)[:, self._numbers[element]])

    def observables(self) -> Mapping[str, list[float]]:
        profiles = [self._profile(t) for t in sorted(self.times)]
        return {
            f"x_{name}_{half}": [float(profile[n] @ weights) for profile in profiles]
            for half, weights in self._halves.items()
            for n, name in enumerate(self.species[:-1])
        }

    def measured(self) -> Mapping[str, tuple[Sequence[float], Sequence[float]]]:
        return {name: (self.measured_at[name], values) for name, values in self.measured_values.items()}

    def validate(self, context: Context) -> Iterable[Issue]:
        found = pair_mistakes(self.species, self.diffusivities)
        for name in ("x_bottom", "x_top"):
            values = getattr(self, name)
            if len(values) != len(self.species) or abs(sum(values) - 1.0) > 1e-9:
                found.append(f"{name} must be {len(self.species)} mole fractions that sum to 1; found {list(values)}")
        for name in sorted({*self.measured_at, *self.measured_values}):
            times, values = (len(each.get(name, ())) for each in (self.measured_at, self.measured_values))
            if times != values:
                found.append(f"measured_values of {name} are {values} for {times} times in measured_at")
        return mistakes(found if self.times else [*found, "times are needed: they say how long to follow the gases"])
