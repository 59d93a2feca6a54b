"""Decay of a wave on a ring."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("ring")
class Ring(Solution):
    """Diffusion on a ring from a sine:

        u(x, t) = mean + amplitude sin(k x) exp(-D k^2 t) ,     k = 2 pi waves/L

    L length around the ring [m]; D diffusivity [m^2/s]. The mean stays.

    Observable at the given times: `crest`, u at x = L/(4 waves).

    Source: J. Fourier, Theorie analytique de la chaleur (1822), chapter IV: heat in a ring.
    """

    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    length: float = parameter(unit="m", above=0.0, meaning="length L around the ring")
    mean: float = parameter(meaning="mean of the field")
    amplitude: float = parameter(meaning="amplitude of the sine to begin with")
    waves: int = parameter(1, minimum=1, meaning="number of waves around the ring")
    times: tuple[float, ...] = parameter((), unit="s", minimum=0.0, meaning="times at which the observables are read")
    field: str = parameter("x_A", meaning="name of the field u")

    def _left(self, t: float) -> float:
        """Amplitude at time t."""
        k = 2.0 * np.pi * self.waves / self.length
        return self.amplitude * float(np.exp(-self.diffusivity * k**2 * t))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        return {self.field: self.mean + self._left(t) * np.sin(2.0 * np.pi * self.waves * np.asarray(x) / self.length)}

    def observables(self) -> Mapping[str, float | list[float]]:
        return {"crest": [self.mean + self._left(t) for t in sorted(self.times)], "mean": self.mean}
