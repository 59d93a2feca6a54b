"""Steady diffusion of vapours through a stagnant gas."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .maxwell_stefan_film import MaxwellStefanFilm


@plugin("stagnant_film")
class StagnantFilm(Solution):
    """Steady Maxwell-Stefan diffusion of vapours through a film of a gas B that stands still:

        dx_i/dz = sum_j (x_i N_j - x_j N_i)/(c D_ij) ,     N_B = 0 ,     c = p/(R T)

    It is maxwell_stefan_film with the one condition N_B = 0, a matrix exponential in z. Then B by itself obeys
    d ln x_B/dz = sum_j N_j/(c D_jB).

    Observables: `N_<species>` [mol m^-2 s^-1] of all but B, along +z.

    Conditions: ideal gas at uniform T and p; constant D_ij; steady; no reaction; x_B > 0 on both faces.

    Source: R. Taylor, R. Krishna, Multicomponent Mass Transfer (1993), section 2.1 and chapter 8.
    """

    species: tuple[str, ...] = parameter(meaning="the species, in the order of x_left and x_right")
    stagnant: str = parameter(meaning="the species B that stands still")
    diffusivities: Mapping[str, float] = parameter(
        unit="m^2/s", above=0.0, meaning="D_ij by pair, such as A-B, each pair once"
    )
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p")
    length: float = parameter(unit="m", above=0.0, meaning="thickness L of the film")
    x_left: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions at z = 0")
    x_right: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions at z = L")

    @cached_property
    def _film(self) -> MaxwellStefanFilm:
        return MaxwellStefanFilm(
            species=self.species,
            diffusivities=self.diffusivities,
            temperature=self.temperature,
            pressure=self.pressure,
            length=self.length,
            x_left=self.x_left,
            x_right=self.x_right,
            weights={self.stagnant: 1.0},
        )

    def fields(self, x: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        return self._film.fields(x, t)

    def observables(self) -> Mapping[str, float]:
        fluxes = self._film.observables()
        return {name: flux for name, flux in fluxes.items() if name != f"N_{self.stagnant}"}

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.stagnant not in self.species:
            return mistakes(
                [f"stagnant names {self.stagnant}, which is not a species; expected one of {', '.join(self.species)}"]
            )
        return self._film.validate(context)
