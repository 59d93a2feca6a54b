"""Steady standing waves of temperature and composition in a rectangle, kept up by sources."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("standing_waves")
class StandingWaves(Solution):
    """A manufactured steady state of the Soret-Dufour equations, linearised about (T_0, x_0), in a rectangle W x H:

        T   = T_0 + a sin(k x) sin(l y) ,     k = pi/W ,  l = pi/H
        x_A = x_0 + b cos(k x) cos(l y)

    Each field's Laplacian is -(k^2 + l^2) times its departure, so that it needs the sources per volume

        s_T = (k^2 + l^2) (kappa a sin sin + c R T_0^2 D' b cos cos)
        s_A = (k^2 + l^2) (c D b cos cos + c x_0 (1 - x_0) D' a sin sin)

    On every boundary T = T_0, and A flows out by c x_0 (1 - x_0) D' a times k sin(l y) (left, right) or l sin(k x)
    (bottom, top), driven by the gradient of T alone.

    Observables, per depth: `heat_top`, energy out through the top, and `A_left`, A out through the left.

    Conditions: constant c, D, D', kappa; fluxes q = -kappa grad T - c R T_0^2 D' grad x_A and
    J_A = -c D grad x_A - c x_0 (1 - x_0) D' grad T.

    Source: the fields are chosen; the sources follow by differentiation.
    """

    width: float = parameter(unit="m", above=0.0, meaning="width W along x")
    height: float = parameter(unit="m", above=0.0, meaning="height H along y")
    T_0: float = parameter(unit="K", above=0.0, meaning="mean temperature")
    x_0: float = parameter(above=0.0, meaning="mean mole fraction")
    a: float = parameter(unit="K", meaning="amplitude of the temperature")
    b: float = parameter(meaning="amplitude of the mole fraction")
    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa")
    thermal_diffusion_coefficient: float = parameter(unit="m^2/s/K", meaning="D' = D''")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def fields(self, position: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        x, y = np.pi * position[0] / self.width, np.pi * position[1] / self.height
        return {
            "T": self.T_0 + self.a * np.sin(x) * np.sin(y),
            f"x_{self.species}": self.x_0 + self.b * np.cos(x) * np.cos(y),
        }

    def observables(self) -> Mapping[str, float]:
        share = self.concentration * self.x_0 * (1.0 - self.x_0) * self.thermal_diffusion_coefficient
        heat, moles = self.conductivity * self.a, share * self.a
        ratio = self.width / self.height
        return {"heat_top": 2.0 * heat * ratio, f"{self.species}_left": 2.0 * moles / ratio}
