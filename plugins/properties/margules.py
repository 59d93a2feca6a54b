"""Non-ideality of a liquid or dense mixture."""

from collections.abc import Mapping

from fvtransport import Property, View, parameter, plugin

from ..theory.friction import pairs_of, symmetric


@plugin("margules")
class Margules(Property):
    """Thermodynamic factor of a regular solution:  Gamma_ij = delta_ij + x_i d ln(gamma_i)/dx_j

        G^E/(R T) = sum_{i<j} A_ij x_i x_j

    Rows of Gamma for all species but the last, at constant T and p and sum x_i = 1; in a binary mixture 1 - 2 A x_A
    x_B. It replaces `thermodynamic_factor` under properties. Below zero the mixture would unmix.

    Source: R. Taylor, R. Krishna, Multicomponent Mass Transfer (1993), appendix D.
    """

    shorthand = "interactions"
    interactions: Mapping[str, float] = parameter(
        meaning="A_ij by pairs of species: {A-B: 1.2}; pairs that are not named are ideal"
    )

    def __call__(self, at: View):
        names = at.mixture.species_names
        pairs = self._pairs(names)
        rows = symmetric(len(names), {pairs[name]: value for name, value in self.interactions.items()})
        x = [at[field] for field in at.species]
        sums = [sum(each * share for each, share in zip(row, x)) for row in rows]
        last = len(x) - 1
        return tuple(
            tuple(
                float(i == j) + x[i] * (rows[i][j] - sums[j] - rows[i][last] + sums[last])
                for j in range(last)
            )
            for i in range(last)
        )  # fmt: skip

    def _pairs(self, names: list[str]) -> dict[str, tuple[int, int]]:
        try:
            return pairs_of(names, self.interactions)
        except KeyError as error:
            raise ArithmeticError(f"margules: {error.args[0]} is not a pair of species {', '.join(names)}") from None
