"""Heat that is set free or bound where unlike molecules mix."""

from collections.abc import Iterable, Mapping

from fvtransport import Context, FluxView, Issue, Law, parameter, plugin

from ..handles import energy
from ..theory.fluxes import molar_fluxes
from ..validation import pairs_once


@plugin("heat_of_mixing")
class HeatOfMixing(Law):
    """Heat of mixing of a regular solution, set free where species flow down the gradients of their excess enthalpies:

        s_q = -sum_i N_i . grad h_i^E      [W m^-3] ,     h_i^E = sum_j W_ij x_j - sum_j<k W_jk x_j x_k      [J/mol]

    h_i^E  partial molar excess enthalpies of  H^E = sum_i<j W_ij x_i x_j ;  W_ij  interactions by pair, negative where
    mixing gives heat off;  N_i  total molar fluxes. Together with the energy that the mixture stores, c H^E is kept:
    taking a closed system from one composition to another frees what c H^E has lost, to the accuracy of the time steps.
    Without this law mixing is athermal.

    It says nothing of the forces: a `thermodynamic_factor` for the same W_ij belongs to it where the mixture is far
    from ideal.

    Source: J. H. Hildebrand, R. L. Scott, The Solubility of Nonelectrolytes, 3rd ed. (1950), chapter III.
    """

    shorthand = "interactions"
    interactions: Mapping[str, float] = parameter(
        unit="J/mol", meaning="W_ij by pairs {A-B: -2000}; zero for pairs that are not named"
    )

    def validate(self, context: Context) -> Iterable[Issue]:
        if context.mixture is not None:
            yield from pairs_once(self.interactions, context.mixture.species_names)

    def face_source(self, face: FluxView):
        return {energy: -sum(flux * slope for flux, slope in zip(molar_fluxes(face), self._slopes(face.between_nodes)))}

    def _slopes(self, face: FluxView) -> list:
        """grad h_i^E of all species; with means over the face the exact difference between its
        nodes, for h_i^E is quadratic.
        """
        x = {name: (face[field], face.grad(field)) for name, field in zip(face.mixture.species_names, face.species)}
        own, together = dict.fromkeys(x, 0.0), 0.0
        for pair, strength in self.interactions.items():
            first, second = next((a, b) for a in x for b in x if f"{a}-{b}" == pair)
            (at_first, first_slope), (at_second, second_slope) = x[first], x[second]
            own[first] = own[first] + strength * second_slope
            own[second] = own[second] + strength * first_slope
            together = together + strength * (at_first * second_slope + at_second * first_slope)
        return [each - together for each in own.values()]
