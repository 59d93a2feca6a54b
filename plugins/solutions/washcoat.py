"""A porous rectangle in which a reaction changes the number of moles."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .multicomponent import GAS_CONSTANT, lobatto, pair_matrix, pair_mistakes

_DEGREE = 36


@plugin("washcoat")
class Washcoat(Solution):
    """Steady reaction, Maxwell-Stefan diffusion and viscous flow in a porous catalyst  0 < x < W ,  0 < y < H:

        div N_i = nu_i r ,   r = k c x_1 ,   c = p/(R T)
        grad x_i = sum_j (x_i N_j - x_j N_i)/(c D_ij) ,   sum_i N_i = -(c B/mu) grad p ,   D_ij = D_ij0 p_0/p

    open to one gas at x = W and y = H, sealed at x = 0 and y = 0. There is one reaction and one state on all that is
    open, so all fluxes derive from one potential,  N_i = -nu_i grad Psi,  and the state depends on Psi alone, whatever
    the shape:

        dx_i/dPsi = sum_j (x_j nu_i - x_i nu_j) R T/(p_0 D_ij0) ,        x = exp(A Psi) x_0
        p^2 = p_0^2 + 2 R T (mu/B) Psi sum_i nu_i
        div grad Psi = -r(Psi) ,   Psi = 0 where open ,   no normal derivative where sealed

    The last equation is solved with polynomials of degree 36 on Gauss-Lobatto points, in the weak form, by Newton's
    method. Psi goes as s^2 ln(s) at the distance s from the corner between the open sides, which leaves errors of 1e-10
    in what reacts and of 1e-6 in how it divides between the two sides.

    nu_i stoichiometric coefficients; k rate constant [1/s] of the first species; D_ij0 effective diffusivities
    at p_0; B permeability [m^2]; mu viscosity [Pa s]. Observables: `effectiveness`, the mean of r over its
    value outside; `F_right` and `F_top` [mol/s], what leaves of the first species through the open sides
    (negative); `p_corner` and `x_corner` of the first
    species at x = y = 0.

    Conditions: ideal gas at uniform T; no reverse reaction; uniform B, mu, k and p D_ij.

    Source: R. Jackson, Transport in Porous Catalysts (1977), for the reduction to one potential in any shape.
    """

    species: tuple[str, ...] = parameter(meaning="the species, that which reacts first, in the order of x_surface")
    stoichiometry: Mapping[str, float] = parameter(
        meaning="nu_i by species, negative for what is consumed; 0 where not named"
    )
    diffusivities: Mapping[str, float] = parameter(
        unit="m^2/s", above=0.0, meaning="effective D_ij by pair at the outer pressure"
    )
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p_0 of the gas outside")
    permeability: float = parameter(unit="m^2", above=0.0, meaning="permeability B")
    viscosity: float = parameter(unit="Pa*s", above=0.0, meaning="viscosity mu")
    rate_constant: float = parameter(unit="1/s", above=0.0, meaning="rate constant k, per volume of the porous body")
    width: float = parameter(unit="m", above=0.0, meaning="extent W along x")
    height: float = parameter(unit="m", above=0.0, meaning="extent H along y")
    depth: float = parameter(1.0, unit="m", above=0.0, meaning="extent along z")
    x_surface: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions of the gas outside")

    @property
    def _nu(self) -> np.ndarray:
        return np.array([self.stoichiometry.get(name, 0.0) for name in self.species])

    @cached_property
    def _matrix(self) -> np.ndarray:
        """A."""
        inverse = GAS_CONSTANT * self.temperature / self.pressure / pair_matrix(self.species, self.diffusivities)
        return self._nu[:, None] * inverse - np.diag(inverse @ self._nu)

    def _fractions(self, potential: np.ndarray) -> np.ndarray:
        """x_i at values of Psi (n,), shape (species, n): the power series of exp(A Psi), in steps of A Psi below 1."""
        steps = 1 + int(np.abs(self._matrix).sum(axis=0).max() * np.abs(potential).max())
        x = np.array(self.x_surface)[:, None] + np.zeros_like(potential)
        for _ in range(steps):
            term = x
            for k in range(1, 22):
                term = self._matrix @ term * (potential / (steps * k))
                x = x + term
        return x

    def _pressure(self, potential: np.ndarray) -> np.ndarray:
        gain = 2.0 * GAS_CONSTANT * self.temperature * self.viscosity / self.permeability * self._nu.sum()
        return np.sqrt(self.pressure**2 + gain * potential)

    def _rate(self, potential: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """r [mol m^-3 s^-1] at values of Psi, and its derivative."""
        x, p, RT = self._fractions(potential), self._pressure(potential), GAS_CONSTANT * self.temperature
        steeper = RT * self.viscosity / self.permeability * self._nu.sum() / p
        unit = self.rate_constant / RT
        return unit * p * x[0], unit * (steeper * x[0] + p * (self._matrix[0] @ x))

    @cached_property
    def _parts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Stiffness and mass of all points, and which of them are not on an open side; points by x, then y."""
        _, weights, slopes = lobatto(_DEGREE)
        bend = slopes.T @ (weights[:, None] * slopes)
        stiffness = np.kron(bend * self.height / self.width, np.diag(weights))
        stiffness += np.kron(np.diag(weights), bend * self.width / self.height)
        inner = np.ones((_DEGREE + 1, _DEGREE + 1), bool)
        inner[-1], inner[:, -1] = False, False
        return stiffness, np.kron(weights, weights) * self.width * self.height, inner.ravel()

    @cached_property
    def _potential(self) -> np.ndarray:
        """Psi at the Gauss-Lobatto points, by Newton's method."""
        stiffness, mass, inner = self._parts
        potential, own = np.zeros(mass.size), stiffness[np.ix_(inner, inner)]
        for _ in range(30):
            rate, slope = self._rate(potential)
            surplus = (stiffness @ potential - mass * rate)[inner]
            change = np.linalg.solve(own - np.diag((mass * slope)[inner]), -surplus)
            potential[inner] += change
            if np.abs(change).max() <= 1e-13 * np.abs(potential).max():
                break
        return potential

    def _at(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Psi at points, by the polynomial through the Gauss-Lobatto points."""
        along, up = _basis(np.asarray(x, float) / self.width), _basis(np.asarray(y, float) / self.height)
        return np.einsum("ni,ij,nj->n", along, self._potential.reshape(_DEGREE + 1, -1), up)

    def fields(self, position: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        potential = np.maximum(self._at(position[0], position[1]), 0.0)
        fractions = self._fractions(potential)
        return {**{f"x_{name}": each for name, each in zip(self.species, fractions)}, "p": self._pressure(potential)}

    def observables(self) -> Mapping[str, float]:
        stiffness, mass, _ = self._parts
        rate, _ = self._rate(self._potential)
        # the weak form of each open side's own test functions: what the points on it pass on
        passed = (mass * rate - stiffness @ self._potential).reshape(_DEGREE + 1, -1) * self.depth * self._nu[0]
        corner = passed[-1, -1] * np.array([self.height, self.width]) / (self.height + self.width)
        deep = np.array([self._potential[0]])
        outside = self.rate_constant * self.pressure / (GAS_CONSTANT * self.temperature) * self.x_surface[0]
        return {
            "effectiveness": float(mass @ rate) / (outside * self.width * self.height),
            "F_right": float(passed[-1, :-1].sum() + corner[0]),
            "F_top": float(passed[:-1, -1].sum() + corner[1]),
            "p_corner": float(self._pressure(deep)[0]),
            "x_corner": float(self._fractions(deep)[0, 0]),
        }

    def validate(self, context: Context) -> Iterable[Issue]:
        found = pair_mistakes(self.species, self.diffusivities)
        found += [
            f"stoichiometry names {name}, which is not a species"
            for name in self.stoichiometry
            if name not in self.species
        ]
        if len(self.x_surface) != len(self.species) or abs(sum(self.x_surface) - 1.0) > 1e-9:
            found.append(
                f"x_surface must be {len(self.species)} mole fractions that sum to 1; found {list(self.x_surface)}"
            )
        if not found and self._nu[0] >= 0.0:
            found.append(
                f"{self.species[0]}, the first species, must be consumed: a negative coefficient in stoichiometry"
            )
        return mistakes(found)


def _basis(s: np.ndarray) -> np.ndarray:
    """Lagrange's polynomials of the Gauss-Lobatto points on [0, 1] at s, (n, points), by the barycentric formula."""
    nodes, weights, _ = lobatto(_DEGREE)
    scale = np.sqrt(weights) * (-1.0) ** np.arange(nodes.size)
    gap = s[:, None] - nodes[None, :]
    hit = np.abs(gap) < 1e-14
    terms = scale / np.where(hit, 1.0, gap)
    plain = terms / terms.sum(axis=1, keepdims=True)
    return np.where(hit.any(axis=1, keepdims=True), hit.astype(float), plain)
