"""Heat and diffusion in mass fractions and relative to the centre of mass."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from fvtransport import Context, FaceView, Issue, Law, Mixture, Property, View, parameter, plugin

from ..handles import concentration, conductivity, energy, gas_constant, smallest_diffusivity, temperature
from ..theory.driving_forces import driving_force
from ..theory.thermodynamics.enthalpies import enthalpy_differences
from ..theory.thermodynamics.metric import ABSENT


@plugin("mass_fraction_form")
class MassFractionForm(Law):
    """Fourier, Fick, Soret and Dufour of a binary mixture in mass fractions and relative to the centre of mass:

        q'  = -k grad T + D_F grad Y_A         [W m^-2]
        j_A = -rho D grad Y_A - d_ST grad T    [kg m^-2 s^-1]

    The molar flux relative to the molar-average velocity is J_A = j_A M/(M_A M_B), and grad Y_A = (M_A
    M_B/M^2) grad x_A, M the mean of the molar masses of the mixture; where a `body_force` acts, its
    driving force d_A replaces grad x_A.
    By reciprocity  D_F = -R T^2 d_ST M^3/(x_A x_B M_A^2 M_B^2):  opposite signs. Either may be left out and then
    follows from the other; both given, the audit judges them. In a gas D_F = -p alpha_T D M^2/(M_A M_B).

    With heat_flux: total, k and D_F are those of q' + h_A J_A + h_B J_B, and what belongs to the
    enthalpies is taken off.

    Source: S. R. de Groot and P. Mazur, Non-Equilibrium Thermodynamics (1962), chapter XI, section 7.
    """

    covers = ("conduction", "fick", "soret", "dufour", "soret_dufour", "maxwell_stefan", "phenomenological")
    k: Property | None = parameter(
        None, unit="W/m/K", minimum=0.0, meaning="conductivity k; none where the temperature is given"
    )
    rho_D: Property = parameter(unit="kg/m/s", minimum=0.0, meaning="rho D, mass density times diffusivity")
    D_F: Property | None = parameter(None, unit="W/m", meaning="Dufour coefficient per mass fraction")
    d_ST: Property | None = parameter(
        None, unit="kg/m/s/K", meaning="Soret coefficient of the mass flux, rho Y_A Y_B D'"
    )
    heat_flux: Literal["reduced", "total"] = parameter(
        "reduced", meaning="which heat flux k and D_F give: q', or q' + sum_i h_i J_i"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.heat_flux == "total" and (self.D_F is None or self.d_ST is None):
            text = "reciprocity is between d_ST and the D_F of the reduced heat flux"
            yield Issue(text, "both where heat_flux is total", parameter="heat_flux")
        mixture = context.mixture
        if mixture is None:
            return
        if len(mixture.components) != 2:
            yield Issue(f"the mixture has {len(mixture.components)} species", "two")
            return
        if len(mixture.known_molar_masses) < 2:
            given = ", ".join(f"{name}: ..." for name in mixture.species_names)
            yield Issue(f"the molar masses are not known; give the mixture molar_masses: {{{given}}}")
        if energy in mixture.balances and self.k is None:
            yield Issue("k is missing, and the energy is solved for; give it, or give the mixture a temperature")
        if self.heat_flux == "total" and not mixture.has_enthalpies:
            text = "the mixture states no enthalpies h_i to subtract from a total heat flux"
            yield Issue(text, "the mixture gas, or heat_flux: reduced", parameter="heat_flux")

    def provides(self, mixture: Mixture):
        """The diffusivity against which a bulk flow convects."""
        thermal = {} if self.k is None else {conductivity: self.k}
        return {**thermal, smallest_diffusivity: lambda at: self.rho_D(at) / (at[concentration] * _mean_mass(at))}

    def flux(self, face: FaceView):
        A, B = face.species
        M, (M_A, M_B) = _mean_mass(face), face.mixture.known_molar_masses.values()
        rise = M_A * M_B / M**2 * driving_force(face, A)
        pair = np.maximum(face[A], ABSENT) * np.maximum(face[B], ABSENT)
        soret, dufour = self._cross(face, pair * M_A**2 * M_B**2 / (face[gas_constant] * face[temperature] ** 2 * M**3))
        diffusion = -M / (M_A * M_B) * (self.rho_D(face) * rise + soret * face.grad(temperature))
        if self.k is None:
            return {A: diffusion}
        heat = -self.k(face) * face.grad(temperature) + dufour * rise
        if self.heat_flux == "total":
            (difference,) = enthalpy_differences(face)
            heat = heat - difference * diffusion
        return {A: diffusion, energy: heat}

    def _cross(self, face: FaceView, ratio):
        """d_ST and D_F, where ratio is what d_ST is of -D_F."""
        if self.d_ST is None and self.D_F is None:
            return 0.0, 0.0
        if self.d_ST is None:
            dufour = self.D_F(face)
            return -dufour * ratio, dufour
        soret = self.d_ST(face)
        return soret, -soret / ratio if self.D_F is None else self.D_F(face)


def _mean_mass(at: View):
    return sum(at[field] * mass for field, mass in zip(at.species, at.mixture.known_molar_masses.values()))
