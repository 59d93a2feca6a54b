"""Second-order reaction in a slab."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from fvtransport import Solution, parameter, plugin

from .roots import bracketed_roots


@plugin("second_order_slab")
class SecondOrderSlab(Solution):
    """Steady diffusion into a slab, sealed at z = L, in which  2 A -> 2 B  at  r = k (c x)^2:

        c D x'' = 2 k c^2 x^2 ,     x(0) = x_0 ,  x'(L) = 0

    With y = x/x_0 and  phi^2 = 2 k c x_0 L^2/D  the first integral is  y'^2 = (2 phi^2/3)(y^3 - a^3),  a the value of y
    at the sealed end. With t = (a/y)^3 a second one gives, I the regularised incomplete beta function,

        phi (1 - z/L) = sqrt(1/(6 a)) B(1/6, 1/2) (1 - I_t(1/6, 1/2)) ,     at z = 0, t = a^3, it fixes a
        eta = N_A(0)/(2 k c^2 x_0^2 L) = sqrt(2 (1 - a^3)/3)/phi

    Observables: `effectiveness` eta, `N_A` [mol m^-2 s^-1] into the slab at z = 0, `x_end` at the sealed end.

    Conditions: mole for mole (N_A + N_B = 0); uniform T, c, D, k; no way back.

    Source: R. Aris, The Mathematical Theory of Diffusion and Reaction in Permeable Catalysts (1975), chapter 3.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="effective diffusivity D")
    rate_constant: float = parameter(unit="m^3/mol/s", above=0.0, meaning="rate constant k of r = k (c x)^2")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    x_mouth: float = parameter(above=0.0, maximum=1.0, meaning="mole fraction x_0 at z = 0")
    species: str = parameter("A", meaning="the species that reacts")

    @property
    def modulus(self) -> float:
        """phi."""
        rate = 2.0 * self.rate_constant * self.concentration * self.x_mouth
        return self.length * float(np.sqrt(rate / self.diffusivity))

    @cached_property
    def _end(self) -> float:
        """a."""
        from scipy.special import beta, betainc

        def surplus(a: np.ndarray) -> np.ndarray:
            return np.sqrt(1.0 / (6.0 * a)) * beta(1.0 / 6.0, 0.5) * betainc(0.5, 1.0 / 6.0, 1.0 - a**3) - self.modulus

        return float(bracketed_roots(surplus, np.array([1e-30]), np.array([1.0]))[0])

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        from scipy.special import beta, betaincinv

        depth = self.modulus * (1.0 - np.asarray(x, float) / self.length)
        rest = 1.0 - depth * np.sqrt(6.0 * self._end) / beta(1.0 / 6.0, 0.5)
        y = self._end / np.cbrt(betaincinv(1.0 / 6.0, 0.5, np.clip(rest, 0.0, 1.0)))
        return {f"x_{self.species}": self.x_mouth * y}

    def observables(self) -> Mapping[str, float]:
        eta = float(np.sqrt(2.0 * (1.0 - self._end**3) / 3.0)) / self.modulus
        whole = 2.0 * self.rate_constant * (self.concentration * self.x_mouth) ** 2 * self.length
        return {"effectiveness": eta, f"N_{self.species}": eta * whole, "x_end": self.x_mouth * self._end}
