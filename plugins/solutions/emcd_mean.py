"""Equimolar counterdiffusion with both fluxes imposed."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("emcd_mean")
class EmcdMean(Solution):
    """Steady equimolar counterdiffusion through a slab that is fed on the left with what it loses on the right:

        x(z) = x_mean + N_A/(c D) (L/2 - z)

    N_A the imposed flux along +z [mol m^-2 s^-1], the same on both faces; c total concentration [mol/m^3]; D
    diffusivity [m^2/s]; L thickness [m]. The fluxes leave the level open; x_mean, the mean mole fraction, fixes it.

    Conditions: N_A + N_B = 0; uniform T, p, c, D; no reaction; 0 <= x_mean -+ N_A L/(2 c D) <= 1,  hence
    |N_A| <= c D/L whatever the mean.

    Source: R. E. Treybal, Mass-Transfer Operations, 3rd ed. (1980), chapter 2, equimolal counterdiffusion.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    flux: float = parameter(unit="mol/m^2/s", meaning="flux N_A through both faces, along +z")
    x_mean: float = parameter(minimum=0.0, maximum=1.0, meaning="mean mole fraction")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def _fall(self) -> float:
        """Fall of the mole fraction from left to right."""
        return self.flux * self.length / (self.concentration * self.diffusivity)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        return {f"x_{self.species}": self.x_mean + self._fall * (0.5 - np.asarray(x) / self.length)}

    def observables(self) -> Mapping[str, float]:
        left, right = self.x_mean + 0.5 * self._fall, self.x_mean - 0.5 * self._fall
        return {"x_left": left, "x_right": right, f"N_{self.species}": self.flux}

    def validate(self, context: Context) -> Iterable[Issue]:
        largest = self.concentration * self.diffusivity / self.length
        if abs(self._fall) > 1.0 + 1e-12:
            return mistakes([f"|N_A| = {abs(self.flux):.4g} mol/m^2/s exceeds c D/L = {largest:.4g}: no steady state"])
        ends = {"left": self.x_mean + 0.5 * self._fall, "right": self.x_mean - 0.5 * self._fall}
        return mistakes(
            [f"x_{end} = {x:.4g} is not a mole fraction" for end, x in ends.items() if not -1e-12 <= x <= 1.0 + 1e-12]
        )
