"""Surface of a liquid that evaporates."""

from fvtransport import Boundary, BoundaryView, Field, Mixture, Property, parameter, plugin

from ..quantities import mole_fraction_of, pressure


@plugin("saturated")
class Saturated(Boundary):
    """A gas in equilibrium with a liquid or solid on the wall:  x_A p = p_sat

    The condition of p, where the bulk flow solves for it: the vapour that this takes then flows into the gas by itself. What
    does not dissolve, like air, has no_flux there. p_sat [Pa] is the vapour pressure of A over this liquid, any function of
    time or T.

    Source: R. B. Bird, W. E. Stewart, E. N. Lightfoot, Transport Phenomena, 2nd ed. (2002), section 18.2.
    """

    species: str = parameter(meaning="the species A that evaporates or condenses")
    vapour_pressure: Property = parameter(unit="Pa", above=0.0, meaning="p_sat")

    def objections(self, field: Field, mixture: Mixture) -> list[str]:
        if field is not pressure:
            return [f"saturated is a condition of p, not of {field.name}; expected dirichlet for a known mole fraction"]
        known = [each.name.removeprefix("x_") for each in mixture.mole_fractions]
        return (
            []
            if self.species in known
            else [f"the mixture has no species {self.species}; its species are {', '.join(known)}"]
        )

    def residual(self, boundary: BoundaryView):
        return boundary[mole_fraction_of(boundary, self.species)] * boundary.value - self.vapour_pressure(boundary)
