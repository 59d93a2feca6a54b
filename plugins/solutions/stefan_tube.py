"""Diffusion through a tube with fluxes in a given ratio."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("stefan_tube")
class StefanTube(Solution):
    """Steady diffusion of A and B through a tube where N_B = r N_A:  N_A (1 - s x) = -c D dx/dz ,  s = 1 + r

        N_A = c D/(s L) ln((1 - s x_right)/(1 - s x_left))    [mol m^-2 s^-1]
        1 - s x(z) = (1 - s x_left)^(1 - z/L) (1 - s x_right)^(z/L)

    r = 0 (the default): B stands still, as the air over an evaporating liquid. r = -1: mole for mole, a straight line.
    r = -2: A turns into two B where it arrives. N_A grows without bound as s x -> 1 on either side.

    x mole fraction of A; c total concentration [mol/m^3]; D diffusivity [m^2/s]; L length [m]; N_A along +z.

    Conditions: uniform T, p, c, D; no reaction inside; s x < 1 on both faces.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), sections 18.2 and 18.3.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    length: float = parameter(unit="m", above=0.0, meaning="length L of the tube")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of A on the left face")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction of A on the right face")
    flux_ratio: float = parameter(0.0, meaning="r = N_B/N_A; 0 where B stands still")
    species: str = parameter("A", meaning="the species A, whose mole fraction x is")

    @property
    def _carried(self) -> float:
        """s."""
        return 1.0 + self.flux_ratio

    def _level(self, x: float) -> float:
        """-ln(1 - s x)/s, in which the profile is straight."""
        return -float(np.log1p(-self._carried * x)) / self._carried if self._carried else x

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        left, right = self._level(self.x_left), self._level(self.x_right)
        level = left + (right - left) * np.asarray(x, float) / self.length
        fraction = -np.expm1(-self._carried * level) / self._carried if self._carried else level
        return {f"x_{self.species}": fraction}

    def observables(self) -> Mapping[str, float]:
        fall = self._level(self.x_left) - self._level(self.x_right)
        return {f"N_{self.species}": self.concentration * self.diffusivity / self.length * fall}

    def validate(self, context: Context) -> Iterable[Issue]:
        ends = {"left": self.x_left, "right": self.x_right}
        return mistakes(
            [
                f"{self._carried:g} x_{end} = {self._carried * x:g}: the flux has no bound as this reaches 1"
                for end, x in ends.items()
                if self._carried * x >= 1.0
            ]
        )
