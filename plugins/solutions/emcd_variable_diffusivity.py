"""Equimolar counterdiffusion with a diffusivity that falls with composition."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("emcd_variable_diffusivity")
class EmcdVariableDiffusivity(Solution):
    """Steady equimolar counterdiffusion through a slab whose diffusivity is D(x) = D_0 / (1 + beta x):

        N_A = c D_0 / (beta L) ln((1 + beta x_left) / (1 + beta x_right))    [mol m^-2 s^-1]
        1 + beta x(z) = (1 + beta x_left)^(1 - z/L) (1 + beta x_right)^(z/L)

    c total concentration [mol/m^3]; D_0 diffusivity at x = 0 [m^2/s]; L thickness [m]; N_A along +z. At beta = 0 the
    profile is the straight line.

    Conditions: N_A + N_B = 0; uniform T, p, c; no reaction; beta > -1.

    Source: -c D(x) dx/dz = N_A by separation of variables.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    D_0: float = parameter(unit="m^2/s", above=0.0, meaning="diffusivity at x = 0")
    beta: float = parameter(above=-1.0, meaning="how fast the diffusivity falls with x")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the left face")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the right face")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def _integral(self, x: float) -> float:
        """Integral of D(x)/D_0 from 0 to x."""
        return float(np.log1p(self.beta * x)) / self.beta if self.beta else x

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        left, right = self._integral(self.x_left), self._integral(self.x_right)
        reached = left + (right - left) * np.asarray(x) / self.length
        fraction = np.expm1(self.beta * reached) / self.beta if self.beta else reached
        return {f"x_{self.species}": fraction}

    def observables(self) -> Mapping[str, float]:
        step = self._integral(self.x_left) - self._integral(self.x_right)
        return {f"N_{self.species}": self.concentration * self.D_0 / self.length * step}
