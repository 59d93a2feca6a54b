"""Three gases in a sealed cell between boundaries at two temperatures, from Onsager's matrix."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(40)


@plugin("ternary_soret_cell")
class TernarySoretCell(Solution):
    """Steady state of an ideal gas of A, B and C sealed between boundaries at two temperatures, where only heat flows,
    with Onsager's coefficients constant:

        J_i = 0 :   R grad ln(x_i/x_C) = Q*_i grad(1/T) ,   so   x_i/x_C = K_i exp(Q*_i/(R T))
        L_iq = sum_j L_ij Q*_j
        q = (L_qq - sum_j L_qj Q*_j) grad(1/T) ,   so   1/T = 1/T_left + (1/T_right - 1/T_left) z/L

    K_i follow from the moles of the content: integral of (x_i - mean_i)/T dz = 0, for c = p/(R T) and p is uniform.

    Observables: `q` [W/m^2] along +z, `A_hot`, `A_cold`, `B_hot`, `B_cold`: mole fractions on the left and right
    boundaries.

    Conditions: uniform pressure, constant and symmetric coefficients.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    L_qq: float = parameter(unit="W*K/m", above=0.0, meaning="L_qq")
    L_qA: float = parameter(unit="mol*K/m/s", meaning="L_qA = L_Aq")
    L_qB: float = parameter(unit="mol*K/m/s", meaning="L_qB = L_Bq")
    L_AA: float = parameter(unit="mol^2*K/J/m/s", above=0.0, meaning="L_AA")
    L_AB: float = parameter(unit="mol^2*K/J/m/s", meaning="L_AB = L_BA")
    L_BB: float = parameter(unit="mol^2*K/J/m/s", above=0.0, meaning="L_BB")
    length: float = parameter(unit="m", above=0.0, meaning="distance L between the boundaries")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left boundary")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right boundary")
    A_mean: float = parameter(above=0.0, below=1.0, meaning="moles of A per mole of the content")
    B_mean: float = parameter(above=0.0, below=1.0, meaning="moles of B per mole of the content")
    gas_constant: float = parameter(8.31446261815324, unit="J/mol/K", above=0.0, meaning="gas constant R")
    species: tuple[str, str, str] = parameter(("A", "B", "C"), meaning="names of A, B and C in the fields")

    @cached_property
    def _matrix(self) -> np.ndarray:
        return np.array(
            [[self.L_qq, self.L_qA, self.L_qB], [self.L_qA, self.L_AA, self.L_AB], [self.L_qB, self.L_AB, self.L_BB]]
        )

    @cached_property
    def _heats(self) -> np.ndarray:
        """Q*_A and Q*_B [J/mol]."""
        return np.linalg.solve(self._matrix[1:, 1:], self._matrix[1:, 0])

    def _inverse_temperature(self, z: np.ndarray) -> np.ndarray:
        return 1.0 / self.T_left + (1.0 / self.T_right - 1.0 / self.T_left) * z / self.length

    def _fractions(self, inverse: np.ndarray, logarithms: np.ndarray) -> np.ndarray:
        """x_A, x_B and x_C where 1/T is `inverse`, from ln(x_i/x_C) in the middle of the cell."""
        middle = self._inverse_temperature(np.asarray(0.5 * self.length))
        slopes = self._heats[:, None] / self.gas_constant
        ratios = np.exp(logarithms[:, None] + slopes * (np.atleast_1d(inverse) - middle))
        return np.vstack([ratios, np.ones(ratios.shape[1])]) / (1.0 + ratios.sum(axis=0))

    @cached_property
    def _logarithms(self) -> np.ndarray:
        """ln(x_i/x_C) in the middle of the cell, by Newton's method on the moles."""
        inverse = self._inverse_temperature(0.5 * self.length * (1.0 + _NODES))
        weights = _WEIGHTS * inverse / (_WEIGHTS @ inverse)
        means = np.array([self.A_mean, self.B_mean])
        guess = np.log(means / (1.0 - means.sum()))
        for _ in range(30):
            x = self._fractions(inverse, guess)[:2]
            slope = np.diag(x @ weights) - (x * weights) @ x.T
            guess = guess - np.linalg.solve(slope, x @ weights - means)
        return guess

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        inverse = self._inverse_temperature(np.asarray(x, float))
        parts = self._fractions(inverse, self._logarithms)
        return {"T": 1.0 / inverse, **{f"x_{name}": part for name, part in zip(self.species, parts)}}

    def observables(self) -> Mapping[str, float]:
        fields = self.fields(np.array([0.0, self.length]), 0.0)
        conducted = float(self._matrix[0, 0] - self._matrix[0, 1:] @ self._heats)
        boundaries = {
            f"{name}_{boundary}": float(fields[f"x_{own}"][i])
            for name, own in zip("AB", self.species)
            for i, boundary in enumerate(("hot", "cold"))
        }
        return {"q": conducted * (1.0 / self.T_right - 1.0 / self.T_left) / self.length, **boundaries}

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.A_mean + self.B_mean >= 1.0:
            return mistakes([f"A_mean + B_mean = {self.A_mean + self.B_mean:g} leaves nothing of C"])
        if np.linalg.eigvalsh(self._matrix / np.sqrt(np.outer(*2 * [np.diag(self._matrix)]))).min() <= 0.0:
            return mistakes(["the matrix of coefficients is not positive definite: it breaks the second law"])
        return mistakes([])
