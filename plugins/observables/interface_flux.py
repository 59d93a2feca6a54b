"""Flux through an interface."""

from typing import Literal

from fvtransport import Balance, InterfaceName, Observable, SolvedState, parameter, plugin


@plugin("interface_flux")
class InterfaceFlux(Observable):
    """Mean total flux through an interface from its left to its right side:  J = (1/A) integral of J dA

    [W or mol/s, per m^2]. Both sides differ by what the interface makes or takes up; side says on which it is read.
    """

    of: Balance = parameter(meaning="what flows: energy, or a species by its name")
    interface: InterfaceName = parameter(meaning="the interface, by its two regions: metal-salt")
    side: Literal["left", "right"] = parameter("left", meaning="the side on which it is read")

    def measure(self, state: SolvedState) -> float:
        return state.interface_flux(self.of, self.interface, self.side)

    @property
    def reading_unit(self) -> str:
        return self.of.flux_unit
