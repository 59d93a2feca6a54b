"""Reversible isomerisation under equimolar counterdiffusion."""

from collections.abc import Mapping

import numpy as np

from fvtransport import Solution, parameter, plugin


@plugin("isomerisation")
class Isomerisation(Solution):
    """Steady diffusion through a slab in which A = B at the net rate c (k_f x - k_b (1 - x)):

        x(z) = x_e + ((x_left - x_e) sinh(psi (1 - z/L)) + (x_right - x_e) sinh(psi z/L))/sinh(psi)

    psi = L sqrt((k_f + k_b)/D);  x_e = k_b/(k_f + k_b) mole fraction of A at equilibrium; k_f, k_b rate constants
    [1/s]; D diffusivity [m^2/s]; L thickness [m]. One mole makes one mole, so N_A + N_B = 0 holds; N_A itself changes
    along z: what turns into B is N_A at the left less N_A at the right.

    Conditions: uniform T, p, c, D, k_f, k_b.

    Source: D (x - x_e)'' = (k_f + k_b) (x - x_e), a linear equation.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")
    k_forward: float = parameter(unit="1/s", above=0.0, meaning="rate constant k_f of A -> B")
    k_backward: float = parameter(unit="1/s", minimum=0.0, meaning="rate constant k_b of B -> A")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the slab")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the left face")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the right face")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def modulus(self) -> float:
        """psi = L sqrt((k_f + k_b)/D)."""
        return self.length * float(np.sqrt((self.k_forward + self.k_backward) / self.diffusivity))

    @property
    def equilibrium(self) -> float:
        """Mole fraction x_e of A at equilibrium."""
        return self.k_backward / (self.k_forward + self.k_backward)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        psi, share = self.modulus, np.asarray(x) / self.length
        left, right = self.x_left - self.equilibrium, self.x_right - self.equilibrium
        departure = left * np.sinh(psi * (1.0 - share)) + right * np.sinh(psi * share)
        return {f"x_{self.species}": self.equilibrium + departure / np.sinh(psi)}

    def observables(self) -> Mapping[str, float]:
        psi = self.modulus
        left, right = self.x_left - self.equilibrium, self.x_right - self.equilibrium
        unit = self.concentration * self.diffusivity * psi / (self.length * np.sinh(psi))
        inward, outward = left * np.cosh(psi) - right, left - right * np.cosh(psi)
        return {f"N_{self.species}_left": float(unit * inward), f"N_{self.species}_right": float(unit * outward)}
