"""Equimolar counterdiffusion."""

from typing import ClassVar

from fvtransport import BulkFlow, FluxView, Mixture, plugin


@plugin("equimolar")
class Equimolar(BulkFlow):
    """Equimolar counterdiffusion:  N = sum_i N_i = 0

    It holds in a closed space at uniform temperature and pressure, and where boundaries exchange mole for mole.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), section 18.2.
    """

    keeps_moles: ClassVar[bool] = True

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return (1.0,) * len(mixture.mole_fractions)

    def total_flux(self, face: FluxView):
        return 0.0

    def upwind_flux(self, face: FluxView, total):
        """No bulk flow."""
        return 0.0
