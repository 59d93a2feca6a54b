"""A body that gives off what it holds through a film."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import numpy as np

from fvtransport import Solution, parameter, plugin

from .roots import bracketed_roots

_TERMS = 60


@plugin("biot")
class Biot(Solution):
    """A slab, long cylinder or sphere that starts at 1 and exchanges with surroundings at 0,  -du/dn = Bi u:

        slab:       u = sum of C cos(m x) exp(-m^2 t) ,         m tan m = Bi
        cylinder:   u = sum of C J_0(m r) exp(-m^2 t) ,         m J_1(m) = Bi J_0(m)
        sphere:     u = sum of C sin(m r)/(m r) exp(-m^2 t) ,   m cot m = 1 - Bi

    C = 2 sin m/(m + sin m cos m),  2 J_1/(m (J_0^2 + J_1^2)),  2 (sin m - m cos m)/(m - sin m cos m)  in that order.
    x from the middle of the slab; radius (or half the thickness) and diffusivity are 1, as in reduced units; Bi = h R/D
    for an exchange coefficient h. 60 terms give round-off for t >= 1e-3.

    Observables at the given times: `centre` (x = 0), `surface` (x = 1) and `mean` over the volume.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), sections 3.11, 7.7 and 9.4.
    """

    shape: Literal["slab", "cylinder", "sphere"] = parameter(meaning="form of the body")
    biot: float = parameter(above=0.0, meaning="Biot number Bi = h R/D")
    times: tuple[float, ...] = parameter((), above=0.0, meaning="times at which the observables are read")
    field: str = parameter("x_A", meaning="name of the field u")

    @cached_property
    def _roots(self) -> np.ndarray:
        from scipy.special import j0, j1, jn_zeros

        number = np.arange(_TERMS)
        if self.shape == "slab":
            return bracketed_roots(
                lambda m: m * np.sin(m) - self.biot * np.cos(m), number * np.pi, (number + 0.5) * np.pi
            )
        if self.shape == "sphere":
            low = np.where(number == 0, 1e-12, number * np.pi)
            return bracketed_roots(lambda m: (1 - self.biot) * np.sin(m) - m * np.cos(m), low, (number + 1) * np.pi)
        low = np.concatenate([[0.0], jn_zeros(1, _TERMS - 1)])
        return bracketed_roots(lambda m: m * j1(m) - self.biot * j0(m), low, jn_zeros(0, _TERMS))

    @cached_property
    def _amplitudes(self) -> np.ndarray:
        from scipy.special import j0, j1

        m = self._roots
        if self.shape == "slab":
            return 2.0 * np.sin(m) / (m + np.sin(m) * np.cos(m))
        if self.shape == "sphere":
            return 2.0 * (np.sin(m) - m * np.cos(m)) / (m - np.sin(m) * np.cos(m))
        return 2.0 * j1(m) / (m * (j0(m) ** 2 + j1(m) ** 2))

    def _modes(self, x: np.ndarray) -> np.ndarray:
        """Every mode at positions x, shape (terms, n)."""
        from scipy.special import j0

        phase = self._roots[:, None] * np.atleast_1d(np.asarray(x, float))
        if self.shape == "slab":
            return np.cos(phase)
        return j0(phase) if self.shape == "cylinder" else np.sinc(phase / np.pi)

    def _means(self) -> np.ndarray:
        """Volume mean of every mode."""
        from scipy.special import j1

        m = self._roots
        if self.shape == "slab":
            return np.sin(m) / m
        return 2.0 * j1(m) / m if self.shape == "cylinder" else 3.0 * (np.sin(m) - m * np.cos(m)) / m**3

    def _at(self, t: float) -> np.ndarray:
        """What is left of every mode at time t."""
        return self._amplitudes * np.exp(-(self._roots**2) * t)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        if t <= 0.0:
            return {self.field: np.ones(np.shape(x))}
        return {self.field: self._at(t) @ self._modes(x)}

    def observables(self) -> Mapping[str, list[float]]:
        ends, means = self._modes(np.array([0.0, 1.0])), self._means()
        left = [self._at(t) for t in sorted(self.times)]
        return {
            "centre": [float(each @ ends[:, 0]) for each in left],
            "surface": [float(each @ ends[:, 1]) for each in left],
            "mean": [float(each @ means) for each in left],
        }
