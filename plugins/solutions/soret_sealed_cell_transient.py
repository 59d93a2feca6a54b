"""How thermal diffusion builds up in a sealed cell."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .roots import tangent_roots

_TERMS = 60


@plugin("soret_sealed_cell_transient")
class SoretSealedCellTransient(Solution):
    """A binary gas, uniform to begin with, sealed between boundaries that take two temperatures at t = 0; Soret and
    Dufour linearised about the mean state (T_0, x_0):

        c_p dT/dt = d/dz (kappa dT/dz + c R T_0^2 D' dx/dz) ,     c dx/dt = d/dz (c D dx/dz + c x_0 (1 - x_0) D' dT/dz)

    Steady:  T_s = T_0 + g s,  x_s = x_0 - x_0 (1 - x_0) S_T g s,  s = z - L/2,  g = (T_right - T_left)/L. In the scaled
    departures  a = (T - T_s) sqrt(c_p)/T_0,  b = (x - x_s) sqrt(c R/(x_0 (1 - x_0)))  both equations are one with a
    symmetric matrix K (Onsager), K_11 = kappa/c_p, K_22 = D, K_12 = T_0 D' sqrt(c R x_0 (1 - x_0)/c_p). In its
    principal directions, with eigenvalues d_1, d_2 and the first direction at the angle theta to a, every mode is (A_1
    sin(m s/sqrt(d_1)), A_2 sin(m s/sqrt(d_2))) exp(-m^2 t), and T given, J_A = 0 on the boundaries require

        cos^2(theta) sqrt(d_2) tan(u_1) + sin^2(theta) sqrt(d_1) tan(u_2) = 0 ,     u_i = m L/(2 sqrt(d_i))

    The modes are orthogonal because K is symmetric; 60 of them give round-off for t >= 4e-3 L^2/D.

    Observables at the given times: `x_hot` and `x_cold` on the left and the right boundary, `q_right` [W/m^2] along +z.

    Conditions: c, D, D' = D'' = S_T D, kappa, c_p constant; T_0 = (T_left + T_right)/2; lambda > 0; S_T not zero.

    Source: the equations are those of S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI,
    section 7; the series by separation of variables.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="uniform total concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa at uniform composition")
    heat_capacity: float = parameter(unit="J/m^3/K", above=0.0, meaning="heat capacity c_p per volume")
    soret_coefficient: float = parameter(unit="1/K", meaning="S_T = D'/D; positive drives A to the cold side")
    gas_constant: float = parameter(8.31446261815324, unit="J/mol/K", above=0.0, meaning="gas constant R")
    length: float = parameter(unit="m", above=0.0, meaning="distance L between the boundaries")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left boundary")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right boundary")
    x_mean: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction x_0 to begin with")
    times: tuple[float, ...] = parameter((), unit="s", above=0.0, meaning="times at which the observables are read")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def _middle(self) -> float:
        return 0.5 * (self.T_left + self.T_right)

    @property
    def _gradient(self) -> float:
        return (self.T_right - self.T_left) / self.length

    @property
    def _pair(self) -> float:
        return self.x_mean * (1.0 - self.x_mean)

    @property
    def _scales(self) -> np.ndarray:
        """What T and x are multiplied by to give a and b."""
        thermal = np.sqrt(self.heat_capacity) / self._middle
        return np.array([thermal, np.sqrt(self.concentration * self.gas_constant / self._pair)])

    @cached_property
    def _matrix(self) -> np.ndarray:
        """K [m^2/s]."""
        ratio = np.sqrt(self.concentration * self.gas_constant * self._pair / self.heat_capacity)
        cross = self._middle * self.soret_coefficient * self.diffusivity * ratio
        return np.array([[self.conductivity / self.heat_capacity, cross], [cross, self.diffusivity]])

    @cached_property
    def _principal(self) -> tuple[np.ndarray, np.ndarray]:
        """Eigenvalues d and, in columns, the directions of K."""
        return np.linalg.eigh(self._matrix)

    @cached_property
    def _roots(self) -> np.ndarray:
        d, P = self._principal
        ratio = P[0, 0] * P[1, 1] * np.sqrt(d[1]) / (-P[0, 1] * P[1, 0] * np.sqrt(d[0]))
        return tangent_roots(float(ratio), *(0.5 * self.length / np.sqrt(d)), _TERMS)

    @cached_property
    def _amplitudes(self) -> np.ndarray:
        """A_1 and A_2 of every mode, shape (2, terms), weighed by the initial departure."""
        d, P = self._principal
        h, k = 0.5 * self.length, self._roots / np.sqrt(d)[:, None]
        sine, cosine = np.sin(k * h), np.cos(k * h)
        fixed, closed = P[0][:, None] * sine, P[1][:, None] * np.sqrt(d)[:, None] * cosine / np.sqrt(d[1])
        row = np.where((fixed**2).sum(axis=0) > (closed**2).sum(axis=0), fixed, closed)
        A = np.stack([-row[1], row[0]])
        slope = -self._gradient * np.array([1.0, -self._pair * self.soret_coefficient]) * self._scales
        overlap = (P.T @ slope)[:, None] * A * 2.0 * (sine / k**2 - h * cosine / k)
        norm = A**2 * (h - sine * cosine / k)
        return A * overlap.sum(axis=0) / norm.sum(axis=0)

    def _departure(self, x: np.ndarray, t: float, derivative: bool = False) -> np.ndarray:
        """T - T_s and x - x_s at positions x, or their slopes there; shape (2, n)."""
        d, P = self._principal
        k = (self._roots / np.sqrt(d)[:, None])[:, :, None]
        phase = k * (np.atleast_1d(np.asarray(x, float)) - 0.5 * self.length)
        modes = k * np.cos(phase) if derivative else np.sin(phase)
        left = self._amplitudes * np.exp(-(self._roots**2) * t)
        return P @ np.einsum("im,imn->in", left, modes) / self._scales[:, None]

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        s = np.asarray(x, float) - 0.5 * self.length
        steady = self._gradient * np.array([np.ones_like(s), np.full_like(s, -self._pair * self.soret_coefficient)]) * s
        change = steady + self._departure(x, t) if t > 0.0 else np.zeros_like(steady)
        return {"T": self._middle + change[0], f"x_{self.species}": self.x_mean + change[1]}

    def observables(self) -> Mapping[str, list[float]]:
        boundaries = [self.fields(np.array([0.0, self.length]), t)[f"x_{self.species}"] for t in sorted(self.times)]
        steady = self._gradient * np.array([1.0, -self._pair * self.soret_coefficient])
        slopes = [steady + self._departure(np.array([self.length]), t, True)[:, 0] for t in sorted(self.times)]
        cross = self.concentration * self.gas_constant * self._middle**2 * self.soret_coefficient * self.diffusivity
        return {
            "x_hot": [float(x[0]) for x in boundaries],
            "x_cold": [float(x[1]) for x in boundaries],
            "q_right": [-self.conductivity * float(dT) - cross * float(dx) for dT, dx in slopes],
        }

    def validate(self, context: Context) -> Iterable[Issue]:
        if not 0.0 < self.x_mean < 1.0:
            return mistakes([f"x_mean = {self.x_mean:g} must lie between 0 and 1"])
        if self.soret_coefficient == 0.0:
            return mistakes(["soret_coefficient must not be zero: without it there is conduction alone"])
        if np.linalg.det(self._matrix) <= 0.0:
            return mistakes(
                ["lambda = kappa - c R T^2 x (1 - x) D'^2/D is not positive: the coefficients break the second law"]
            )
        return mistakes([])
