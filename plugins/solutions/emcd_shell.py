"""Equimolar counterdiffusion through the wall of a hollow cylinder or sphere."""

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("emcd_shell")
class EmcdShell(Solution):
    """Steady equimolar counterdiffusion through a shell between the radii R_1 and R_2:

        cylinder:   x(r) = x_1 + (x_2 - x_1) ln(r/R_1)/ln(R_2/R_1) ,          W_A = 2 pi H c D (x_1 - x_2)/ln(R_2/R_1)
        sphere:     x(r) = x_1 + (x_2 - x_1) (1/R_1 - 1/r)/(1/R_1 - 1/R_2) ,  W_A = 4 pi c D (x_1 - x_2)/(1/R_1 - 1/R_2)

    W_A outward flow over the whole surface [mol/s], the same through every radius; the flux falls as 1/r or 1/r^2.
    c total concentration [mol/m^3]; D diffusivity [m^2/s]; H height of the cylinder [m].

    Conditions: N_A + N_B = 0; uniform T, p, c, D; no reaction.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), sections 7.2 and 9.2.
    """

    shape: Literal["cylinder", "sphere"] = parameter(meaning="form of the shell")
    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    inner_radius: float = parameter(unit="m", above=0.0, meaning="inner radius R_1")
    outer_radius: float = parameter(unit="m", above=0.0, meaning="outer radius R_2")
    height: float = parameter(1.0, unit="m", above=0.0, meaning="height H of a cylinder")
    x_inner: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the inner face")
    x_outer: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the outer face")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def _reach(self, r: np.ndarray | float) -> np.ndarray:
        """Integral of dr/r (cylinder) or dr/r^2 (sphere) from the inner face."""
        if self.shape == "cylinder":
            return np.log(r / self.inner_radius)
        return 1.0 / self.inner_radius - 1.0 / np.asarray(r)

    @property
    def outflow(self) -> float:
        """W_A [mol/s], outward."""
        around = 2.0 * np.pi * self.height if self.shape == "cylinder" else 4.0 * np.pi
        step = self.x_inner - self.x_outer
        return float(around * self.concentration * self.diffusivity * step / self._reach(self.outer_radius))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        share = self._reach(np.asarray(x)) / self._reach(self.outer_radius)
        return {f"x_{self.species}": self.x_inner + (self.x_outer - self.x_inner) * share}

    def observables(self) -> Mapping[str, float]:
        area = 2.0 * np.pi * self.height * self.inner_radius
        if self.shape == "sphere":
            area = 4.0 * np.pi * self.inner_radius**2
        return {f"W_{self.species}": self.outflow, f"N_{self.species}_inner": self.outflow / area}

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.outer_radius <= self.inner_radius:
            return mistakes(
                [f"outer_radius = {self.outer_radius:g} must be above inner_radius = {self.inner_radius:g}"]
            )
        return mistakes([])
