"""A gas that is always in mechanical equilibrium."""

from typing import ClassVar

from fvtransport import BulkFlow, FluxView, parameter, plugin

from ..handles import gas_constant, temperature
from ..theory.fluxes import against_diffusion, carrying_diffusivity, pressure_drive


@plugin("mechanical_equilibrium")
class MechanicalEquilibrium(BulkFlow):
    """Mechanical equilibrium:  grad p = sum_k c_k F_k ,  by  N = -m (grad p - sum_k c_k F_k) ,  m = stiffness D / (R T)

    The pressure is a field and follows from the balance of all moles, dc/dt + div N = R_T. Where a total flux c D/L is
    drawn over a length L, the pressure is off its equilibrium by 1/stiffness of itself; round-off in N is stiffness
    times 1e-16 of c D/dx. D is the diffusivity, or the smallest of `maxwell_stefan`.
    """

    solves_pressure: ClassVar[bool] = True
    stiffness: float = parameter(1e5, above=0.0, meaning="how much sooner the pressure levels out than the composition")

    def total_flux(self, face: FluxView):
        mobility = self.stiffness * carrying_diffusivity(face) / (face[gas_constant] * face[temperature])
        return -mobility * pressure_drive(face)

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects."""
        return total * against_diffusion(face, total)
