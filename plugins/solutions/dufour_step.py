"""A gas that mixes from a sharp step of composition, and the temperatures that its Dufour effect makes."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

_REACH = 6.0
_TOLERANCE = 1e-9


@plugin("dufour_step")
class DufourStep(Solution):
    """A binary ideal gas at one temperature T_0 and pressure p, of another composition on either side of z = middle,
    before the ends of the closed, insulated space notice: a function of s = (z - middle)/sqrt(t) alone.

    With equal heat capacities c_p per mole the energy c c_p T = p c_p/R is the same everywhere
    and for ever, so that p stays
    and q' + c_p T N = 0: the gas moves as a whole by N = -q'/(c_p T) [mol/m^2/s]. With fluxes times sqrt(t), ' = d/ds,

        N' = (s/2) c' ,   J' = ((s/2) c - N) x' ,   c = p/(R T)
        q' = -kappa T' - c R T^2 D' x' ,   J = -c D x' - c x (1 - x) D' T' ,   D' = alpha_T D/T

    a boundary-value problem with T = T_0 and x given far away, solved by collocation on |s| < 6 sqrt(4 k), k the
    largest of D and kappa/(c c_p). D = D_0 (T/T_0)^a; kappa of the mixture by Wassiljewa's formula

        kappa = x k_A/(x + phi_AB (1 - x)) + (1 - x) k_B/((1 - x) + phi_BA x)

    Observables: `T_hottest` and `T_coldest`, departures from T_0 that do not change in time; `x_middle`, the
    composition that stays at z = middle.

    Source: the similarity is that of E. L. Cussler, Diffusion, 3rd ed. (2009), section 2.3,
    here with heat and bulk flow.
    """

    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p")
    T0: float = parameter(unit="K", above=0.0, meaning="temperature T_0 to begin with")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of A on the left")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of A on the right")
    middle: float = parameter(unit="m", meaning="position of the step")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusivity D_0 at T_0")
    temperature_exponent: float = parameter(0.0, meaning="a, with which D grows with temperature")
    thermal_diffusion_factor: float = parameter(meaning="alpha_T = T D'/D; negative where A goes to the hot side")
    k_A: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity of pure A")
    k_B: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity of pure B")
    phi_AB: float = parameter(above=0.0, meaning="Wassiljewa's phi_AB")
    phi_BA: float = parameter(above=0.0, meaning="Wassiljewa's phi_BA")
    molar_heat_capacity: float = parameter(
        unit="J/mol/K", above=0.0, meaning="heat capacity c_p per mole of either gas"
    )
    gas_constant: float = parameter(8.31446261815324, unit="J/mol/K", above=0.0, meaning="gas constant R")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def _conductivity(self, x: np.ndarray) -> np.ndarray:
        y = 1.0 - x
        return x * self.k_A / (x + self.phi_AB * y) + y * self.k_B / (y + self.phi_BA * x)

    @cached_property
    def _reach(self) -> float:
        """Half the width of the similarity region [m/s^(1/2)]."""
        concentration = self.pressure / (self.gas_constant * self.T0)
        thermal = max(self.k_A, self.k_B) / (concentration * self.molar_heat_capacity)
        return _REACH * 2.0 * float(np.sqrt(max(thermal, self.diffusivity)))

    @property
    def _width(self) -> float:
        """sqrt(4 D_0) [m/s^(1/2)]."""
        return 2.0 * float(np.sqrt(self.diffusivity))

    def _slopes(self, s: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Derivatives of T, x, N and J."""
        T, x, N, J = y
        c = self.pressure / (self.gas_constant * T)
        D = self.diffusivity * (T / self.T0) ** self.temperature_exponent
        soret = self.thermal_diffusion_factor * D / T
        pair, conductivity = x * (1.0 - x), self._conductivity(x)
        heat, dufour = -self.molar_heat_capacity * T * N, self.pressure * T * soret
        determinant = conductivity * c * D - dufour * c * pair * soret
        dT = (-c * D * heat + dufour * J) / determinant
        dx = (-conductivity * J + c * pair * soret * heat) / determinant
        return np.stack([dT, dx, -0.5 * s * c / T * dT, (0.5 * s * c - N) * dx])

    @cached_property
    def _scales(self) -> np.ndarray:
        """Sizes of T, x, N and J, as a column."""
        flux = self.pressure / (self.gas_constant * self.T0) * np.sqrt(self.diffusivity)
        return np.array([[self.T0], [1.0], [flux], [flux]])

    @cached_property
    def _profiles(self) -> Callable[[np.ndarray], np.ndarray]:
        """T, x, N and J over their sizes, as functions of u = s/sqrt(4 D_0) inside the region."""
        from scipy.integrate import solve_bvp
        from scipy.special import erfc

        u, step = self._reach / self._width * np.linspace(-1.0, 1.0, 401), self.x_left - self.x_right
        guess = [np.ones_like(u), self.x_right + 0.5 * step * erfc(u), 0.0 * u, step * np.exp(-(u**2)) / np.sqrt(np.pi)]
        known = np.array([1.0, self.x_left, 1.0, self.x_right])
        found = solve_bvp(
            lambda u, y: self._slopes(u * self._width, y * self._scales) / self._scales * self._width,
            lambda left, right: np.array([*left[:2], *right[:2]]) - known,
            u, np.stack(guess), tol=_TOLERANCE, max_nodes=200_000,
        )  # fmt: skip
        if not found.success:
            raise ArithmeticError(f"the boundary-value problem has no solution: {found.message}")
        return found.sol

    def _at(self, s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        T, x = self._profiles(np.clip(s, -self._reach, self._reach) / self._width)[:2]
        return T * self.T0, x

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        z = np.asarray(x, float) - self.middle
        if t == 0.0:
            start = np.where(z < 0.0, self.x_left, self.x_right)
            return {"T": np.full_like(z, self.T0), f"x_{self.species}": start}
        T, fraction = self._at(z / np.sqrt(t))
        return {"T": T, f"x_{self.species}": fraction}

    def observables(self) -> Mapping[str, float]:
        from scipy.optimize import minimize_scalar

        s = self._reach * np.linspace(-1.0, 1.0, 2001)
        T, _ = self._at(s)
        found = {}
        for name, sign in (("T_hottest", -1.0), ("T_coldest", 1.0)):
            best = int((sign * T).argmin())
            near = (s[max(best - 1, 0)], s[min(best + 1, s.size - 1)])
            position = minimize_scalar(
                lambda at, sign=sign: sign * float(self._at(np.array([at]))[0][0]), bounds=near, options={"xatol": 1e-9}
            )
            found[name] = sign * float(position.fun) - self.T0
        return {**found, "x_middle": float(self._at(np.array([0.0]))[1][0])}
