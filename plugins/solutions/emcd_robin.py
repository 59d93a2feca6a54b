"""Equimolar counterdiffusion through a slab between two films."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("emcd_robin")
class EmcdRobin(Solution):
    """Steady equimolar counterdiffusion between two reservoirs through film, slab and film, resistances in series:

        N_A = (x_left - x_right) / (1/k_left + L/(c D) + 1/k_right)    [mol m^-2 s^-1]
        x(z) = x_left - N_A (1/k_left + z/(c D))

    k film coefficients [mol/m^2/s per mole fraction]; c total concentration [mol/m^3]; D diffusivity [m^2/s];
    L thickness [m]; x_left, x_right mole fractions in the reservoirs, not on the faces; N_A along +z.

    Conditions: N_A + N_B = 0; uniform T, p, c, D; no reaction.

    Source: R. E. Treybal, Mass-Transfer Operations, 3rd ed. (1980), chapters 2 and 5: resistances in series.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    k_left: float = parameter(unit="mol/m^2/s", above=0.0, meaning="film coefficient on the left")
    k_right: float = parameter(unit="mol/m^2/s", above=0.0, meaning="film coefficient on the right")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction in the reservoir on the left")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction in the reservoir on the right")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def molar_flux(self) -> float:
        """N_A [mol m^-2 s^-1] along +z."""
        slab = self.length / (self.concentration * self.diffusivity)
        return (self.x_left - self.x_right) / (1.0 / self.k_left + slab + 1.0 / self.k_right)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        resistance = 1.0 / self.k_left + np.asarray(x) / (self.concentration * self.diffusivity)
        return {f"x_{self.species}": self.x_left - self.molar_flux * resistance}

    def observables(self) -> Mapping[str, float]:
        return {f"N_{self.species}": self.molar_flux}
