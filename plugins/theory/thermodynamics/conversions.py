"""Transport coefficients of a mixture in three forms and two conventions of heat, each from any other.

Onsager's coefficients, with the reduced heat flux q' and molar fluxes J_i relative to the molar-average velocity:

    q'  = L_qq X_q + sum_j L_qj X_j        X_q = grad(1/T)
    J_i = L_iq X_q + sum_j L_ij X_j        X_i = -(1/T) grad_T(mu_i - mu_N)

are an array whose row and column 0 belong to heat, the others to the independent species. In a binary they denote

    q'  = -kappa grad T - c R T^2 D'' grad x_A ,          J_A = -c D grad x_A - c x_A x_B D' grad T

and, with mass fractions Y and the mass flux j_A relative to the centre of mass, for

    q'  = -k grad T + D_F grad Y_A ,                      j_A = -rho D grad Y_A - d_ST grad T

Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI; signs by D'' = D'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = [
    "ByMass",
    "Molar",
    "State",
    "heats_of_transport",
    "mass_from_molar",
    "molar_from_mass",
    "molar_from_onsager",
    "onsager_from_molar",
    "reduced_from_total",
    "sealed_conductivity",
    "total_from_reduced",
]  # fmt: skip


@dataclass(frozen=True)
class State:
    """A state of a binary ideal mixture: T [K], x_A, c [mol/m^3], R [J/mol/K]; molar masses
    [kg/mol] where they are known.
    """

    T: float
    x_A: float
    c: float
    R: float
    M_A: float = float("nan")
    M_B: float = float("nan")

    @property
    def pair(self) -> float:
        """x_A x_B."""
        return self.x_A * (1.0 - self.x_A)

    @property
    def M(self) -> float:
        """Mean molar mass [kg/mol]."""
        return self.x_A * self.M_A + (1.0 - self.x_A) * self.M_B

    @property
    def slope(self) -> float:
        """dY_A/dx_A = M_A M_B/M^2."""
        return self.M_A * self.M_B / self.M**2


@dataclass(frozen=True)
class Molar:
    """kappa [W/m/K], D [m^2/s], D' and D'' [m^2/s/K]: mole fractions, molar fluxes, molar-average velocity."""

    kappa: float
    D: float
    D_soret: float
    D_dufour: float


@dataclass(frozen=True)
class ByMass:
    """k [W/m/K], D_F [W/m], d_ST [kg/m/s/K], rho D [kg/m/s]: mass fractions, mass fluxes,
    velocity of the centre of mass.
    """

    k: float
    D_F: float
    d_ST: float
    rho_D: float


def onsager_from_molar(given: Molar, at: State) -> np.ndarray:
    """[[L_qq, L_qA], [L_Aq, L_AA]] [W K/m, mol K/m/s, mol^2 K/J/m/s]."""
    cross = at.c * at.pair * at.T**2
    return np.array(
        [[given.kappa * at.T**2, cross * given.D_dufour], [cross * given.D_soret, at.c * at.pair * given.D / at.R]]
    )


def molar_from_onsager(L: np.ndarray, at: State) -> Molar:
    """kappa = L_qq/T^2, D = R L_AA/(c x_A x_B), D' = L_Aq/(c x_A x_B T^2), D'' = L_qA/(c x_A x_B T^2)."""
    cross = at.c * at.pair * at.T**2
    return Molar(L[0, 0] / at.T**2, at.R * L[1, 1] / (at.c * at.pair), L[1, 0] / cross, L[0, 1] / cross)


def mass_from_molar(given: Molar, at: State) -> ByMass:
    """k = kappa, D_F = -c R T^2 D'' M^2/(M_A M_B), d_ST = rho Y_A Y_B D', rho D with rho = c M: D_F and
    d_ST have opposite signs.
    """
    heat = at.c * at.R * at.T**2 * given.D_dufour
    return ByMass(
        given.kappa, -heat / at.slope, at.c * at.M * at.pair * at.slope * given.D_soret, at.c * at.M * given.D
    )


def molar_from_mass(given: ByMass, at: State) -> Molar:
    """The inverse of mass_from_molar."""
    rho = at.c * at.M
    dufour = -given.D_F * at.slope / (at.c * at.R * at.T**2)
    return Molar(given.k, given.rho_D / rho, given.d_ST / (rho * at.pair * at.slope), dufour)


def total_from_reduced(L: np.ndarray, enthalpies: Sequence[float]) -> np.ndarray:
    """Onsager's coefficients of the total heat flux q' + sum_i h_i J_i (convention I) from those of q' (convention II).

    enthalpies are the partial molar h_i of all species [J/mol]. The forces that belong to the total heat flux are X_q
    and -grad((mu_i - mu_N)/T), so that L_qq/T^2 is no longer the conductivity.
    """
    turn = _turn(enthalpies)
    return turn @ np.asarray(L) @ turn.T


def reduced_from_total(L: np.ndarray, enthalpies: Sequence[float]) -> np.ndarray:
    """The inverse of total_from_reduced."""
    turn = _turn([-h for h in enthalpies])
    return turn @ np.asarray(L) @ turn.T


def _turn(enthalpies: Sequence[float]) -> np.ndarray:
    turn = np.eye(len(enthalpies))
    turn[0, 1:] = np.asarray(enthalpies[:-1]) - enthalpies[-1]
    return turn


def heats_of_transport(L: np.ndarray) -> np.ndarray:
    """Q*_j with L_iq = sum_j L_ij Q*_j: the heat that a mole of j drags along at uniform temperature [J/mol]."""
    return np.linalg.solve(L[1:, 1:], L[1:, 0])


def sealed_conductivity(L: np.ndarray, T: float) -> float:
    """lambda = (L_qq - sum_j L_qj Q*_j)/T^2, the conductivity where no species diffuses [W/m/K]."""
    return float(L[0, 0] - L[0, 1:] @ heats_of_transport(L)) / T**2
