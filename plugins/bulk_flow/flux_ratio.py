"""Fluxes in a given ratio."""

from collections.abc import Iterable, Mapping

from fvtransport import BulkFlow, Context, FluxView, Issue, Mixture, parameter, plugin

from ..theory.fluxes import ratio_flux, ratio_upwind_weight
from ..validation import known_species


@plugin("flux_ratio")
class FluxRatio(BulkFlow):
    """Fluxes bound by a linear relation:  sum_i a_i N_i = 0 ,   N = -sum_i a_i J_i / sum_i a_i x_i

    {A: 2, B: 1} is imposed by a surface at which A turns into 2 B: N_B = -2 N_A. {B: 1} is a stagnant B. Species that
    are not named have a_i = 0. Steady states only, and reactions with sum_i a_i nu_i = 0.

    Source: R. Taylor, R. Krishna, Multicomponent Mass Transfer (1993), section 7.2.
    """

    shorthand = "coefficients"
    coefficients: Mapping[str, float] = parameter(meaning="a_i by species: {A: 2, B: 1} for N_B = -2 N_A")

    def validate(self, context: Context) -> Iterable[Issue]:
        if not any(self.coefficients.values()):
            yield Issue("all coefficients are zero", "a relation such as {A: 2, B: 1}", parameter="coefficients")
        yield from known_species(context, self.coefficients)

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return tuple(self.coefficients.get(name, 0.0) for name in mixture.species_names)

    def total_flux(self, face: FluxView):
        return ratio_flux(face, self.weights(face.mixture))

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the upwind weight of the mole fractions that it convects."""
        return total * ratio_upwind_weight(face, self.weights(face.mixture))
