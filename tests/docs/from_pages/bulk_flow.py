"""A gas whose species move in a given ratio."""

from fvtransport import BulkFlow, Context, FluxView, Issue, parameter, plugin


@plugin("in_ratio")
class InRatio(BulkFlow):
    """Fluxes in a given ratio:  sum_i a_i N_i = 0 ,  N = -sum_i a_i J_i / sum_i a_i x_i    [mol m^-2 s^-1]"""

    shorthand = "ratio"
    ratio: tuple[float, ...] = parameter(unit="", minimum=0.0, meaning="a_i, one for each species, in their order")

    def validate(self, context: Context):
        if not any(self.ratio):
            yield Issue("at least one a_i must be positive", parameter="ratio")
        if context.mixture is not None and len(context.mixture.components) != len(self.ratio):
            yield Issue(f"{len(self.ratio)} numbers for {len(context.mixture.components)} species", parameter="ratio")

    def weights(self, mixture):
        return self.ratio

    def total_flux(self, face: FluxView):
        *solved, last = face.species
        fluxes = [face.diffusive_flux(field) for field in solved]
        fluxes.append(-sum(fluxes))
        weighted = sum(a * J for a, J in zip(self.ratio, fluxes))
        return -weighted / sum(a * face[field] for a, field in zip(self.ratio, face.species))
