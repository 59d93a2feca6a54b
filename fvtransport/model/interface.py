"""The interface of a condition between two materials, and what it sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .averages import Averages
from .handles import Balance, Field
from .parameters import Declared
from .reaction import OpposedRates
from .state import Terms
from .views import CellView

if TYPE_CHECKING:
    from .medium import Medium

__all__ = ["Interface", "InterfaceView", "flux_of_field"]


class InterfaceView(Averages):
    """The faces between two materials, seen by the condition of one field; fluxes are positive from left to right.

    left and right are the states on the two sides, each with the coefficients of its own material, so that
    `face.left[field]` is one-sided. Shapes (..., faces of the interface).
    """

    def __init__(
        self, medium: Medium, t: float, row: int, states: tuple[np.ndarray, np.ndarray],
        fluxes: tuple[np.ndarray, np.ndarray], positions: tuple[np.ndarray, np.ndarray],
    ) -> None:  # fmt: skip
        self.medium, self.t, self._row = medium, t, row
        self._states, self._fluxes, self._positions = states, fluxes, positions

    @cached_property
    def left(self) -> CellView:
        """The state on the left side of the interface."""
        return CellView(self.medium, self.t, self._states[0], self._positions[0])

    @cached_property
    def right(self) -> CellView:
        """The state on the right side of the interface."""
        return CellView(self.medium, self.t, self._states[1], self._positions[1])

    @property
    def mixture(self) -> Any:
        """The mixture of the case."""
        return self.medium.mixture

    @property
    def field(self) -> Field:
        """The field that the condition is for."""
        return self.balance.field

    @property
    def balance(self) -> Balance:
        """The balance whose field the condition is for."""
        return self.medium.balances[self._row]

    @property
    def jump(self) -> Any:
        """The field on the left less the field on the right."""
        return self._states[0][self._row] - self._states[1][self._row]

    @property
    def flux(self) -> Any:
        """Total flux of the balance that leaves the left material, per area; of energy with the enthalpy it carries."""
        return self._fluxes[0][self._row]

    @property
    def flux_into_right(self) -> Any:
        """Total flux of the balance that enters the right material, per area."""
        return self._fluxes[1][self._row]

    @property
    def fluxes(self) -> tuple[np.ndarray, np.ndarray]:
        """Total fluxes of all balances that leave the left material and that enter the right one, (balances, ...,
        faces of the interface) each.
        """
        return self._fluxes

    @property
    def reduced_flux(self) -> Any:
        """`flux` less what the species carry with them of its balance, by `Mixture.transported`: of the energy the
        reduced heat flux q' = J_e - sum_i h_i N_i.
        """
        amounts = self.mixture.transported(self.left, self.right).get(self.field, {})
        return self.flux - sum(each * flux_of_field(self.medium, self._fluxes[0], f) for f, each in amounts.items())

    def solves(self, key: Field | Balance) -> bool:
        """Whether a field, or the balance of one, is solved for."""
        return key in self.medium.row

    def flux_of(self, key: Field | Balance) -> Any:
        """Total flux of any balance that leaves the left material, per area."""
        return self._fluxes[0][self.medium.row[key]]


class Interface(Declared):
    """The condition of one field between two materials: one equation for each face of the interface.

    State either the total flux from left to right that the states on both sides give, or any equation
    g(left, right, flux, t) = 0. The balances are closed by the core: flux out of the left material + production =
    d/dt storage + flux into the right material. So is the entropy production: the core computes it from the fluxes and
    the potentials of both sides, and the condition states only what the mixture does not know. `production` is what the
    interface itself makes, `storage` the amount on it in the balance of the field; in a steady state d/dt storage = 0.
    Where no condition is given, a field is continuous. Shapes are (..., faces of the interface).
    """

    def flux(self, face: InterfaceView) -> Any:
        """Total flux of the field's balance from left to right, per area."""
        raise NotImplementedError

    def residual(self, face: InterfaceView) -> Any:
        """What must vanish on each face of the interface."""
        return face.flux - self.flux(face)

    def production(self, face: InterfaceView) -> Terms:
        """Amount that the interface makes per area and time in each balance, by a reaction or a heat of transfer."""
        return {}

    def reactions(self, face: InterfaceView) -> Sequence[OpposedRates]:
        """The reactions that make up `production`, by their opposed rates per area, for the audit; always as many."""
        return ()

    def storage(self, face: InterfaceView) -> Any:
        """Amount per area on the interface, a function of the states on both sides; not of time or of any flux."""
        raise NotImplementedError

    def potential_jumps(self, face: InterfaceView) -> Mapping[Field, Any]:
        """Jumps of mu_i/T of species, right less left at one temperature, by their mole fractions: where the condition
        relates activities of its own, they replace those of the mixture.

        With these a state in which the condition lets nothing pass must have no jump. A jump of 0 for the last species
        says that it does not pass, as the material itself.
        """
        return {}

    def further_entropy_production(self, face: InterfaceView) -> Any | None:
        """Entropy that is produced per area and time by what the fluxes of the balances do not say: by a reaction, rate
        times affinity/T, in place of what the mixture makes of `production`; by a flow that is not solved for.

        None where the condition cannot tell; the interface is then not judged. A condition with a production that
        states neither this nor `potential_jumps` is not judged.
        """
        raise NotImplementedError


def flux_of_field(medium: Any, fluxes: np.ndarray, field: Field) -> Any:
    """Flux of the balance of a field, or of the last species, from those of all balances (balances, ..., faces)."""
    if field in medium.row:
        return fluxes[medium.row[field]]
    return sum(coefficient * fluxes[medium.row[key]] for key, coefficient in medium.mixture.last_flux.items())
