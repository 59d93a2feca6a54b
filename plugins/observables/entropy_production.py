"""Rate at which entropy is produced."""

from fvtransport import FluxView, Observable, SolvedState, plugin

from ..theory.fluxes import entropy_production


@plugin("entropy_production")
class EntropyProduction(Observable):
    """Entropy production by transport in the domain:  integral of sigma dV ,  sigma = sum J_i X_i    [W/K]

    J_i  flux that gradients drive, all laws together;  X_i  its thermodynamic force, see `entropy_produced`.
    """

    unit = "W/K"

    def rate_density(self, face: FluxView):
        return entropy_production(face)

    def measure(self, state: SolvedState) -> float:
        return state.domain_integral(self)
