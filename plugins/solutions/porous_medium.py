"""The porous-medium equation from a point source."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("porous_medium")
class PorousMedium(Solution):
    """Barenblatt's solution of  u_t = (u^2)_xx  on a line, a mass M that was all at x = middle when t = 0:

        u = t^(-1/3) (C - s^2/12)  where positive, else 0 ,     s = (x - middle)/t^(1/3) ,     C = (9 M)^(2/3)/12

    front: u vanishes beyond the distance (9 M t)^(1/3) from the middle; centre: u = (9 M)^(2/3)/(12 t^(1/3)) there.

    Conditions: diffusivity 2 u; t > 0; the front has not reached a boundary.

    Source: G. I. Barenblatt, Prikl. Mat. Mekh. 16 (1952) 67; J. L. Vazquez, The Porous Medium
    Equation (2007), section 4.4.
    """

    mass: float = parameter(1.0, above=0.0, meaning="total mass M, the integral of u over all x")
    middle: float = parameter(0.0, meaning="position of the middle")
    times: tuple[float, ...] = parameter((1.0,), above=0.0, meaning="times at which the observables are read")
    field: str = parameter("x_A", meaning="name of the field u")

    def front(self, t: float) -> float:
        """Distance of the front from the middle."""
        return float(np.cbrt(9.0 * self.mass * t))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        share = (np.asarray(x, float) - self.middle) / self.front(t)
        return {self.field: self.front(t) ** 2 / (12.0 * t) * np.maximum(1.0 - share**2, 0.0)}

    def observables(self) -> Mapping[str, float | list[float]]:
        fronts = [self.front(t) for t in sorted(self.times)]
        centres = [front**2 / (12.0 * t) for front, t in zip(fronts, sorted(self.times))]
        return {"front": fronts, "centre": centres, "mass": self.mass}
