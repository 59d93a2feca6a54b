"""Surface of a liquid that evaporates."""

from collections.abc import Iterable

from fvtransport import Boundary, BoundaryView, Context, Issue, Property, parameter, plugin

from ..handles import pressure
from ..validation import known_species


@plugin("saturated")
class Saturated(Boundary):
    """A gas in equilibrium with a liquid or solid on the boundary:  x_A p = p_sat

    The condition of p, where the bulk flow solves for it: the vapour that this takes then flows into the gas by
    itself. What does not dissolve, like air, has no_flux there. p_sat [Pa] is the vapour pressure of A over
    this liquid, any function of time or T.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), section 18.2.
    """

    species: str = parameter(meaning="the species A that evaporates or condenses")
    vapour_pressure: Property = parameter(unit="Pa", above=0.0, meaning="p_sat")

    def validate(self, context: Context) -> Iterable[Issue]:
        if context.field is not None and context.field is not pressure:
            text = f"saturated is a condition of p, not of {context.field.name}"
            yield Issue(text, "dirichlet for a known mole fraction")
        else:
            yield from known_species(context, [self.species])

    def residual(self, face: BoundaryView):
        return face[face.mixture.component(self.species).field] * face.value - self.vapour_pressure(face)
