"""Two gases that pass each other in a pore so fine that the wall counts."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .multicomponent import GAS_CONSTANT


@plugin("knudsen_pore_open")
class KnudsenPoreOpen(Solution):
    """A pore between two vessels at one pressure, dusty gas without viscous flow. With r = D_KB/D_KA = sqrt(M_A/M_B)

        N_B = -r N_A       (Graham: the sum of both equations is  N_A/D_KA + N_B/D_KB = -(dp/dz)/(R T) = 0)
        N_A (1 - (1 - r) x)/D_AB + N_A/D_KA = -c dx/dz
        N_A = c D_AB/((1 - r) L) ln[(1 + D_AB/D_KA - (1 - r) x_right)/(1 + D_AB/D_KA - (1 - r) x_left)]

    D_K = (d/3) sqrt(8 R T/(pi M));  c = p/(R T). The pressure is uniform all along. For D_K -> infinity only the ratio
    r is left of the wall; for D_AB -> infinity each gas flows by itself, N_i = c D_Ki (x_i,left - x_i,right)/L.

    Observables: `N_<species>` [mol m^-2 s^-1] per area of pore, along +z.

    Conditions: ideal gas at uniform T, the same p at both ends; M_A different from M_B.

    Source: E. A. Mason and A. P. Malinauskas, Gas Transport in Porous Media: the Dusty-Gas Model (1983), chapter II.
    """

    species: tuple[str, str] = parameter(meaning="the two gases, the first of mole fraction x")
    molar_masses: Mapping[str, float] = parameter(unit="kg/mol", above=0.0, meaning="molar masses M_i by species")
    pore_diameter: float = parameter(unit="m", above=0.0, meaning="diameter d of the cylindrical pore")
    length: float = parameter(unit="m", above=0.0, meaning="length L of the pore")
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p_0 at z = 0")
    diffusivity: float = parameter(unit="m^2/s", above=0.0, meaning="D_AB at p_0")
    x_left: float = parameter(1.0, minimum=0.0, maximum=1.0, meaning="mole fraction of the first gas at z = 0")
    x_right: float = parameter(0.0, minimum=0.0, maximum=1.0, meaning="mole fraction of the first gas at z = L")
    gas_constant: float = parameter(GAS_CONSTANT, unit="J/mol/K", above=0.0, meaning="gas constant R")

    @property
    def _thermal(self) -> float:
        """R T [J/mol]."""
        return self.gas_constant * self.temperature

    @cached_property
    def _by_boundary(self) -> tuple[float, float]:
        """Knudsen diffusivities of the two gases [m^2/s]."""
        speeds = (np.sqrt(8.0 * self._thermal / (np.pi * self.molar_masses[name])) for name in self.species)
        first, second = (float(self.pore_diameter / 3.0 * speed) for speed in speeds)
        return first, second

    @cached_property
    def _terms(self) -> tuple[float, float]:
        """1 - r and 1 + D_AB/D_KA."""
        first, second = self._by_boundary
        return 1.0 - second / first, 1.0 + self.diffusivity / first

    def _potential(self, x: np.ndarray | float) -> np.ndarray | float:
        """ln of the factor of N_A; linear in z."""
        share, resistance = self._terms
        return np.log(resistance - share * x)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        share, resistance = self._terms
        left, right = self._potential(self.x_left), self._potential(self.x_right)
        fraction = (resistance - np.exp(left + (right - left) * np.asarray(x, float) / self.length)) / share
        first, second = self.species
        return {f"x_{first}": fraction, f"x_{second}": 1.0 - fraction, "p": np.full_like(fraction, self.pressure)}

    def observables(self) -> Mapping[str, float]:
        share, unit = self._terms[0], self.pressure / self._thermal * self.diffusivity / self.length
        flux = float(unit / share * (self._potential(self.x_right) - self._potential(self.x_left)))
        first, second = self.species
        return {f"N_{first}": flux, f"N_{second}": -(1.0 - share) * flux}

    def validate(self, context: Context) -> Iterable[Issue]:
        found = [f"molar_masses lack {name}" for name in self.species if name not in self.molar_masses]
        if self.x_left == self.x_right:
            found.append("x_left and x_right are the same: nothing diffuses")
        if not found and not self._terms[0]:
            found.append("both molar masses are the same: the pore is then a slab, see emcd_slab")
        return mistakes(found)
