"""Fluxes in a given ratio."""

from collections.abc import Mapping

from fvtransport import BulkFlow, FluxView, Mixture, parameter, plugin

from ..mixtures.carrying import ratio_flux, ratio_upwind_weight


@plugin("flux_ratio")
class FluxRatio(BulkFlow):
    """Fluxes bound by a linear relation:  sum_i a_i N_i = 0 ,   N = -sum_i a_i J_i / sum_i a_i x_i

    {A: 2, B: 1} is what a wall imposes at which A turns into 2 B: N_B = -2 N_A. {B: 1} is a stagnant B. Species that are not
    named have a_i = 0. Steady states only, and reactions with sum_i a_i nu_i = 0.

    Source: R. Taylor, R. Krishna, Multicomponent Mass Transfer (1993), section 7.2.
    """

    shorthand = "coefficients"
    coefficients: Mapping[str, float] = parameter(meaning="a_i by species: {A: 2, B: 1} for N_B = -2 N_A")

    def contradictions(self) -> list[str]:
        return (
            []
            if any(self.coefficients.values())
            else ["all coefficients are zero; expected a relation such as {A: 2, B: 1}"]
        )

    def objections(self, mixture: Mixture) -> list[str]:
        known = [field.name.removeprefix("x_") for field in mixture.mole_fractions]
        return [
            f"the mixture has no species {name}; its species are {', '.join(known)}"
            for name in self.coefficients
            if name not in known
        ]

    def weights(self, mixture: Mixture) -> tuple[float, ...]:
        """a_i of sum_i a_i N_i = 0."""
        return tuple(self.coefficients.get(field.name.removeprefix("x_"), 0.0) for field in mixture.mole_fractions)

    def total_flux(self, face: FluxView):
        return ratio_flux(face, self.weights(face.medium.mixture))

    def upwind_flux(self, face: FluxView, total):
        """Total flux times the lean of the mole fractions that it carries."""
        return total * ratio_upwind_weight(face, self.weights(face.medium.mixture))
