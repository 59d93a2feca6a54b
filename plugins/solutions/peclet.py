"""Steady advection and diffusion along a line."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("peclet")
class Peclet(Solution):
    """Steady advection and diffusion between two prescribed mole fractions,  c v dx/dz = c D d2x/dz2:

        x(z) = x_left + (x_right - x_left) (exp(Pe z/L) - 1)/(exp(Pe) - 1) ,     Pe = v L/D
        N_A = c v (x_left + (x_left - x_right)/(exp(Pe) - 1))    [mol m^-2 s^-1]

    v velocity along +z [m/s]; D diffusivity [m^2/s]; c total concentration [mol/m^3]; L length [m]; N_A total flux
    along +z. For Pe >> 1 the whole step lies in a layer of thickness D/v on the right.

    Conditions: uniform c, v, D; v not zero.

    Source: S. V. Patankar, Numerical Heat Transfer and Fluid Flow (1980), section 5.2.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    velocity: float = parameter(unit="m/s", meaning="velocity v along +z")
    length: float = parameter(unit="m", above=0.0, meaning="length L")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the left face")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the right face")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def peclet(self) -> float:
        """Pe = v L/D."""
        return self.velocity * self.length / self.diffusivity

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        Pe, share = self.peclet, np.asarray(x) / self.length
        if Pe > 0.0:
            # exp(Pe) may overflow; from the right every exponent is negative
            rise = np.exp(Pe * (share - 1.0)) * np.expm1(-Pe * share) / np.expm1(-Pe)
        else:
            rise = np.expm1(Pe * share) / np.expm1(Pe)
        return {f"x_{self.species}": self.x_left + (self.x_right - self.x_left) * rise}

    def observables(self) -> Mapping[str, float]:
        Pe, step = self.peclet, self.x_left - self.x_right
        part = float(np.exp(-Pe) / -np.expm1(-Pe) if Pe > 0.0 else 1.0 / np.expm1(Pe))
        return {f"N_{self.species}": self.concentration * self.velocity * (self.x_left + step * part)}

    def validate(self, context: Context) -> Iterable[Issue]:
        return mistakes(
            ["velocity must not be zero: without it the profile is the straight line"] if self.velocity == 0.0 else []
        )
