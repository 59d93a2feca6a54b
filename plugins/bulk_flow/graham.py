"""Graham's law of counterdiffusion."""

from collections.abc import Iterable

from fvtransport import BulkFlow, Context, FluxView, Issue, Mixture, plugin

from ..theory.fluxes import ratio_flux, ratio_upwind_weight
from ..validation import molar_masses_known


@plugin("graham")
class Graham(BulkFlow):
    """Counterdiffusion in an open porous medium at uniform pressure:  sum_i sqrt(M_i) N_i = 0

    M_i are the molar_masses of the mixture. The walls of the pores take up no momentum in all: Graham's ratio holds
    whatever the width of the pores, N_B/N_A = -sqrt(M_A/M_B); `dusty_gas` has it as its limit at equal pressures.
    Steady states only.

    Source: R. Jackson, Transport in Porous Catalysts (1977), chapters 2 and 3.
    """

    def validate(self, context: Context) -> Iterable[Issue]:
        return molar_masses_known(context, "graham")

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return tuple(mass**0.5 for mass in mixture.known_molar_masses.values())

    def total_flux(self, face: FluxView):
        return ratio_flux(face, self.weights(face.mixture))

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects."""
        return total * ratio_upwind_weight(face, self.weights(face.mixture))
