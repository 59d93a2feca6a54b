"""No net flux of mass."""

from collections.abc import Iterable

from fvtransport import BulkFlow, Context, FluxView, Issue, Mixture, plugin

from ..theory.fluxes import ratio_flux, ratio_upwind_weight
from ..validation import molar_masses_known


@plugin("mass")
class Mass(BulkFlow):
    """No net flux of mass:  sum_i M_i N_i = 0 ,   v = 0

    M_i are the molar_masses of the mixture. Steady states only: a gas at uniform temperature and pressure in a closed
    space keeps its moles in place, not its mass; see `equimolar`.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), section 17.7.
    """

    def validate(self, context: Context) -> Iterable[Issue]:
        return molar_masses_known(context, "mass")

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return tuple(mixture.known_molar_masses.values())

    def total_flux(self, face: FluxView):
        return ratio_flux(face, self.weights(face.mixture))

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects."""
        return total * ratio_upwind_weight(face, self.weights(face.mixture))
