"""Viscous flow through a porous medium."""

from collections.abc import Iterable
from typing import ClassVar

import numpy as np

from fvtransport import BulkFlow, Context, FluxView, Issue, Mixture, Severity, View, parameter, plugin

from ..handles import concentration, gas_constant, permeability, pressure, temperature, viscosity
from ..theory.fluxes import against_diffusion, pressure_drive
from ..theory.knudsen import mean_free_path
from ..validation import molar_masses_known

_CONTINUUM = 0.1


@plugin("darcy")
class Darcy(BulkFlow):
    """Darcy's law, with the pressure as a field:  N = -(c B / mu) (grad p - sum_k c_k F_k)      [mol m^-2 s^-1]

    B  permeability [m^2] and  mu  viscosity [Pa s], under properties;  F_k  molar forces, of `body_force`. The
    pressure follows from the balance of all moles, dc/dt + div N = R_T: sealed spaces, reactions that change
    the moles, in one to three dimensions.

    Source: J. Bear, Dynamics of Fluids in Porous Media (1972), section 5.1.
    """

    solves_pressure: ClassVar[bool] = True
    pore_diameter: float | None = parameter(
        None,
        unit="m",
        above=0.0,
        meaning="width of the pores, for the Knudsen number; of no effect on the flow",
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        if self.pore_diameter is None:
            return
        yield from molar_masses_known(context, "darcy with a pore_diameter, for the Knudsen number,")
        if context.mixture is not None and context.state is not None:
            yield from self._rarefied(context.mixture, context.state)

    def _rarefied(self, mixture: Mixture, at: View) -> Iterable[Issue]:
        """A warning for a gas too rarefied for a continuum law."""
        mass = sum(mass * at[field] for mass, field in zip(mixture.known_molar_masses.values(), at.species))
        path = mean_free_path(at[viscosity], at[pressure], at[temperature], mass, at[gas_constant])
        number = np.max(path) / self.pore_diameter
        if number > _CONTINUUM:
            text = (
                f"Knudsen number {number:.2g} in pores of {self.pore_diameter:g} m: darcy is a continuum "
                "law, good below"
                " 0.1; see dusty_gas"
            )
            yield Issue(text, severity=Severity.WARNING)

    def total_flux(self, face: FluxView):
        return -face[concentration] * face[permeability] / face[viscosity] * pressure_drive(face)

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects."""
        return total * against_diffusion(face, total)
