"""Equimolar counterdiffusion between reservoirs at two temperatures."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

_GAS_CONSTANT = 8.31446261815324


@plugin("emcd_soret")
class EmcdSoret(Solution):
    """Steady equimolar counterdiffusion of an ideal gas with thermal diffusion and its reciprocal heat flux:

        N_A = -c D dx/dz - c x (1 - x) D' dT/dz ,     q = -kappa dT/dz - p T D' dx/dz ,     c = p/(R T)

    N_A [mol m^-2 s^-1] and q [W/m^2] are constant along z. Solved for the gradients these are two ordinary
    differential equations for x and T; they are integrated from the left by a Runge-Kutta method of order 8 at a
    relative error of 1e-13, and N_A and q are those that meet the right face. There is no closed form, except where
    T is straight (kappa large): then with  a = S_T dT/dz  and  n = N_A/(c D)  the Riccati equation

        x = 1/2 - w'/(a w) ,     w'' = a (n + a/4) w

    is solved by hyperbolic or circular functions; the tests hold the integration against it.

    D' = S_T D thermal diffusion coefficient [m^2/s/K]; S_T Soret coefficient [1/K]; kappa conductivity [W/m/K].

    Conditions: SI units; N_A + N_B = 0; equal molar heat capacities; uniform p; constant D, S_T, kappa; D'' = D'.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="uniform pressure p")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa at uniform composition")
    soret_coefficient: float = parameter(unit="1/K", meaning="S_T = D'/D; positive drives A to the cold side")
    length: float = parameter(unit="m", above=0.0, meaning="distance L between the reservoirs")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left reservoir")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right reservoir")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction in the left reservoir")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction in the right reservoir")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def _units(self) -> np.ndarray:
        """Sizes of q and N_A."""
        molar = self.pressure / (_GAS_CONSTANT * 0.5 * (self.T_left + self.T_right))
        kelvin = max(abs(self.T_left - self.T_right), 1e-3 * self.T_left)
        return np.array([self.conductivity * kelvin, molar * self.diffusivity]) / self.length

    def _slopes(self, state: np.ndarray, fluxes: np.ndarray) -> np.ndarray:
        """dT/dz and dx/dz where q and N_A are these."""
        T, x = state
        D_T, c = self.soret_coefficient * self.diffusivity, self.pressure / (_GAS_CONSTANT * T)
        coefficients = [[self.conductivity, self.pressure * T * D_T], [c * x * (1.0 - x) * D_T, c * self.diffusivity]]
        return np.linalg.solve(coefficients, -np.asarray(fluxes))

    def _integrate(self, fluxes: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        from scipy.integrate import solve_ivp

        start = (0.0, self.length), (self.T_left, self.x_left)
        found = solve_ivp(
            lambda z, state: self._slopes(state, fluxes),
            *start,
            "DOP853",
            dense_output=True,
            rtol=1e-13,
            atol=1e-14,
            max_step=self.length / 20.0,
        )
        return found.sol

    @cached_property
    def _fluxes(self) -> np.ndarray:
        """q and N_A, by Newton's method on the state reached at the right face."""
        wanted = np.array([self.T_right, self.x_right])
        level = (np.array([self.T_left, self.x_left]) + wanted) / 2.0
        guess = self._slopes(level, np.array([1.0, 0.0])), self._slopes(level, np.array([0.0, 1.0]))
        fluxes = np.linalg.solve(np.column_stack(guess), (wanted - [self.T_left, self.x_left]) / self.length)
        for _ in range(20):
            reached = self._integrate(fluxes)(self.length)
            steps = np.diag(1e-6 * self._units)
            moved = [(self._integrate(fluxes + step)(self.length) - reached) / step.sum() for step in steps]
            change = np.linalg.solve(np.column_stack(moved), wanted - reached)
            fluxes = fluxes + change
            if np.all(np.abs(change) <= 1e-13 * self._units):
                break
        return fluxes

    @cached_property
    def _profile(self) -> Callable[[np.ndarray], np.ndarray]:
        return self._integrate(self._fluxes)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        T, fraction = self._profile(np.asarray(x, float))
        return {"T": T, f"x_{self.species}": fraction}

    def observables(self) -> Mapping[str, float]:
        q, flux = (float(each) for each in self._fluxes)
        return {f"N_{self.species}": flux, "q": q}
