"""Ideal gases in a closed column under gravity."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .boltzmann import at_rest, content_mistakes
from .multicomponent import GAS_CONSTANT


@plugin("barometric_column")
class BarometricColumn(Solution):
    """A closed isothermal column of ideal gases under gravity along -z, at rest:

        c_i(z) = c_i(0) exp(-M_i g z/(R T)) ,     p = R T sum c_i
        c_i(0) in the ratio of  content_i a_i/(1 - exp(-a_i)) ,     a_i = M_i g L/(R T)

    which gives every species the moles that `content` says, the integral of c_i over the height L.

    Observables: `x_<species>_bottom` and `x_<species>_top` on the end faces, of all species but the last of
    `content`; `p_top` [Pa].

    Conditions: uniform T and g; mechanical equilibrium, dp/dz = -rho g; z = 0 at the bottom.

    Source: J. W. Gibbs, On the Equilibrium of Heterogeneous Substances (1876), influence of gravity.
    """

    molar_masses: Mapping[str, float] = parameter(unit="kg/mol", above=0.0, meaning="molar masses M_i by species")
    temperature: float = parameter(unit="K", above=0.0, meaning="uniform temperature T")
    content: Mapping[str, float] = parameter(minimum=0.0, meaning="moles of each species per mole of the whole content")
    gas_constant: float = parameter(GAS_CONSTANT, unit="J/mol/K", above=0.0, meaning="gas constant R")
    gravity: float = parameter(9.80665, unit="m/s^2", above=0.0, meaning="acceleration g, along -z")
    length: float = parameter(unit="m", above=0.0, meaning="height L of the column")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure at the bottom")

    @cached_property
    def _reach(self) -> np.ndarray:
        """a_i."""
        masses = np.array([self.molar_masses[name] for name in self.content])
        return masses * self.gravity * self.length / (self.gas_constant * self.temperature)

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        exponent = -self._reach[:, None] * np.asarray(x, float) / self.length
        return at_rest(self.content, self._reach, exponent, self.pressure)

    def observables(self) -> Mapping[str, float]:
        ends = self.fields(np.array([0.0, self.length]), 0.0)
        found = {"p_top": float(ends["p"][1])}
        for name in list(self.content)[:-1]:
            found[f"x_{name}_bottom"], found[f"x_{name}_top"] = (float(value) for value in ends[f"x_{name}"])
        return found

    def validate(self, context: Context) -> Iterable[Issue]:
        return mistakes(content_mistakes(self.content, self.molar_masses))
