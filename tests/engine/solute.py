"""Plugins of a user: a solute whose concentration is the field, its diffusion, and surfaces that adsorb it."""

from functools import cached_property

from fvtransport import Balance, Boundary, BoundaryView, CellView, FaceView, Field, Law, Mixture, parameter, plugin

concentration = Field("c", "mol/m^3", "concentration of the solute", lower=0.0)
solute = Balance("solute", concentration, "mol/m^2/s", "mol", "moles of solute")


@plugin("solute")
class Solute(Mixture):
    """A solute in a medium at rest:  d(porosity c)/dt + div J = 0"""

    porosity: float = parameter(1.0, minimum=0.0, meaning="part of the volume that holds the solute")

    @cached_property
    def balances(self):
        return (solute,)

    def storage(self, balance: Balance, cell: CellView):
        return self.porosity * cell[concentration]


@plugin("solute_diffusion")
class SoluteDiffusion(Law):
    """Diffusion of the solute:  J = -D grad c    [mol m^-2 s^-1]"""

    D: float = parameter(unit="m^2/s", above=0.0, meaning="diffusion coefficient D")

    def flux(self, face: FaceView):
        return {solute: -self.D * face.grad(concentration)}


@plugin("langmuir")
class Langmuir(Boundary):
    """Adsorption in equilibrium, with a surface reaction:  J . n = k c + d/dt [Gamma K c / (1 + K c)]"""

    capacity: float = parameter(unit="mol/m^2", above=0.0, meaning="capacity Gamma of the surface")
    affinity: float = parameter(unit="m^3/mol", minimum=0.0, meaning="affinity K, 0 for the linear isotherm Gamma c")
    rate: float = parameter(0.0, unit="m/s", minimum=0.0, meaning="rate constant k")

    def outward_flux(self, boundary: BoundaryView):
        return self.rate * boundary.value

    def storage(self, boundary: BoundaryView):
        return isotherm(self, boundary.value)


def isotherm(surface: Langmuir, c):
    """What the surface holds per area in equilibrium with c; Gamma c where K = 0 [mol/m^2]."""
    return surface.capacity * (surface.affinity or 1.0) * c / (1.0 + surface.affinity * c)
