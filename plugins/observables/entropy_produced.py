"""Entropy that irreversible processes have produced."""

from fvtransport import FluxView, Observable, SolvedState, plugin

from ..theory.fluxes import entropy_production


@plugin("entropy_produced")
class EntropyProduced(Observable):
    """Entropy produced by transport in the domain since the start:  P = integral of sum_i J_i X_i dV dt    [J/K]

    J_i  flux that gradients drive, all laws together;  X_i  its thermodynamic force at the local state (-grad T / T^2
    for heat, -R grad x_A / (x_A x_B) for a species of an ideal binary), in a linearised model at the state of that.
    Convective fluxes, as of advection, and what sources produce is not counted.

    Integrated with the solution, not from stored output. Source: S. R. de Groot and P. Mazur
    (1962), chapters III and XI.
    """

    unit = "J/K"
    needs_time = True

    def rate_density(self, face: FluxView):
        return entropy_production(face)

    def measure(self, state: SolvedState) -> float:
        return state.time_integral(self)
