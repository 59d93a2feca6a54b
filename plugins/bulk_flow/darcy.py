"""Viscous flow through a porous medium."""

from typing import ClassVar

from fvtransport import BulkFlow, ExchangeView, plugin

from ..mixtures.carrying import against_diffusion, pressure_drive
from ..quantities import concentration, permeability, viscosity


@plugin("darcy")
class Darcy(BulkFlow):
    """Darcy's law, with the pressure as a field:  N = -(c B / mu) (grad p - sum_k c_k F_k)      [mol m^-2 s^-1]

    B  permeability [m^2] and  mu  viscosity [Pa s], under properties;  F_k  molar forces, of `body_force`. The pressure follows
    from the balance of all moles, dc/dt + div N = R_T: sealed spaces, reactions that change the moles, in one to three
    dimensions.

    Source: J. Bear, Dynamics of Fluids in Porous Media (1972), section 5.1.
    """

    solves_pressure: ClassVar[bool] = True

    def total_flux(self, face: ExchangeView):
        return -face[concentration] * face[permeability] / face[viscosity] * pressure_drive(face)

    def leaning(self, face: ExchangeView, total):
        """Total flux times the lean of the mole fractions that it carries."""
        return total * against_diffusion(face, total)
