"""Diffusion through a stagnant gas."""

from collections.abc import Iterable

from fvtransport import BulkFlow, Context, FluxView, Issue, Mixture, parameter, plugin

from ..theory.fluxes import ratio_flux, ratio_upwind_weight
from ..validation import known_species


@plugin("stagnant")
class Stagnant(BulkFlow):
    """Diffusion through a stagnant species B (Stefan flow):  N_B = 0 ,   N = -J_B / x_B

    Steady states only: in time a flow that leaves B at rest everywhere would not keep the moles of B. Where x_B = 0 the
    flux has no bound, and such a boundary is refused.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), section 18.2.
    """

    shorthand = "species"
    species: str = parameter(meaning="the species that is at rest")

    def validate(self, context: Context) -> Iterable[Issue]:
        return known_species(context, [self.species])

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return tuple(float(name == self.species) for name in mixture.species_names)

    def total_flux(self, face: FluxView):
        return ratio_flux(face, self.weights(face.mixture))

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects."""
        return total * ratio_upwind_weight(face, self.weights(face.mixture))
