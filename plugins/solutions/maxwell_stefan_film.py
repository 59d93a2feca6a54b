"""Steady diffusion of any number of ideal gases through a film."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .multicomponent import GAS_CONSTANT, pair_matrix, pair_mistakes


@plugin("maxwell_stefan_film")
class MaxwellStefanFilm(Solution):
    """Steady Maxwell-Stefan diffusion of N ideal gases between two given compositions:

        dx_i/dz = sum_j (x_i N_j - x_j N_i)/(c D_ij) ,     sum_i a_i N_i = 0 ,     c = p/(R T)

    Along the film the N_i are constant, so this is x' = A(N) x with a constant matrix, A_ij = -N_i/(c D_ij) off the
    diagonal and A_ii = sum_j N_j/(c D_ij):

        x(z) = exp(A(N) z) x(0)

    The N_i are those with x(L) as given, by Newton's method. The a_i say how the mixture moves as a whole: all 1 (the
    default) where no moles pass, only that of B where B stands still, molar masses where no mass passes.

    Observables: `N_<species>` [mol m^-2 s^-1], along +z.

    Conditions: ideal gas at uniform T and p; constant D_ij; steady; no reaction.

    Source: H. L. Toor, AIChE Journal 3 (1957) 198, the ternary case; as a matrix exponential R. Taylor and R. Krishna,
    Multicomponent Mass Transfer (1993), chapter 8.
    """

    species: tuple[str, ...] = parameter(meaning="the species, in the order of x_left and x_right")
    diffusivities: Mapping[str, float] = parameter(
        unit="m^2/s", above=0.0, meaning="D_ij by pair, such as A-B, each pair once"
    )
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the film")
    x_left: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions at z = 0")
    x_right: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions at z = L")
    weights: Mapping[str, float] = parameter(
        {}, meaning="a_i by species in sum a_i N_i = 0, 0 where not named; all 1 without"
    )
    gas_constant: float = parameter(GAS_CONSTANT, unit="J/mol/K", above=0.0, meaning="gas constant R")

    @property
    def _weights(self) -> np.ndarray:
        return np.array([self.weights.get(name, 0.0) if self.weights else 1.0 for name in self.species])

    @cached_property
    def _inverse(self) -> np.ndarray:
        """L/(c D_ij), zero on the diagonal."""
        concentration = self.pressure / (self.gas_constant * self.temperature)
        return self.length / (concentration * pair_matrix(self.species, self.diffusivities))

    def _matrix(self, fluxes: np.ndarray) -> np.ndarray:
        """L A(N)."""
        return np.diag(self._inverse @ fluxes) - fluxes[:, None] * self._inverse

    def _surplus(self, fluxes: np.ndarray) -> np.ndarray:
        """How far the end of the film is off, and what sum a_i N_i is instead of zero."""
        from scipy.linalg import expm

        reached = expm(self._matrix(fluxes)) @ np.array(self.x_left)
        return np.append(
            (reached - self.x_right)[:-1], self._weights @ fluxes * self._inverse.max() / abs(self._weights).max()
        )

    @cached_property
    def _fluxes(self) -> np.ndarray:
        """N_i, by Newton's method with halved steps; derivatives by central differences."""
        unit = 1.0 / self._inverse.max()
        fluxes = np.zeros(len(self.species))
        for _ in range(50):
            surplus, steps = self._surplus(fluxes), np.diag(np.full(fluxes.size, 1e-6 * unit))
            slopes = [(self._surplus(fluxes + step) - self._surplus(fluxes - step)) / (2e-6 * unit) for step in steps]
            change = np.linalg.solve(np.column_stack(slopes), -surplus)
            if np.abs(change).max() < 1e-13 * np.abs(fluxes).max():
                return fluxes + change
            while np.linalg.norm(self._surplus(fluxes + change)) > 1.1 * np.linalg.norm(surplus) + 1e-12:
                change *= 0.5
            fluxes = fluxes + change
        return fluxes

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        from scipy.linalg import expm

        shares = np.asarray(x, float) / self.length
        profile = np.array([expm(self._matrix(self._fluxes) * share) @ np.array(self.x_left) for share in shares])
        return {f"x_{name}": profile[:, n] for n, name in enumerate(self.species)}

    def observables(self) -> Mapping[str, float]:
        return {f"N_{name}": float(flux) for name, flux in zip(self.species, self._fluxes)}

    def validate(self, context: Context) -> Iterable[Issue]:
        found = pair_mistakes(self.species, self.diffusivities)
        for name in ("x_left", "x_right"):
            values = getattr(self, name)
            if len(values) != len(self.species) or abs(sum(values) - 1.0) > 1e-9:
                found.append(f"{name} must be {len(self.species)} mole fractions that sum to 1; found {list(values)}")
        found += [f"weights name {name}, which is not a species" for name in self.weights if name not in self.species]
        for name in ("x_left", "x_right"):
            if not found and not self._weights @ getattr(self, name) > 0.0:
                found.append(f"sum a_i x_i vanishes at {name}: no fluxes satisfy sum a_i N_i = 0 there")
        return mistakes(found)
