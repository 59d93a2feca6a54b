"""What a solution says at one time: fields, flows, totals and amounts, as observables and balances read them."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ..case.model import Stage
from ..mesh.geometry import Wall
from ..model.flux_view import ExchangeView
from ..model.handles import Balance, Field
from ..model.observable import Observable
from ..model.views import CellView
from .boundary_states import settle
from .jacobian import Jacobian
from .system import Rates, System

__all__ = ["Snapshot"]


class Snapshot:
    """The state at time t: values (balances, nodes) and, in time-dependent runs, what has passed so far.

    left_through[slot, wall name] is the amount that has left through a wall since the start, produced (balances,) is
    what the sources have made, gathered what the densities of system.gathering have come to. All are unknowns of the
    solved system, not sums over stored output. stage is the phase of a protocol that it belongs to.
    """

    def __init__(
        self,
        system: System,
        t: float,
        values: np.ndarray,
        left_through: dict[tuple[int, str], float] | None = None,
        produced: np.ndarray | None = None,
        jacobian: Jacobian | None = None,
        gathered: np.ndarray | None = None,
        stage: Stage | None = None,
    ) -> None:
        self.stage = stage
        self.system, self.t, self.solved, self._jacobian = system, t, values, jacobian
        self._left_through, self._produced, self._gathered = left_through, produced, gathered

    @cached_property
    def values(self) -> np.ndarray:
        """The fields at the nodes, (balances, nodes).

        The integrator holds wall states to its tolerance; here they satisfy their equations to round-off, for the same
        cells, so that on the walls too the fluxes of the laws sum to the flux that is reported.
        """
        if self._jacobian is None:
            return self.solved
        with np.errstate(all="ignore"):
            return settle(self.system, self._jacobian, self.t, self.solved)

    @property
    def is_steady(self) -> bool:
        """Whether this is a steady state, with rates but no totals."""
        return self._left_through is None

    @cached_property
    def rates(self) -> Rates:
        """Fluxes, wall equations and sources of this state."""
        return self.system.rates(self.t, self.values)

    @cached_property
    def nodes(self) -> CellView:
        """A view of all nodes, walls included."""
        return CellView(self.system.medium, self.t, self.values, self.system.geometry.place)

    def slot(self, balance: Balance) -> int:
        """Row of a balance in the state."""
        return self.system.medium.slot[balance]

    def wall(self, name: str) -> Wall:
        """The boundary of that name."""
        return self.system.geometry.walls[name]

    def cells(self, field: Field) -> np.ndarray:
        """A field in the cells, solved, known or closed."""
        return np.broadcast_to(self.nodes[field], self.values.shape[1:])[self.system.geometry.cells]

    def on_wall(self, field: Field, name: str) -> np.ndarray:
        """A field on the faces of a boundary."""
        return np.broadcast_to(self.nodes[field], self.values.shape[1:])[self.wall(name).nodes]

    def outflow(self, balance: Balance, name: str) -> float:
        """Rate at which a balance leaves through a boundary, over its whole area."""
        return float(self.system.boundary_flow(self.rates, self.wall(name))[self.slot(balance)])

    def flux(self, balance: Balance, name: str) -> float:
        """Mean flux through a boundary along the face normal (+x at the ends of a line), per area."""
        wall = self.wall(name)
        return wall.sign * self.outflow(balance, name) / float(wall.area.sum())

    def has_left(self, balance: Balance, name: str) -> float:
        """Amount that has left through a boundary since the start."""
        if self._left_through is None:
            raise ValueError("a steady state has flows, but no amounts since a start")
        return self._left_through[self.slot(balance), name]

    def has_been_produced(self, balance: Balance) -> float:
        """Amount that the sources have produced since the start."""
        if self._produced is None:
            raise ValueError("a steady state has rates, but no amounts since a start")
        return float(self._produced[self.slot(balance)])

    def gathered(self, observable: Observable) -> float:
        """What has gathered of the density of an observable since the start."""
        if self._gathered is None or observable not in self.system.gathering:
            raise ValueError("only an observable of a run in time, with a density of its own, gathers")
        return float(self._gathered[self.system.gathering.index(observable)])

    def rate(self, observable: Observable) -> float:
        """Integral over the domain of the density of an observable, at this instant."""
        density = np.broadcast_to(observable.density(self.exchange), self.system.geometry.faces.span.shape)
        return float(density @ self.system.geometry.faces.span)

    @cached_property
    def exchange(self) -> ExchangeView:
        """All faces with the flux that passes them."""
        faces = self.system.geometry.faces
        left, right = self.values[:, faces.left], self.values[:, faces.right]
        return self.system.exchange_view(self.t, left, right, self.rates.flux, self.rates.carried)

    def amount(self, balance: Balance) -> float:
        """Amount of a balance in the domain."""
        geometry = self.system.geometry
        stored = self.system.stored(self.slot(balance), self.t, self.solved[:, geometry.cells])
        return float(stored @ geometry.volume)

    def mean(self, field: Field) -> float:
        """Volume mean of a field."""
        volume = self.system.geometry.volume
        return float(self.cells(field) @ volume / volume.sum())

    def value(self, field: Field, x: float, y: float = 0.0, z: float = 0.0) -> float:
        """A field at a point, linear between nodes, so of second order; NaN outside the mesh."""
        values = np.broadcast_to(self.nodes[field], self.values.shape[1:])
        return float(self.system.interpolation(values, np.array([[x], [y], [z]]))[0])
