"""Two bulbs of gas that mix through a capillary."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .multicomponent import diffusive_fluxes, lobatto, pair_matrix, pair_mistakes

_DEGREE = 24


@plugin("two_bulb")
class TwoBulb(Solution):
    """Maxwell-Stefan diffusion between two well-mixed bulbs through a capillary that has a volume of its own:

        sum_j (x_i J_j - x_j J_i)/(c D_ij) = dx_i/dz ,     c dx_i/dt = -dJ_i/dz     in the capillary, 0 < z < L
        V_1 c dx_i/dt = -A J_i  at z = 0 ,     V_2 c dx_i/dt = A J_i  at z = L      with sum J_i = 0

    from a straight profile between the bulbs. There is no closed form: space by one polynomial on the Gauss-Lobatto
    nodes in the weak form, where a bulb is a mass on the end node and its balance the natural condition there; time by
    the LSODA method at a relative error of 1e-11. What is left of the error is about 1e-10.

    Observables at the given times: `x_<species>_bulb1` and `x_<species>_bulb2` of all but the last; `t_barrier`
    [s], when the flux of the species `barrier` into the capillary at bulb 1 passes zero for the last time,
    against its own gradient.

    Conditions: ideal gas at uniform T and p; constant D_ij; sum N = 0; V_1, V_2 without the capillary.

    Source: the experiment is that of J. B. Duncan and H. L. Toor, AIChE Journal 8 (1962) 38; the equations are those of
    R. Taylor and R. Krishna, Multicomponent Mass Transfer (1993), chapter 5, there without the volume of the capillary.
    """

    species: tuple[str, ...] = parameter(meaning="the species, in the order of x_bulb1 and x_bulb2")
    diffusivities: Mapping[str, float] = parameter(
        unit="m^2/s", above=0.0, meaning="D_ij by pair, such as A-B, each pair once"
    )
    length: float = parameter(unit="m", above=0.0, meaning="length L of the capillary")
    cross_section: float = parameter(unit="m^2", above=0.0, meaning="cross-section A of the capillary")
    volume_1: float = parameter(unit="m^3", above=0.0, meaning="volume V_1 of the bulb at z = 0")
    volume_2: float = parameter(unit="m^3", above=0.0, meaning="volume V_2 of the bulb at z = L")
    x_bulb1: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions in bulb 1 to begin with")
    x_bulb2: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions in bulb 2 to begin with")
    times: tuple[float, ...] = parameter((), unit="s", above=0.0, meaning="times at which the observables are read")
    barrier: str | None = parameter(None, meaning="the species whose diffusion barrier is looked for")
    until: float = parameter(unit="s", above=0.0, meaning="end of the run")
    measured_at: tuple[float, ...] = parameter((), unit="s", minimum=0.0, meaning="times of measurements, for figures")
    measured_values: Mapping[str, tuple[float, ...]] = parameter(
        {}, meaning="what was measured then, by names of observables"
    )

    def _rates(self, t: float, y: np.ndarray) -> np.ndarray:
        x = y.reshape(len(self.species) - 1, -1)
        fluxes = diffusive_fluxes(np.vstack([x, 1.0 - x.sum(axis=0)]), x @ self._slopes.T, self._inverse)
        return (fluxes @ self._weak.T / self._masses).ravel()

    @cached_property
    def _inverse(self) -> np.ndarray:
        return 1.0 / pair_matrix(self.species, self.diffusivities)

    @cached_property
    def _slopes(self) -> np.ndarray:
        return lobatto(_DEGREE)[2] / self.length

    @cached_property
    def _weak(self) -> np.ndarray:
        """From fluxes J/c at the nodes to what each test function gains, per area."""
        return (self.length * lobatto(_DEGREE)[1][:, None] * self._slopes).T

    @cached_property
    def _masses(self) -> np.ndarray:
        """Volume that belongs to each node, over the cross-section."""
        masses = self.length * lobatto(_DEGREE)[1]
        masses[[0, -1]] += np.array([self.volume_1, self.volume_2]) / self.cross_section
        return masses

    @cached_property
    def _history(self) -> Any:
        from scipy.integrate import solve_ivp

        share = lobatto(_DEGREE)[0]
        start = [(1.0 - share) * a + share * b for a, b in zip(self.x_bulb1[:-1], self.x_bulb2[:-1])]
        return solve_ivp(
            self._rates, (0.0, self.until), np.ravel(start), "LSODA", dense_output=True, rtol=1e-11, atol=1e-13
        )

    def _profile(self, t: float) -> np.ndarray:
        """Mole fractions of all species at the nodes, (species, nodes)."""
        x = self._history.sol(t).reshape(len(self.species) - 1, -1)
        return np.vstack([x, 1.0 - x.sum(axis=0)])

    def _barrier(self) -> float:
        """When x of the species in bulb 1 turns for the last time."""
        from scipy.optimize import brentq

        row = self.species.index(self.barrier)

        def pace(t: float) -> float:
            rates = self._rates(t, self._history.sol(t)).reshape(len(self.species) - 1, -1)[:, 0]
            return float(rates[row] if row < len(rates) else -rates.sum())

        steps = self._history.t[1:]
        signs = np.sign([pace(t) for t in steps])
        turns = np.flatnonzero(signs[1:] != signs[:-1])
        return (
            brentq(pace, steps[turns[-1]], steps[turns[-1] + 1], xtol=1e-9, rtol=1e-14) if turns.size else float("nan")
        )

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        from scipy.interpolate import BarycentricInterpolator

        through = BarycentricInterpolator(lobatto(_DEGREE)[0], self._profile(t), axis=1)
        found = through(np.asarray(x, float) / self.length)
        return {f"x_{name}": found[n] for n, name in enumerate(self.species)}

    def observables(self) -> Mapping[str, float | list[float]]:
        profiles = [self._profile(t) for t in sorted(self.times)]
        found: dict[str, float | list[float]] = {} if self.barrier is None else {"t_barrier": self._barrier()}
        for n, name in enumerate(self.species[:-1]):
            found[f"x_{name}_bulb1"] = [float(profile[n, 0]) for profile in profiles]
            found[f"x_{name}_bulb2"] = [float(profile[n, -1]) for profile in profiles]
        return found

    def measured(self) -> Mapping[str, tuple[Sequence[float], Sequence[float]]]:
        return {name: (self.measured_at, values) for name, values in self.measured_values.items()}

    def validate(self, context: Context) -> Iterable[Issue]:
        found = pair_mistakes(self.species, self.diffusivities)
        for name in ("x_bulb1", "x_bulb2"):
            values = getattr(self, name)
            if len(values) != len(self.species) or abs(sum(values) - 1.0) > 1e-9:
                found.append(f"{name} must be {len(self.species)} mole fractions that sum to 1; found {list(values)}")
        if self.barrier is not None and self.barrier not in self.species:
            found.append(f"barrier = {self.barrier} is not a species")
        if any(t > self.until for t in self.times):
            found.append(f"times lie beyond until = {self.until:g} s")
        for name, values in self.measured_values.items():
            if len(values) != len(self.measured_at):
                found.append(f"measured_values of {name} are {len(values)} for {len(self.measured_at)} times")
        return mistakes(found)
