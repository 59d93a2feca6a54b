"""Equimolar counterdiffusion through layers in series."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin


@plugin("emcd_composite")
class EmcdComposite(Solution):
    """Steady equimolar counterdiffusion through layers, their resistances in series:

        N_A = (x_left - x_right) / sum of l_i/(c D_i)    [mol m^-2 s^-1]

    l_i thickness [m] and D_i effective diffusivity [m^2/s] of layer i, from left to right; c total concentration
    [mol/m^3]; N_A along +z. The mole fraction falls in each layer along a straight line, by N_A l_i/(c D_i).

    Conditions: N_A + N_B = 0; uniform T, p, c; the mole fraction continuous across the interfaces; no reaction.

    Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), section 3.2.
    """

    concentration: float = parameter(unit="mol/m^3", above=0.0, meaning="total molar concentration c")
    thicknesses: tuple[float, ...] = parameter(unit="m", above=0.0, meaning="thicknesses l_i from left to right")
    diffusivities: tuple[float, ...] = parameter(unit="m^2/s", above=0.0, meaning="diffusivities D_i of the layers")
    x_left: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the left face")
    x_right: float = parameter(minimum=0.0, maximum=1.0, meaning="mole fraction on the right face")
    species: str = parameter("A", meaning="the species whose mole fraction x is")

    @property
    def _corners(self) -> tuple[np.ndarray, np.ndarray]:
        """Faces of the layers, and the mole fraction on each."""
        resistance = np.concatenate([[0.0], np.cumsum(np.divide(self.thicknesses, self.diffusivities))])
        x = self.x_left + (self.x_right - self.x_left) * resistance / resistance[-1]
        return np.concatenate([[0.0], np.cumsum(self.thicknesses)]), x

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        return {f"x_{self.species}": np.interp(x, *self._corners)}

    def observables(self) -> Mapping[str, float]:
        resistance = float(np.divide(self.thicknesses, self.diffusivities).sum()) / self.concentration
        return {f"N_{self.species}": (self.x_left - self.x_right) / resistance}

    def validate(self, context: Context) -> Iterable[Issue]:
        if len(self.thicknesses) != len(self.diffusivities):
            return mistakes([f"{len(self.thicknesses)} thicknesses for {len(self.diffusivities)} diffusivities"])
        return mistakes([])
