"""A gas from a material with Sieverts' law into one with Henry's law."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .layers import layer_of


@plugin("sieverts_henry")
class SievertsHenry(Solution):
    """Steady diffusion through a layer of metal, c = K_S sqrt(p), and a layer of salt, c = K_H p, of equal thickness l:

        J = D_m K_S (sqrt(p_left) - s)/l = D_s K_H (s^2 - p_right)/l ,   s = sqrt(p_i)
        s = [-b + sqrt(b^2 + 4 a (b sqrt(p_left) + a p_right))]/(2 a) ,   a = D_s K_H ,  b = D_m K_S

    p_i is the pressure on the interface, the same on both sides; c is K_S s in the metal and K_H s^2 in the salt there,
    and a straight line in each layer. c counts atoms, and x = c/c_t.

    Conditions: both laws hold; D constant in each layer; c_t the same in both.

    Source: A. Sieverts, Z. Metallkunde 21 (1929) 37, for the law; the root is elementary.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c_t")
    length: float = parameter(unit="m", above=0.0, meaning="thickness l of each layer")
    D_metal: float = parameter(unit="m^2/s", above=0.0, meaning="diffusivity D_m in the metal")
    D_salt: float = parameter(unit="m^2/s", above=0.0, meaning="diffusivity D_s in the salt")
    sieverts: float = parameter(unit="mol/m^3/Pa^0.5", above=0.0, meaning="K_S of the metal")
    henry: float = parameter(unit="mol/m^3/Pa", above=0.0, meaning="K_H of the salt, for atoms")
    p_left: float = parameter(unit="Pa", minimum=0.0, meaning="pressure in equilibrium with the left boundary")
    p_right: float = parameter(unit="Pa", minimum=0.0, meaning="pressure in equilibrium with the right boundary")
    species: str = parameter("A", meaning="the species that dissolves")

    @property
    def _root_of_pressure(self) -> float:
        """s, in the form without cancellation where the salt resists little."""
        a, b = self.D_salt * self.henry, self.D_metal * self.sieverts
        product = b * np.sqrt(self.p_left) + a * self.p_right
        return float(2.0 * product / (b + np.sqrt(b * b + 4.0 * a * product)))

    @property
    def _ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """c at both ends of either layer."""
        s = self._root_of_pressure
        metal = float(self.sieverts * np.sqrt(self.p_left)), self.sieverts * s
        return metal, (self.henry * s * s, self.henry * self.p_right)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        (a, b), (c, d) = self._ends
        share = np.asarray(x, float) / self.length
        concentration = np.where(layer_of(x, [self.length]) == 0, a + (b - a) * share, c + (d - c) * (share - 1.0))
        return {f"x_{self.species}": concentration / self.concentration}

    def observables(self) -> Mapping[str, float]:
        (_, c_metal), (c_salt, c_right) = self._ends
        return {
            "J": self.D_salt * (c_salt - c_right) / self.length,
            "c_metal": c_metal,
            "c_salt": c_salt,
            "p_interface": self._root_of_pressure**2,
        }

    def validate(self, context: Context) -> Iterable[Issue]:
        most = max(c for layer in self._ends for c in layer)
        if most > self.concentration:
            return mistakes([f"c = {most:g} mol/m^3 is dissolved, more than the total concentration"])
        return mistakes([])
