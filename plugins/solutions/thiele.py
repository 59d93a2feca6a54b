"""First-order reaction in a porous body."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("thiele")
class Thiele(Solution):
    """Steady diffusion into a slab, long cylinder or sphere in which A turns into B at the rate k c x:

        slab:       x/x_s = cosh(phi z/R)/cosh(phi) ,            eta = tanh(phi)/phi
        cylinder:   x/x_s = I_0(phi r/R)/I_0(phi) ,              eta = 2 I_1(phi)/(phi I_0(phi))
        sphere:     x/x_s = sinh(phi r/R)/((r/R) sinh(phi)) ,    eta = 3/phi^2 (phi coth(phi) - 1)

    phi = R sqrt(k/D) Thiele modulus; R radius, or half the thickness of the slab, z from its middle [m]; k rate
    constant [1/s]; D effective diffusivity [m^2/s]; x_s mole fraction on the surface. The effectiveness eta, the rate
    over that at x = x_s throughout, is for a first-order reaction the mean of x over x_s; the uptake per surface is
    eta k c x_s R/(1, 2, 3).

    Conditions: mole for mole (N_A + N_B = 0); uniform T, c, D, k; equilibrium far on the side of B.

    Source: R. Aris, The Mathematical Theory of Diffusion and Reaction in Permeable Catalysts (1975), chapter 3.
    """

    shape: Literal["slab", "cylinder", "sphere"] = parameter(meaning="form of the body")
    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="effective diffusivity D")
    rate_constant: float = parameter(unit="1/s", above=0.0, meaning="rate constant k")
    radius: float = parameter(unit="m", above=0.0, meaning="radius R, or half the thickness of a slab")
    x_surface: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction x_s on the surface")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def modulus(self) -> float:
        """Thiele modulus phi."""
        return self.radius * float(np.sqrt(self.rate_constant / self.diffusivity))

    @property
    def effectiveness(self) -> float:
        """Effectiveness factor eta."""
        from scipy.special import i0e, i1e

        phi = self.modulus
        if self.shape == "slab":
            return float(np.tanh(phi)) / phi
        if self.shape == "cylinder":
            return float(2.0 * i1e(phi) / (phi * i0e(phi)))
        return float(3.0 / phi**2 * (phi / np.tanh(phi) - 1.0))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        from scipy.special import i0e

        phi, share = self.modulus, np.asarray(x, float) / self.radius
        decay = np.exp(phi * (share - 1.0))
        if self.shape == "cylinder":
            profile = i0e(phi * share) / i0e(phi) * decay
        elif self.shape == "slab":
            profile = decay * (1.0 + np.exp(-2.0 * phi * share)) / (1.0 + np.exp(-2.0 * phi))
        else:
            near = np.where(share > 0.0, share, 1.0)
            ratio = np.where(share > 0.0, -np.expm1(-2.0 * phi * near) / near, 2.0 * phi)
            profile = decay * ratio / -np.expm1(-2.0 * phi)
        return {f"x_{self.species}": self.x_surface * profile}

    def observables(self) -> Mapping[str, float]:
        sides = {"slab": 1.0, "cylinder": 2.0, "sphere": 3.0}[self.shape]
        whole = self.rate_constant * self.concentration * self.x_surface * self.radius / sides
        centre = float(self.fields(np.zeros(1), 0.0)[f"x_{self.species}"][0])
        # beyond phi = 700 the centre is too small for a number to hold, and nothing can be compared with it
        deep = {"centre": centre} if centre > 0.0 else {}
        return {"effectiveness": self.effectiveness, f"N_{self.species}": -self.effectiveness * whole, **deep}
