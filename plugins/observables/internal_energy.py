"""Thermal energy of the domain."""

from typing import Any

import numpy as np

from fvtransport import CellView, Observable, plugin

from ..quantities import energy


@plugin("internal_energy")
class InternalEnergy(Observable):
    """Thermal energy in the domain without the work that its pressure can do:  U = integral of u dV    [J]

    As the mixture says it, (c_p - c R) T for a binary mixture at uniform concentration; what the energy balance stores where
    the mixture says nothing. Of use as a difference, as with `over: cycle`.
    """

    unit = energy.amount_unit

    def measure(self, snapshot: Any) -> float:
        system, geometry = snapshot.system, snapshot.system.geometry
        cell = CellView(system.medium, snapshot.t, snapshot.solved[:, geometry.cells], geometry.cell_positions)
        own = system.medium.mixture.internal_energy(cell)
        return (
            snapshot.amount(energy)
            if own is None
            else float(np.broadcast_to(own, geometry.volume.shape) @ geometry.volume)
        )
