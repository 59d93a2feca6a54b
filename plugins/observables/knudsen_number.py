"""How rarefied a gas is."""

from collections.abc import Iterable

from fvtransport import Context, Issue, Observable, Property, RegionName, Severity, SolvedState, parameter, plugin

from .mean_free_path import largest_free_path

_CONTINUUM = 0.1


@plugin("knudsen_number")
class KnudsenNumber(Observable):
    """Largest Knudsen number in the domain or in a region:  Kn = l / d ,  l = (mu/p) sqrt(pi R T/(2 M))

    d is the size of what the gas is in: a pore diameter, a gap. Below 0.01 the gas is a continuum, above 0.1 continuum
    laws are off and `dusty_gas` holds, above 10 molecules meet the walls alone. Above 0.1 the run warns, unless the
    bulk flow is `dusty_gas`.

    Source: G. A. Bird, Molecular Gas Dynamics (1994), section 1.2.
    """

    shorthand = "length"
    length: float = parameter(unit="m", above=0.0, meaning="pore diameter or gap d")
    viscosity: Property | None = parameter(
        None, unit="Pa*s", above=0.0, meaning="viscosity mu; that under properties without it"
    )
    region: RegionName | None = parameter(None, meaning="region of the mesh; all of it without a name")

    def measure(self, state: SolvedState) -> float:
        return largest_free_path(state, self.viscosity, self.region) / self.length

    def validate(self, context: Context) -> Iterable[Issue]:
        """A warning for a gas too rarefied for continuum laws, which leave out the friction at the walls."""
        if context.mixture is None or context.value is None:
            return
        flow = context.mixture.flow
        if context.value > _CONTINUUM and not (flow is not None and flow.has_wall_friction):
            text = (
                f"Knudsen number {context.value:.3g} at a width of {self.length:g} m: continuum laws, good below"
                f" {_CONTINUUM:g}, leave out the friction at the walls; see bulk_flow: dusty_gas, and bosanquet for the"
                " diffusivity of a trace"
            )
            yield Issue(text, severity=Severity.WARNING)
