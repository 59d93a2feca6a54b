"""A separated gas mixing in an insulated cell, and the temperature that it raises by the Dufour effect."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("dufour_cosine")
class DufourCosine(Solution):
    """A binary gas, sealed and insulated, with a cosine of composition to begin with; Soret and Dufour linearised
    about (T_0, x_0):

        c_p dT/dt = kappa T'' + c R T_0^2 D' x'' ,     c dx/dt = c D x'' + c x_0 (1 - x_0) D' T''

    A cosine stays one: T = T_0 + theta cos(k z), x = x_0 + xi cos(k z), k = pi/L, with xi =
    amplitude, theta = 0 at t = 0:

        theta = -b xi_0 (exp(-k^2 d_2 t) - exp(-k^2 d_1 t))/(d_1 - d_2) ,     b = c R T_0^2 D'/c_p
        xi    = xi_0 ((d_1 - D) exp(-k^2 d_2 t) + (D - d_2) exp(-k^2 d_1 t))/(d_1 - d_2)

    d_1 > d_2 are the eigenvalues of [[kappa/c_p, b], [x_0 (1 - x_0) D', D]], d_1 + d_2 = kappa/c_p + D and
    d_1 d_2 = lambda D/c_p. The end z = 0 is farthest from T_0 at t_peak = ln(d_1/d_2)/(k^2 (d_1 - d_2)).

    With the linearised sigma, -q T'/T_0^2 - R J_A x'/(x_0 (1 - x_0)), the entropy produced per area
    until t is what is lost of

        (L/4) (c_p theta^2/T_0^2 + c R xi^2/(x_0 (1 - x_0)))

    Observables: `T_end_minus_T0` at z = 0 at the given times, `T_peak` its value of largest size, `t_peak` when, and
    `entropy_produced` until `until` per cross-section.

    Conditions: c, c_p, kappa, D, D' = D'' = alpha_T D/T_0 constant; lambda > 0.

    Source: the equations are those of S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI,
    section 7; the solution by separation of variables.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p; c = p/(R T_0)")
    T0: float = parameter(unit="K", above=0.0, meaning="temperature T_0 to begin with")
    x_mean: float = parameter(0.5, above=0.0, below=1.0, meaning="mean mole fraction x_0 of A")
    amplitude: float = parameter(meaning="amplitude xi_0 of the cosine")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa at uniform composition")
    thermal_diffusion_factor: float = parameter(meaning="alpha_T = T D'/D; negative where A goes to the hot side")
    molar_heat_capacity: float = parameter(
        unit="J/mol/K", above=0.0, meaning="heat capacity per mole; c_p is c times it"
    )
    length: float = parameter(unit="m", above=0.0, meaning="length L of the cell")
    cross_section: float = parameter(1.0, unit="m^2", above=0.0, meaning="cross-section of the cell")
    until: float = parameter(unit="s", above=0.0, meaning="time until which the entropy produced is counted")
    gas_constant: float = parameter(8.31446261815324, unit="J/mol/K", above=0.0, meaning="gas constant R")
    times: tuple[float, ...] = parameter((), unit="s", above=0.0, meaning="times at which the end is read")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def _concentration(self) -> float:
        return self.pressure / (self.gas_constant * self.T0)

    @property
    def _pair(self) -> float:
        return self.x_mean * (1.0 - self.x_mean)

    @cached_property
    def _matrix(self) -> np.ndarray:
        """[m^2/s] in the columns of T [K] and x."""
        thermal = self.thermal_diffusion_factor * self.diffusivity / self.T0
        capacity = self._concentration * self.molar_heat_capacity
        dufour = self.pressure * self.T0 * thermal / capacity
        return np.array([[self.conductivity / capacity, dufour], [self._pair * thermal, self.diffusivity]])

    @cached_property
    def _rates(self) -> tuple[float, float]:
        """k^2 d_1 and k^2 d_2."""
        (a, b), (e, d) = self._matrix
        apart = np.hypot(a - d, 2.0 * np.sqrt(b * e))
        fast = 0.5 * (a + d + apart)
        wave = (np.pi / self.length) ** 2
        return wave * fast, wave * (a * d - b * e) / fast

    def _amplitudes(self, t: float) -> tuple[float, float]:
        """theta and xi."""
        fast, slow = self._rates
        (_, b), (_, d) = self._matrix * (np.pi / self.length) ** 2
        decay = np.exp(-slow * t)
        gone = -np.expm1(-(fast - slow) * t) * decay / (fast - slow)
        return -b * self.amplitude * gone, self.amplitude * (decay + (slow - d) * gone)

    def _exergy(self, t: float) -> float:
        """What of the entropy is still to be produced, per cross-section [J/K/m^2]."""
        theta, xi = self._amplitudes(t)
        thermal = self.molar_heat_capacity * (theta / self.T0) ** 2
        return 0.25 * self.length * self._concentration * (thermal + self.gas_constant * xi**2 / self._pair)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        theta, xi = self._amplitudes(t)
        wave = np.cos(np.pi * np.asarray(x, float) / self.length)
        return {"T": self.T0 + theta * wave, f"x_{self.species}": self.x_mean + xi * wave}

    def observables(self) -> Mapping[str, float | list[float]]:
        fast, slow = self._rates
        t_peak = float(np.log(fast / slow) / (fast - slow))
        return {
            "T_end_minus_T0": [float(self._amplitudes(t)[0]) for t in sorted(self.times)],
            "T_peak": float(self._amplitudes(t_peak)[0]),
            "t_peak": t_peak,
            "entropy_produced": self.cross_section * (self._exergy(0.0) - self._exergy(self.until)),
        }

    def validate(self, context: Context) -> Iterable[Issue]:
        if np.linalg.det(self._matrix) <= 0.0:
            return mistakes(
                ["lambda = kappa - c R T^2 x (1 - x) D'^2/D is not positive: the coefficients break the second law"]
            )
        if self._rates[0] == self._rates[1]:
            return mistakes(["thermal_diffusion_factor is zero and kappa/c_p = D: the two modes are one"])
        return mistakes([])
