"""Viscous flow through a porous medium."""

from typing import ClassVar

import numpy as np

from fvtransport import BulkFlow, FluxView, Mixture, View, parameter, plugin

from ..knudsen import mean_free_path
from ..mixtures.carrying import against_diffusion, pressure_drive
from ..quantities import concentration, gas_constant, permeability, pressure, temperature, viscosity

_CONTINUUM = 0.1


@plugin("darcy")
class Darcy(BulkFlow):
    """Darcy's law, with the pressure as a field:  N = -(c B / mu) (grad p - sum_k c_k F_k)      [mol m^-2 s^-1]

    B  permeability [m^2] and  mu  viscosity [Pa s], under properties;  F_k  molar forces, of `body_force`. The pressure follows
    from the balance of all moles, dc/dt + div N = R_T: sealed spaces, reactions that change the moles, in one to three
    dimensions.

    Source: J. Bear, Dynamics of Fluids in Porous Media (1972), section 5.1.
    """

    solves_pressure: ClassVar[bool] = True
    pore_diameter: float | None = parameter(
        None,
        unit="m",
        above=0.0,
        meaning="width of the pores, with which the Knudsen number is told; of no effect on the flow",
    )

    def objections(self, mixture: Mixture) -> list[str]:
        is_told = self.pore_diameter is None or getattr(mixture, "molar_masses", None)
        return (
            []
            if is_told
            else ["darcy with a pore_diameter needs the molar_masses of all species to tell the Knudsen number"]
        )

    def cautions(self, mixture: Mixture, at: View) -> list[str]:
        """A gas too rarefied for a continuum law."""
        if self.pore_diameter is None:
            return []
        mass = sum(mixture.molar_masses[field.name.removeprefix("x_")] * at[field] for field in at.species)
        number = (
            np.max(mean_free_path(at[viscosity], at[pressure], at[temperature], mass, at[gas_constant]))
            / self.pore_diameter
        )
        if not number > _CONTINUUM:
            return []
        return [
            f"Knudsen number {number:.2g} in pores of {self.pore_diameter:g} m: darcy is a continuum law, good below 0.1; see dusty_gas"
        ]

    def total_flux(self, face: FluxView):
        return -face[concentration] * face[permeability] / face[viscosity] * pressure_drive(face)

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the lean of the mole fractions that it carries."""
        return total * against_diffusion(face, total)
