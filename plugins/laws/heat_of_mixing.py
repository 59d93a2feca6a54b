"""Heat that is set free or bound where unlike molecules mix."""

from collections.abc import Mapping

from fvtransport import FluxView, Law, Mixture, parameter, plugin

from ..quantities import energy, molar_fluxes


@plugin("heat_of_mixing")
class HeatOfMixing(Law):
    """Heat of mixing of a regular solution, set free where species flow down the gradients of their excess enthalpies:

        s_q = -sum_i N_i . grad h_i^E      [W m^-3] ,     h_i^E = sum_j W_ij x_j - sum_j<k W_jk x_j x_k      [J/mol]

    h_i^E  partial molar excess enthalpies of  H^E = sum_i<j W_ij x_i x_j ;  W_ij  interactions by pair, negative where mixing
    gives heat off;  N_i  total molar fluxes. Together with the energy that the mixture stores, c H^E is kept: taking a closed
    system from one composition to another frees what c H^E has lost, to the accuracy of the time steps. Without this law mixing is athermal.

    It says nothing of the forces: a `thermodynamic_factor` for the same W_ij belongs to it where the mixture is far from ideal.

    Source: J. H. Hildebrand, R. L. Scott, The Solubility of Nonelectrolytes, 3rd ed. (1950), chapter III.
    """

    shorthand = "interactions"
    interactions: Mapping[str, float] = parameter(
        unit="J/mol", meaning="W_ij by pairs {A-B: -2000}; zero for pairs that are not named"
    )

    def objections(self, mixture: Mixture) -> list[str]:
        names = [field.name.removeprefix("x_") for field in mixture.mole_fractions]
        wanted = [f"{one}-{other}" for i, one in enumerate(names) for other in names[i + 1 :]]
        turned = {f"{b}-{a}": f"{a}-{b}" for a, b in (pair.split("-", 1) for pair in wanted)}
        expected = f"expected {', '.join(wanted) or 'a mixture of species'}"
        found = [
            f"{pair} is no pair of species; {expected}"
            for pair in self.interactions
            if pair not in wanted and pair not in turned
        ]
        both = [pair for pair in self.interactions if turned.get(pair) in self.interactions]
        return found + [f"{pair} and {turned[pair]} are the same pair; expected one of them" for pair in both]

    def face_source(self, face: FluxView):
        return {energy: -sum(flux * slope for flux, slope in zip(molar_fluxes(face), self._slopes(face)))}

    def _slopes(self, face: FluxView) -> list:
        """grad h_i^E of all species; with means over the face the exact difference between its nodes, for h_i^E is quadratic."""
        x = {field.name.removeprefix("x_"): (face[field], face.grad(field)) for field in face.species}
        own, together = dict.fromkeys(x, 0.0), 0.0
        for pair, strength in self.interactions.items():
            first, second = next((a, b) for a in x for b in x if f"{a}-{b}" == pair)
            (at_first, first_slope), (at_second, second_slope) = x[first], x[second]
            own[first] = own[first] + strength * second_slope
            own[second] = own[second] + strength * first_slope
            together = together + strength * (at_first * second_slope + at_second * first_slope)
        return [each - together for each in own.values()]
