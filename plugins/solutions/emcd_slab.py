"""Equimolar counterdiffusion through a slab."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("emcd_slab")
class EmcdSlab(Solution):
    """Steady equimolar counterdiffusion through a slab,  d/dz (-c D dx/dz) = 0:

        x(z) = x_left + (x_right - x_left) z/L ,    N_A = c D (x_left - x_right) / L    [mol m^-2 s^-1]

    c total concentration [mol/m^3]; D diffusivity [m^2/s]; L thickness [m]; N_A along +z. Instead of x_right the flux
    out of the right face may be given; then x_right = x_left - N_A L/(c D).

    Conditions: N_A + N_B = 0; uniform T, p, c, D; no reaction; |N_A| <= c D/L, for no steeper line fits into [0, 1].

    Source: R. E. Treybal, Mass-Transfer Operations, 3rd ed. (1980), chapter 2, equimolal counterdiffusion.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    x_left: float = parameter(meaning="mole fraction on the left face")
    x_right: float | None = parameter(None, meaning="mole fraction on the right face")
    flux: float | None = parameter(None, unit="mol/m^2/s", meaning="flux N_A, where it is given instead of x_right")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def largest_flux(self) -> float:
        """c D / L [mol m^-2 s^-1], the flux from pure A to pure B."""
        return self.concentration * self.diffusivity / self.length

    @property
    def right(self) -> float:
        """Mole fraction on the right face, given or following from the flux."""
        if self.x_right is not None:
            return self.x_right
        return self.x_left - (self.flux or 0.0) / self.largest_flux

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        return {f"x_{self.species}": self.x_left + (self.right - self.x_left) * np.asarray(x) / self.length}

    def observables(self) -> Mapping[str, float]:
        return {f"N_{self.species}": self.largest_flux * (self.x_left - self.right)}

    def validate(self, context: Context) -> Iterable[Issue]:
        if (self.x_right is None) == (self.flux is None):
            return mistakes(["give either x_right or flux, one of the two"])
        found = []
        flux = self.largest_flux * (self.x_left - self.right)
        if abs(flux) > self.largest_flux * (1.0 + 1e-12):
            found.append(f"|N_A| = {abs(flux):.4g} mol/m^2/s exceeds c D/L = {self.largest_flux:.4g}: no steady state")
        for face, value in (("left", self.x_left), ("right", self.right)):
            if not -1e-12 <= value <= 1.0 + 1e-12:
                found.append(f"x_{face} = {value:.4g} is not a mole fraction")
        return mistakes(found)
