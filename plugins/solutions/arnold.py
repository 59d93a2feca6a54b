"""Evaporation into a long tube."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

from .roots import bracketed_roots


@plugin("arnold")
class Arnold(Solution):
    """A liquid A that begins to evaporate at t = 0 into a long tube of gas B, which does not dissolve in it:

        x/x_0 = erfc(Z - w)/(1 + erf(w)) ,     Z = z/sqrt(4 D t)
        N_A = N = w c sqrt(D/t)  at z = 0
        x_0 = sqrt(pi) w (1 + erf(w)) exp(w^2)/(1 + sqrt(pi) w (1 + erf(w)) exp(w^2))

    B stands still at the surface of the liquid only. In the tube c is uniform, so that the total flux N is the same at
    every place: the vapour pushes all of the gas ahead of it. What has evaporated by t is 2 w c sqrt(D t) per area;
    without the bulk flow, as at small x_0, it is 2 x_0 c sqrt(D t/pi).

    x mole fraction of A; c total concentration [mol/m^3]; D diffusivity [m^2/s]; t time since the start
    [s]. Observables: `N_A` [mol m^-2 s^-1] into the tube at the given times, and `evaporated` [mol
    m^-2] by the last of them.

    Conditions: uniform T, p, c, D; x = 0 in the tube to begin with; sqrt(4 D t) much shorter than the tube; the
    surface of the liquid at rest.

    Source: J. H. Arnold, Trans. AIChE 40 (1944) 361; R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena,
    2nd ed. (2002), example 20.1-1.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    x_surface: float = parameter(above=0.0, below=1.0, meaning="mole fraction x_0 of A over the liquid")
    times: tuple[float, ...] = parameter((), unit="s", above=0.0, meaning="times at which the observables are read")
    species: str = parameter("A", meaning="the species A that evaporates")
    carrier: str = parameter("B", meaning="the gas B, whose mole fraction is 1 - x")

    @cached_property
    def speed(self) -> float:
        """w, the speed of the gas at the surface over sqrt(D/t)."""
        from scipy.special import erf

        def surplus(w: np.ndarray) -> np.ndarray:
            return np.sqrt(np.pi) * w * (1.0 + erf(w)) * np.exp(w * w) - self.x_surface / (1.0 - self.x_surface)

        # the left side is above sqrt(pi) w and above exp(w^2) - 1
        ratio = self.x_surface / (1.0 - self.x_surface)
        high = min(ratio, float(np.sqrt(np.log1p(ratio))) + 1.0)
        return float(bracketed_roots(surplus, np.zeros(1), np.array([high]))[0])

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        from scipy.special import erf, erfc

        if t > 0.0:
            depth = np.asarray(x, float) / np.sqrt(4.0 * self.diffusivity * t)
            vapour = self.x_surface * erfc(depth - self.speed) / (1.0 + erf(self.speed))
        else:
            vapour = np.where(np.asarray(x) > 0.0, 0.0, self.x_surface)
        return {f"x_{self.species}": vapour, f"x_{self.carrier}": 1.0 - vapour}

    def observables(self) -> Mapping[str, float | list[float]]:
        times = np.sort(self.times)
        rate = self.speed * self.concentration * np.sqrt(self.diffusivity / times)
        if not times.size:
            return {}
        return {f"N_{self.species}": rate.tolist(), "evaporated": float(2.0 * rate[-1] * times[-1])}
