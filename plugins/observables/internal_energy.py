"""Thermal energy of the domain."""

import numpy as np

from fvtransport import Observable, SolvedState, plugin

from ..handles import energy


@plugin("internal_energy")
class InternalEnergy(Observable):
    """Thermal energy in the domain without the work that its pressure can do:  U = integral of u dV    [J]

    As the mixture says it, (c_p - c R) T for a binary mixture at uniform concentration; what the energy balance stores
    where the mixture says nothing. Of use as a difference, as with `over: cycle`.
    """

    unit = energy.amount_unit

    def measure(self, state: SolvedState) -> float:
        own = state.mixture.internal_energy(state.cell_view)
        if own is None:
            return state.amount(energy)
        return float(np.broadcast_to(own, state.volumes.shape) @ state.volumes)
