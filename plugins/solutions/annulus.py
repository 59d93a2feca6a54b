"""Conduction through a ring."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("annulus")
class Annulus(Solution):
    """Steady conduction between two concentric circles about the origin, on a part of the ring or all of it:

        T(r) = T_inner + (T_outer - T_inner) ln(r/R_1)/ln(R_2/R_1)
        Q = kappa angle (T_inner - T_outer)/ln(R_2/R_1)    [W per metre of depth], outward

    r^2 = x^2 + y^2; angle of the sector [rad], 2 pi for the whole ring; its cuts are insulated; kappa conductivity
    [W/m/K].

    Conditions: constant kappa, no sources.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), section 7.2.
    """

    inner_radius: float = parameter(unit="m", above=0.0, meaning="inner radius R_1")
    outer_radius: float = parameter(unit="m", above=0.0, meaning="outer radius R_2")
    T_inner: float = parameter(unit="K", meaning="temperature of the inner circle")
    T_outer: float = parameter(unit="K", meaning="temperature of the outer circle")
    conductivity: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity kappa")
    angle: float = parameter(2.0 * np.pi, above=0.0, meaning="angle of the sector [rad]")

    def fields(self, position: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        share = np.log(np.hypot(position[0], position[1]) / self.inner_radius) / np.log(
            self.outer_radius / self.inner_radius
        )
        return {"T": self.T_inner + (self.T_outer - self.T_inner) * share}

    def observables(self) -> Mapping[str, float]:
        span = float(np.log(self.outer_radius / self.inner_radius))
        return {"Q": self.conductivity * self.angle * (self.T_inner - self.T_outer) / span}

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.outer_radius <= self.inner_radius:
            return mistakes(
                [f"outer_radius = {self.outer_radius:g} must be above inner_radius = {self.inner_radius:g}"]
            )
        return mistakes([])
