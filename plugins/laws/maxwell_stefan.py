"""Diffusion in a mixture of any number of species."""

from collections.abc import Iterable, Mapping

import numpy as np

from fvtransport import Context, FaceView, Issue, Law, Mixture, Property, View, parameter, plugin

from ..handles import (
    concentration,
    energy,
    gas_constant,
    knudsen_diffusivities,
    smallest_diffusivity,
    soret_conductivity,
    temperature,
    thermodynamic_factor,
)
from ..theory.driving_forces import driving_force
from ..theory.fluxes import pressure_drive
from ..theory.friction import Rows, friction_matrix, hold_back, pairs_of, solve, symmetric
from ..theory.thermodynamics.metric import factor_rows
from ..validation import pairs_once, thermal_only


@plugin("maxwell_stefan")
class MaxwellStefan(Law):
    """Maxwell-Stefan diffusion and thermal diffusion, with the Dufour heat that reciprocity ties to it:

        sum_j (x_i J_j - x_j J_i)/(c D_ij) = d_i + sum_j x_i x_j alpha_ij grad ln T
        q' = R T sum_i J_i^d sum_j x_j alpha_ij                     J^d: the part of J that d drives

    J_i  molar fluxes relative to the molar-average velocity, sum_i J_i = 0;  D_ij = D_ji  diffusivities by pair `A-B`,
    every pair once;  alpha_ij = -alpha_ji  thermal diffusion factors, alpha of `A-B` positive where A goes to the cold
    side. d_i = sum_j Gamma_ij grad x_j, less what forces hold up;  Gamma is the thermodynamic_factor, ideal without it.

    With `conduction` the conductivity is kappa, at uniform composition, as in a binary `soret_dufour`; where lambda,
    without diffusion (J = 0), is known, give conductivity_without_diffusion: q' = -lambda grad T + R T sum_i J_i sum_j
    x_j alpha_ij. In pores of a `dusty_gas` the walls take part: J_i/D_K,i and what the pressure drives are added on the
    left and right.

    Source: R. Taylor, R. Krishna, Multicomponent Mass Transfer (1993), chapters 2 and 3; J. O. Hirschfelder, C. F.
    Curtiss, R. B. Bird, Molecular Theory of Gases and Liquids (1964), section 11.2.
    """

    needs = (concentration,)
    covers = ("fick", "soret", "dufour", "soret_dufour")
    diffusivities: Mapping[str, Property] = parameter(
        unit="m^2/s",
        above=0.0,
        meaning="D_ij of every pair of species, by names: {A-B: 2e-5, A-C: ..., B-C: ...}; zero is infinite friction",
    )
    thermal_diffusion_factors: Mapping[str, Property] = parameter(
        {},
        meaning="alpha_ij of pairs {A-B: 0.3}, positive where A goes to the cold side; zero "
        "for pairs that are not named",
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        mixture = context.mixture
        if mixture is None:
            return
        names = mixture.species_names
        if len(names) < 2:
            yield Issue("maxwell_stefan needs a mixture with species, such as gas")
            return
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                if not {f"{one}-{other}", f"{other}-{one}"} & set(self.diffusivities):
                    yield Issue(f"diffusivities lack the pair {one}-{other}", parameter="diffusivities")
        yield from pairs_once(self.diffusivities, names, "diffusivities")
        yield from pairs_once(self.thermal_diffusion_factors, names, "thermal_diffusion_factors")
        if self.thermal_diffusion_factors:
            yield from thermal_only(context, "thermal_diffusion_factors have")

    def provides(self, mixture: Mixture):
        return {smallest_diffusivity: self._smallest, soret_conductivity: self._extra_conductivity}

    def flux(self, face: FaceView):
        x = [face[field] for field in face.species]
        rows = friction_matrix(x, self._diffusivities(face))
        forces = self._forces(face)
        if face[knudsen_diffusivities] is not None:
            push = pressure_drive(face) / (face[concentration] * face[gas_constant] * face[temperature])
            forces = [
                force + share * push for force, share in zip(forces, hold_back(rows, x, face[knudsen_diffusivities]))
            ]
        c, solved = face[concentration], face.species[:-1]
        if not self.thermal_diffusion_factors:
            return {field: -c * each for field, each in zip(solved, solve(rows, forces))}
        drift = self._drifts(face)
        slope = face.grad(temperature) / face[temperature]
        driven = [-c * each for each in solve(rows, forces)]
        thermal = solve(rows, [share * each * slope for share, each in zip(x[:-1], drift)])
        flux = {field: each - c * other for field, each, other in zip(solved, driven, thermal)}
        heat = sum(each * (own - drift[-1]) for each, own in zip(driven, drift))
        return {**flux, energy: face[gas_constant] * face[temperature] * heat}

    def _forces(self, face: FaceView) -> list:
        """d_i of all species but the last."""
        plain = [driving_force(face, field) for field in face.species[:-1]]
        if face[thermodynamic_factor] is None:
            return plain
        return [sum(each * force for each, force in zip(row, plain)) for row in factor_rows(face)]

    def _diffusivities(self, at: View) -> Rows:
        return self._rows(self.diffusivities, at, 1.0)

    def _drifts(self, at: View) -> list:
        """sum_j x_j alpha_ij of every species."""
        rows = self._rows(self.thermal_diffusion_factors, at, -1.0)
        return [sum(factor * at[field] for factor, field in zip(row, at.species)) for row in rows]

    def _rows(self, given: Mapping[str, Property], at: View, sign: float) -> Rows:
        pairs = pairs_of(at.mixture.species_names, given)
        return symmetric(len(at.species), {pairs[name]: value(at) for name, value in given.items()}, sign)

    def _smallest(self, at: View):
        rows, smallest = self._diffusivities(at), None
        for i, row in enumerate(rows):
            for each in row[i + 1 :]:
                smallest = each if smallest is None else np.minimum(smallest, each)
        return smallest

    def _extra_conductivity(self, at: View):
        """kappa - lambda = c R sum_i s_i y_i ,  B y = x s ,  s_i = sum_j x_j alpha_ij, less s of the last species."""
        if not self.thermal_diffusion_factors:
            return 0.0
        x, drift = [at[field] for field in at.species], self._drifts(at)
        response = solve(
            friction_matrix(x, self._diffusivities(at)), [share * each for share, each in zip(x[:-1], drift)]
        )
        return (
            at[concentration] * at[gas_constant] * sum(each * (own - drift[-1]) for each, own in zip(response, drift))
        )
