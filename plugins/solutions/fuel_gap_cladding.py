"""Heat from a fuel pin through the gap and the cladding into the coolant."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .layers import layer_of


@plugin("fuel_gap_cladding")
class FuelGapCladding(Solution):
    """Steady temperatures of a long fuel pin that gives off Q per length, from the coolant inwards:

        T_surface = T_coolant + Q/(2 pi R_c h)
        T_inner   = T_surface + Q ln(R_c/R_f)/(2 pi kappa_c)      inside of the cladding
        T_fuel    = T_inner + Q/(2 pi R_f h_gap)                  surface of the fuel
        T_centre  = T_fuel + Q/(4 pi kappa_f)

    a logarithm of r in the cladding and a parabola in the fuel. Q linear_power [W/m], uniform over the fuel; R_f, R_c
    outer radii of fuel and cladding [m]; kappa conductivities [W/m/K]; h_gap, h conductance of the gap, referred to
    R_f, and coefficient of heat transfer to the coolant [W/m^2/K].

    Conditions: constant coefficients; no heat along the pin; the gap has no thickness of its own.

    Source: M. M. El-Wakil, Nuclear Heat Transport (1971), chapter 5.
    """

    linear_power: float = parameter(unit="W/m", meaning="heat Q per length and time")
    fuel_radius: float = parameter(unit="m", above=0.0, meaning="radius R_f of the fuel")
    cladding_radius: float = parameter(unit="m", above=0.0, meaning="outer radius R_c of the cladding")
    kappa_fuel: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity of the fuel")
    kappa_cladding: float = parameter(unit="W/m/K", above=0.0, meaning="conductivity of the cladding")
    gap_conductance: float = parameter(unit="W/m^2/K", above=0.0, meaning="h_gap")
    heat_transfer: float = parameter(unit="W/m^2/K", above=0.0, meaning="coefficient h to the coolant")
    T_coolant: float = parameter(unit="K", above=0.0, meaning="temperature of the coolant")

    @property
    def _per_radian(self) -> float:
        """Q/(2 pi)."""
        return self.linear_power / (2.0 * np.pi)

    def _cladding(self, r: np.ndarray) -> np.ndarray:
        film = self._per_radian / (self.cladding_radius * self.heat_transfer)
        return self.T_coolant + film + self._per_radian * np.log(self.cladding_radius / r) / self.kappa_cladding

    def _fuel(self, r: np.ndarray) -> np.ndarray:
        surface = self._cladding(np.array(self.fuel_radius)) + self._per_radian / (
            self.fuel_radius * self.gap_conductance
        )
        return surface + 0.5 * self._per_radian * (1.0 - (r / self.fuel_radius) ** 2) / self.kappa_fuel

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        r = np.asarray(x, float)
        in_fuel = layer_of(r, [self.fuel_radius]) == 0
        outside = np.where(in_fuel, self.fuel_radius, r)
        return {"T": np.where(in_fuel, self._fuel(r), self._cladding(outside))}

    def observables(self) -> Mapping[str, float]:
        centre, fuel, inner, outer = np.array([0.0, self.fuel_radius, self.fuel_radius, self.cladding_radius])
        return {
            "T_centre": float(self._fuel(centre)),
            "T_fuel": float(self._fuel(fuel)),
            "T_inner": float(self._cladding(inner)),
            "T_surface": float(self._cladding(outer)),
            "q_gap": float(self._per_radian / self.fuel_radius),
        }

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.cladding_radius <= self.fuel_radius:
            return mistakes([f"cladding_radius = {self.cladding_radius:g} is not above that of the fuel"])
        return mistakes([])
