"""Rate at which entropy is produced."""

from typing import Any

from fvtransport import FluxView, Observable, plugin

from ..quantities import entropy_production


@plugin("entropy_production")
class EntropyProduction(Observable):
    """Entropy production by transport in the domain:  integral of sigma dV ,  sigma = sum J_i X_i    [W/K]

    J_i  flux that gradients drive, all laws together;  X_i  its thermodynamic force, see `entropy_produced`.
    """

    unit = "W/K"

    def rate_density(self, face: FluxView):
        return entropy_production(face)

    def measure(self, snapshot: Any) -> float:
        return snapshot.rate(self)
