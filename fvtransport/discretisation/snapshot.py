"""What a solution says at one time: fields, flows, totals and amounts, as observables and balances read them."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ..case.model import PhaseOccurrence
from ..mesh.geometry import BoundaryFaces
from ..model.flux_view import FluxView
from ..model.handles import Balance, Field
from ..model.observable import Observable
from ..model.views import CellView
from .boundary_states import solve_boundary_states
from .jacobian import Jacobian
from .system import FluxEvaluation, System

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
        time_integral: np.ndarray | None = None,
        occurrence: PhaseOccurrence | None = None,
    ) -> None:
        self.occurrence = occurrence
        self.system, self.t, self.solved, self._jacobian = system, t, values, jacobian
        self._left_through, self._produced, self._time_integrals = left_through, produced, time_integral

    @cached_property
    def values(self) -> np.ndarray:
        """The fields at the nodes, (balances, nodes).

        The integrator holds wall states to its tolerance; here they satisfy their equations to round-off, for the same
        cells, so that on the walls too the fluxes of the laws sum to the flux that is reported.
        """
        if self._jacobian is None:
            return self.solved
        with np.errstate(all="ignore"):
            return solve_boundary_states(self.system, self._jacobian, self.t, self.solved)

    @property
    def is_steady(self) -> bool:
        """Whether this is a steady state, with rates but no totals."""
        return self._left_through is None

    @cached_property
    def evaluation(self) -> FluxEvaluation:
        """Fluxes, wall equations and sources of this state."""
        return self.system.evaluate(self.t, self.values)

    @cached_property
    def nodes(self) -> CellView:
        """A view of all nodes, walls included."""
        return CellView(self.system.medium, self.t, self.values, self.system.geometry.position)

    def row(self, balance: Balance) -> int:
        """Row of a balance in the state."""
        return self.system.medium.row[balance]

    def boundary(self, name: str) -> BoundaryFaces:
        """The boundary of that name."""
        return self.system.geometry.boundaries[name]

    def cells(self, field: Field) -> np.ndarray:
        """A field in the cells, solved, known or closed."""
        return np.broadcast_to(self.nodes[field], self.values.shape[1:])[self.system.geometry.cells]

    def on_boundary(self, field: Field, name: str) -> np.ndarray:
        """A field on the faces of a boundary."""
        return np.broadcast_to(self.nodes[field], self.values.shape[1:])[self.boundary(name).nodes]

    def outflow(self, balance: Balance, name: str) -> float:
        """Rate at which a balance leaves through a boundary, over its whole area."""
        return float(self.system.boundary_flow(self.evaluation, self.boundary(name))[self.row(balance)])

    def flux(self, balance: Balance, name: str) -> float:
        """Mean flux through a boundary along the face normal (+x at the ends of a line), per area."""
        boundary = self.boundary(name)
        return boundary.sign * self.outflow(balance, name) / float(boundary.area.sum())

    def cumulative_outflow(self, balance: Balance, name: str) -> float:
        """Amount that has left through a boundary since the start."""
        if self._left_through is None:
            raise ValueError("a steady state has flows, but no amounts since a start")
        return self._left_through[self.row(balance), name]

    def cumulative_production(self, balance: Balance) -> float:
        """Amount that the sources have produced since the start."""
        if self._produced is None:
            raise ValueError("a steady state has rates, but no amounts since a start")
        return float(self._produced[self.row(balance)])

    def time_integral(self, observable: Observable) -> float:
        """What has gathered of the density of an observable since the start."""
        if self._time_integrals is None or observable not in self.system.time_integrated:
            raise ValueError("only an observable of a run in time, with a density of its own, gathers")
        return float(self._time_integrals[self.system.time_integrated.index(observable)])

    def rate(self, observable: Observable) -> float:
        """Integral over the domain of the density of an observable, at this instant."""
        density = np.broadcast_to(observable.rate_density(self.flux_view), self.system.geometry.faces.volume.shape)
        return float(density @ self.system.geometry.faces.volume)

    @cached_property
    def flux_view(self) -> FluxView:
        """All faces with the flux that passes them."""
        faces = self.system.geometry.faces
        left, right = self.values[:, faces.left], self.values[:, faces.right]
        return self.system.flux_view(self.t, left, right, self.evaluation.flux, self.evaluation.convective_flux)

    def amount(self, balance: Balance) -> float:
        """Amount of a balance in the domain."""
        geometry = self.system.geometry
        stored = self.system.stored(self.row(balance), self.t, self.solved[:, geometry.cells])
        return float(stored @ geometry.volume)

    def mean(self, field: Field) -> float:
        """Volume mean of a field."""
        volume = self.system.geometry.volume
        return float(self.cells(field) @ volume / volume.sum())

    def value(self, field: Field, x: float, y: float = 0.0, z: float = 0.0) -> float:
        """A field at a point, linear between nodes, so of second order; NaN outside the mesh."""
        values = np.broadcast_to(self.nodes[field], self.values.shape[1:])
        return float(self.system.interpolation(values, np.array([[x], [y], [z]]))[0])
