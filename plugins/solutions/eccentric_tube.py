"""Diffusion through a stagnant gas between two circles."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from fvtransport import Context, Issue, Solution, mistakes, parameter, plugin

from .maxwell_stefan_film import MaxwellStefanFilm


@plugin("eccentric_tube")
class EccentricTube(Solution):
    """Steady Maxwell-Stefan diffusion of N ideal gases between a circle of radius R_1 and a wider one, R_2, around it.

    The composition is the same all around each circle, and no reaction makes anything between them, so that all fluxes
    derive from one harmonic potential h, 0 on the inner circle and 1 on the outer one, whatever the shape:

        x_i = x_i^film(h) ,     N_i = -N_i^film L grad h ,     flow of i per depth = N_i^film L S

    x_i^film(z/L) and N_i^film are those of a plane film of thickness L, see maxwell_stefan_film. With the centre of the
    inner circle off that of the outer by e along +x, h and the shape factor S follow in bipolar coordinates:

        h = (tau_1 - tau)/(tau_1 - tau_2) ,   tau = ln(r_far/r_near) ,   sinh tau_i = f/R_i ,   S = angle/(tau_1 -
        tau_2) 2 e f = sqrt((R_2^2 - R_1^2 - e^2)^2 - 4 e^2 R_1^2)

    r_near and r_far are the distances from the two points that have x = x_0 -+ f, y = 0, the near one in the inner
    circle. angle is 2 pi, or pi for the half y > 0 that a plane of symmetry cuts off.

    One of the gases stands still. Observables: `F_<species>` [mol/s] of the others, out of the outer circle.

    Conditions: those of maxwell_stefan_film; 0 < e < R_2 - R_1.

    Source: F. P. Incropera, D. P. DeWitt, Fundamentals of Heat and Mass Transfer, 4th ed. (1996), table 4.1, for S; one
    potential for all fluxes, because Maxwell's and Stefan's equations are linear in the fluxes.
    """

    inner_radius: float = parameter(unit="m", above=0.0, meaning="radius R_1 of the inner circle")
    outer_radius: float = parameter(unit="m", above=0.0, meaning="radius R_2 of the outer circle, around the origin")
    offset: float = parameter(unit="m", above=0.0, meaning="x of the centre of the inner circle, e")
    angle: float = parameter(2.0 * np.pi, above=0.0, meaning="2 pi, or pi for one half")
    depth: float = parameter(1.0, unit="m", above=0.0, meaning="extent along z")
    species: tuple[str, ...] = parameter(meaning="the species, in the order of x_inner and x_outer")
    diffusivities: Mapping[str, float] = parameter(
        unit="m^2/s", above=0.0, meaning="D_ij by pair, such as A-B, each pair once"
    )
    temperature: float = parameter(unit="K", above=0.0, meaning="temperature T")
    pressure: float = parameter(unit="Pa", above=0.0, meaning="pressure p")
    x_inner: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions on the inner circle")
    x_outer: tuple[float, ...] = parameter(minimum=0.0, maximum=1.0, meaning="mole fractions on the outer circle")
    stagnant: str = parameter(meaning="the species that stands still")

    @cached_property
    def _film(self) -> MaxwellStefanFilm:
        """The film of thickness 1."""
        return MaxwellStefanFilm(
            species=self.species,
            diffusivities=self.diffusivities,
            temperature=self.temperature,
            pressure=self.pressure,
            length=1.0,
            x_left=self.x_inner,
            x_right=self.x_outer,
            weights={self.stagnant: 1.0},
        )

    @cached_property
    def _focus(self) -> float:
        """f."""
        gap = self.outer_radius**2 - self.inner_radius**2 - self.offset**2
        return float(np.sqrt(gap**2 - 4.0 * self.offset**2 * self.inner_radius**2)) / (2.0 * self.offset)

    @property
    def _levels(self) -> tuple[float, float]:
        """tau on the inner and the outer circle."""
        return float(np.arcsinh(self._focus / self.inner_radius)), float(np.arcsinh(self._focus / self.outer_radius))

    def potential(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """h."""
        (inner, outer), f = self._levels, self._focus
        middle = float(np.hypot(self.outer_radius, f))
        near, far = np.hypot(x - middle + f, y), np.hypot(x - middle - f, y)
        return (inner - np.log(far / near)) / (inner - outer)

    def fields(self, position: np.ndarray, t: float) -> Mapping[str, np.ndarray]:
        return self._film.fields(self.potential(position[0], position[1]), t)

    def observables(self) -> Mapping[str, float]:
        inner, outer = self._levels
        shape = self.angle / (inner - outer) * self.depth
        fluxes = self._film.observables()
        return {f"F_{name}": fluxes[f"N_{name}"] * shape for name in self.species if name != self.stagnant}

    def validate(self, context: Context) -> Iterable[Issue]:
        if not self.offset < self.outer_radius - self.inner_radius:
            return mistakes(
                [f"offset = {self.offset:g} must be below outer_radius - inner_radius, or the circles meet"]
            )
        if self.stagnant not in self.species:
            return mistakes(
                [f"stagnant names {self.stagnant}, which is not a species; expected one of {', '.join(self.species)}"]
            )
        texts = (each.text for each in self._film.validate(context))
        return mistakes(each.replace("x_left", "x_inner").replace("x_right", "x_outer") for each in texts)
