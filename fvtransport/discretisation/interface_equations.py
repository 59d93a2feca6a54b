"""The equations on the two sides of an interface: the balances, and one condition for each field.

The equations of the left nodes are the balances  J(left) + production - J(right) = d/dt storage, those of the right
nodes the conditions  g(left, right, J) = 0; without a condition a field is continuous, g = left - right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..mesh.geometry import Geometry, InterfaceFaces
from ..model.interface import Interface, InterfaceView
from ..model.medium import Medium

__all__ = ["InterfaceEquations", "Side"]


class Side(NamedTuple):
    """State on one side of an interface, and the flux of its half-faces from left to right; (balances, ..., faces)."""

    state: np.ndarray
    flux: np.ndarray


@dataclass(frozen=True)
class InterfaceEquations:
    """The equations of one interface; conditions by the row of their field."""

    interface: InterfaceFaces
    conditions: Mapping[int, Interface]
    positions: tuple[np.ndarray, np.ndarray]

    @property
    def has_production(self) -> bool:
        """Whether a condition makes something on the interface."""
        return any(type(each).production is not Interface.production for each in self.conditions.values())

    @cached_property
    def stored(self) -> tuple[int, ...]:
        """The balances of which the interface stores an amount, so that it has a rate there."""
        return tuple(
            row for row, each in sorted(self.conditions.items()) if type(each).storage is not Interface.storage
        )

    @classmethod
    def on(
        cls, geometry: Geometry, interface: InterfaceFaces, conditions: Mapping[int, Interface]
    ) -> InterfaceEquations:
        """Those of an interface of a mesh."""
        centres = geometry.faces.centres
        return cls(interface, conditions, (centres[:, interface.left_faces], centres[:, interface.right_faces]))

    def sides(self, left: np.ndarray, right: np.ndarray, flux: np.ndarray) -> tuple[Side, Side]:
        """Both sides, from the states beside all faces and the flux through them, (balances, ..., faces)."""
        sign, own = self.interface.sign, (self.interface.left_faces, self.interface.right_faces)
        is_turned = sign < 0.0
        on_left = np.where(is_turned, left[..., own[0]], right[..., own[0]])
        on_right = np.where(is_turned, right[..., own[1]], left[..., own[1]])
        return Side(on_left, sign * flux[..., own[0]]), Side(on_right, sign * flux[..., own[1]])

    def couples(self, medium: Medium, t: float, values: np.ndarray, row: int, step: float) -> np.ndarray:
        """Faces (faces of the interface,) on which the condition of a field depends on the field on either side.

        values (balances, nodes); a step of the field is tried on each side.
        """
        residuals = []
        for on_left, on_right in ((0.0, 0.0), (step, 0.0), (0.0, step)):
            left, right = values[:, self.interface.left_nodes], values[:, self.interface.right_nodes]
            left[row] += on_left
            right[row] += on_right
            no_flux = np.zeros_like(left)
            residuals.append(self.terms(medium, t, Side(left, no_flux), Side(right, no_flux))[len(values) + row])
        return (residuals[1] != residuals[0]) | (residuals[2] != residuals[0])

    def terms(self, medium: Medium, t: float, left: Side, right: Side) -> np.ndarray:
        """What the interface produces per area and the residuals of the conditions, one row per balance each,
        (2 x balances, ..., faces of the interface).
        """
        count = len(left.state)
        on_left, on_right = np.broadcast_arrays(left.state, right.state)
        out_of_left, into_right = np.broadcast_arrays(left.flux, right.flux)
        terms = np.zeros((2 * count, *on_left.shape[1:]))
        for row in range(count):
            condition = self.conditions.get(row)
            if condition is None:
                terms[count + row] = on_left[row] - on_right[row]
                continue
            view = InterfaceView(medium, t, row, (on_left, on_right), (out_of_left, into_right), self.positions)
            terms[count + row] = condition.residual(view)
            for key, value in condition.production(view).items():
                if key in medium.row:
                    terms[medium.row[key]] += value
        return terms

    def stored_per_area(self, medium: Medium, t: float, row: int, states: np.ndarray) -> np.ndarray:
        """Amount of one balance that the interface stores per area, (..., faces of the interface), from the states of
        its left, then of its right nodes (2 x balances, ..., faces of the interface).
        """
        count, none = len(states) // 2, np.zeros((len(states) // 2, *states.shape[1:]))
        sides = (states[:count], states[count:])
        view = InterfaceView(medium, t, row, sides, (none, none), self.positions)
        return np.broadcast_to(self.conditions[row].storage(view), states.shape[1:])

    def stored_at(self, medium: Medium, t: float, row: int, values: np.ndarray) -> np.ndarray:
        """The same, (faces of the interface,), at a state of all nodes (balances, nodes)."""
        states = np.concatenate([values[:, self.interface.left_nodes], values[:, self.interface.right_nodes]])
        return self.stored_per_area(medium, t, row, states)
