"""Ideal gases in a rotor."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .boltzmann import at_rest, content_mistakes
from .multicomponent import GAS_CONSTANT


@plugin("centrifuge")
class Centrifuge(Solution):
    """Ideal gases that turn with a closed rotor, 0 < r < R, at one temperature:

        c_i(r) = c_i(0) exp(M_i omega^2 r^2/(2 R T)) ,     p = R T sum c_i
        c_i(0) in the ratio of  content_i a_i/(exp(a_i) - 1) ,     a_i = M_i omega^2 R^2/(2 R T)

    which gives every species the moles that `content` says, the integral of c_i 2 pi r dr. (In the exponents R is the
    gas constant, else the radius.)

    Observables: `x_<species>_axis` and `x_<species>_wall` of all but the last of `content`; `p_axis` [Pa];
    `separation_factor` of the first species against the second, (x_1/x_2 at the axis)/(x_1/x_2
    at the wall) = exp(a_2 - a_1).

    Conditions: uniform T; mechanical equilibrium, dp/dr = rho omega^2 r, as in a rotor without currents along its axis.

    Source: K. Cohen, The Theory of Isotope Separation as Applied to the Large-Scale Production
    of U-235 (1951), chapter 6.
    """

    molar_masses: Mapping[str, float] = parameter(unit="kg/mol", above=0.0, meaning="molar masses M_i by species")
    temperature: float = parameter(unit="K", above=0.0, meaning="uniform temperature T")
    content: Mapping[str, float] = parameter(minimum=0.0, meaning="moles of each species per mole of the whole content")
    gas_constant: float = parameter(GAS_CONSTANT, unit="J/mol/K", above=0.0, meaning="gas constant R")
    rotation: float = parameter(unit="1/s", above=0.0, meaning="angular velocity omega")
    length: float = parameter(unit="m", above=0.0, meaning="inner radius of the rotor")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure at the wall")

    @cached_property
    def _reach(self) -> np.ndarray:
        """a_i."""
        masses = np.array([self.molar_masses[name] for name in self.content])
        return masses * (self.rotation * self.length) ** 2 / (2.0 * self.gas_constant * self.temperature)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        exponent = self._reach[:, None] * ((np.asarray(x, float) / self.length) ** 2 - 1.0)
        return at_rest(self.content, self._reach, exponent, self.pressure)

    def observables(self) -> Mapping[str, float]:
        ends = self.fields(np.array([0.0, self.length]), 0.0)
        first, second = self._reach[:2]
        found = {"p_axis": float(ends["p"][0]), "separation_factor": float(np.exp(second - first))}
        for name in list(self.content)[:-1]:
            found[f"x_{name}_axis"], found[f"x_{name}_wall"] = (float(value) for value in ends[f"x_{name}"])
        return found

    def validate(self, context: Context) -> Iterable[Issue]:
        found = content_mistakes(self.content, self.molar_masses)
        return mistakes(found if len(self.content) > 1 else [*found, "content names one species; expected two or more"])
