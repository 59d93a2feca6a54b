"""Diffusion and conduction through two layers in series."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .layers import layer_of


@plugin("two_layers")
class TwoLayers(Solution):
    """Steady diffusion and conduction through two layers, their resistances in series:

        J = (x_left - x_right) / (l_1/(c_1 D_1) + l_2/(c_2 D_2))    [mol m^-2 s^-1]
        q = (T_left - T_right) / (l_1/kappa_1 + l_2/kappa_2)        [W m^-2]
        x_i = x_left - J l_1/(c_1 D_1) ,   T_i = T_left - q l_1/kappa_1      on the interface

    l thickness [m]; c concentration [mol/m^3]; D diffusivity [m^2/s]; kappa conductivity [W/m/K]; J and q along +x. The
    mole fraction and the temperature are straight lines in each layer and continuous.

    Conditions: coefficients constant in each layer; no cross-effects, bulk flow or reaction.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), section 3.2.
    """

    thicknesses: tuple[float, ...] = parameter(unit="m", above=0.0, meaning="thicknesses l_1, l_2")
    concentrations: tuple[float, ...] = parameter(unit="mol/m^3", above=0.0, meaning="concentrations c_1, c_2")
    diffusivities: tuple[float, ...] = parameter(unit="m^2/s", above=0.0, meaning="diffusivities D_1, D_2")
    conductivities: tuple[float, ...] = parameter(unit="W/m/K", above=0.0, meaning="conductivities kappa_1, kappa_2")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the left boundary")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the right boundary")
    T_left: float = parameter(unit="K", above=0.0, meaning="temperature of the left boundary")
    T_right: float = parameter(unit="K", above=0.0, meaning="temperature of the right boundary")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    def _in_series(self, left: float, right: float, conductivities: np.ndarray) -> tuple[float, float]:
        """The flux, and the value on the interface."""
        first, second = np.divide(self.thicknesses, conductivities)
        flux = (left - right) / (first + second)
        return float(flux), float(left - flux * first)

    @property
    def _diffusion(self) -> tuple[float, float]:
        return self._in_series(self.x_left, self.x_right, np.multiply(self.concentrations, self.diffusivities))

    @property
    def _conduction(self) -> tuple[float, float]:
        return self._in_series(self.T_left, self.T_right, np.asarray(self.conductivities))

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        first, second = self.thicknesses
        x = np.asarray(x, float)
        is_left = layer_of(x, [first]) == 0

        def lines(left: float, middle: float, right: float) -> np.ndarray:
            return np.where(
                is_left, left + (middle - left) * x / first, middle + (right - middle) * (x - first) / second
            )

        return {
            f"x_{self.species}": lines(self.x_left, self._diffusion[1], self.x_right),
            "T": lines(self.T_left, self._conduction[1], self.T_right),
        }

    def observables(self) -> Mapping[str, float]:
        (J, x), (q, T) = self._diffusion, self._conduction
        return {f"J_{self.species}": J, f"x_{self.species}_interface": x, "q": q, "T_interface": T}

    def validate(self, context: Context) -> Iterable[Issue]:
        lists = ("thicknesses", "concentrations", "diffusivities", "conductivities")
        return mistakes([f"{name}: two layers have two" for name in lists if len(getattr(self, name)) != 2])
