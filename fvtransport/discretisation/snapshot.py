"""The solution at one time: fields, flows, totals and amounts, as observables and balances read them."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property

import numpy as np

from ..case.model import PhaseOccurrence
from ..mesh.geometry import BoundaryFaces
from ..model.flux_view import FluxView
from ..model.handles import Balance, Field, Shared
from ..model.mixture import Mixture
from ..model.observable import Observable
from ..model.views import CellView
from ..outcome import Stopped
from .flux_evaluation import FluxEvaluation
from .flux_record import FluxRecord
from .jacobian import Jacobian
from .surface_states import solve_surface_states
from .system import System

__all__ = ["Snapshot"]


class Snapshot:
    """The state at time t: values (balances, nodes) and, in time-dependent runs, the totals since the start.

    left_through[row, boundary name] is the amount that has left through a boundary, produced (balances,) the amount
    that the sources have produced, time_integral the integrals of the densities of system.time_integrated. All are
    unknowns of the solved system, not sums over stored output. occurrence is the phase of a protocol and its cycle.
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

        The integrator solves boundary states to its tolerance; here they satisfy their equations to round-off, for the
        same cells, so that on boundaries too the fluxes of the laws sum to the flux that is reported. Where they cannot
        be solved, as in the last state of a run that failed, they are those of the integrator.
        """
        if self._jacobian is None:
            return self.solved
        with np.errstate(all="ignore"), suppress(Stopped):
            return solve_surface_states(self.system, self._jacobian, self.t, self.solved)
        return self.solved

    @property
    def is_steady(self) -> bool:
        """Whether this is a steady state, with rates but no totals."""
        return self._left_through is None

    @cached_property
    def evaluation(self) -> FluxEvaluation:
        """Fluxes, boundary residuals and sources of this state."""
        return self.system.evaluate(self.t, self.values)

    @cached_property
    def nodes(self) -> CellView:
        """A view of all nodes, those on boundaries included."""
        return CellView(self.system.medium, self.t, self.values, self.system.geometry.position)

    def row(self, balance: Balance) -> int:
        """Row of a balance in the state."""
        return self.system.medium.row[balance]

    def boundary(self, name: str) -> BoundaryFaces:
        """The boundary of that name."""
        return self.system.geometry.boundaries[name]

    @property
    def mixture(self) -> Mixture:
        """The mixture of the case."""
        return self.system.medium.mixture

    @property
    def volumes(self) -> np.ndarray:
        """Volumes of the cells [m^3], (cells,)."""
        return self.system.geometry.volume

    @property
    def dimension(self) -> int:
        """Number of space dimensions of the mesh."""
        return self.system.geometry.dimension

    @property
    def cell_view(self) -> CellView:
        """The cells as they were solved."""
        geometry = self.system.geometry
        return CellView(self.system.medium, self.t, self.solved[:, geometry.cells], geometry.cell_positions)

    def solves(self, key: Field | Balance) -> bool:
        """Whether a field, or the balance of one, is solved for."""
        return key in self.system.medium.row

    def at_nodes(self, quantity: Field | Shared) -> np.ndarray:
        """A field or shared property at all nodes, (nodes,)."""
        return np.broadcast_to(self.nodes[quantity], self.values.shape[1:])

    def cells(self, quantity: Field | Shared) -> np.ndarray:
        """A field or shared property in the cells, (cells,)."""
        return self.at_nodes(quantity)[self.system.geometry.cells]

    def along_x(self, field: Field) -> tuple[np.ndarray, np.ndarray]:
        """Coordinates x [m] of all nodes in rising order, and the field there."""
        order = np.argsort(self.system.geometry.position[0], kind="stable")
        return self.system.geometry.position[0][order], self.at_nodes(field)[order]

    def in_region(self, region: str) -> np.ndarray:
        """Which cells lie in a region of the mesh, (cells,)."""
        return self.nodes.inside(region)[self.system.geometry.cells]

    def on_boundary(self, quantity: Field | Shared, name: str) -> np.ndarray:
        """A field or shared property on the faces of a boundary, (faces of the boundary,)."""
        return self.at_nodes(quantity)[self.boundary(name).nodes]

    def boundary_view(self, name: str) -> CellView:
        """The state on the faces of a boundary."""
        nodes, geometry = self.boundary(name).nodes, self.system.geometry
        return CellView(self.system.medium, self.t, self.values[:, nodes], geometry.position[:, nodes])

    def boundary_areas(self, name: str) -> np.ndarray:
        """Areas of the faces of a boundary [m^2]."""
        return self.boundary(name).area

    def through(self, on_faces: np.ndarray, name: str) -> np.ndarray:
        """What has a value on all faces (faces,), on those of a boundary."""
        return np.broadcast_to(on_faces, self.system.geometry.faces.area.shape)[self.boundary(name).faces]

    def boundary_mean(self, on_faces: np.ndarray, name: str) -> float:
        """Mean over a boundary, by area, of what has a value on all faces (faces,), such as a flux."""
        return float(np.average(self.through(on_faces, name), weights=self.boundary(name).area))

    def outflow(self, balance: Balance, name: str) -> float:
        """Rate at which a balance leaves through a boundary, over its whole area."""
        return float(self.evaluation.outflow(self.boundary(name))[self.row(balance)])

    def flux(self, balance: Balance, name: str) -> float:
        """Mean flux through a boundary along the face normal (+x at the ends of a line), per area."""
        boundary = self.boundary(name)
        return boundary.sign * self.outflow(balance, name) / float(boundary.area.sum())

    def interface_mean(self, quantity: Field | Shared, interface: str, side: str) -> float:
        """Mean of a field or shared property over the `left` or `right` side of an interface, named `left-right`."""
        geometry, own = self.system.geometry, self.system.geometry.interface(interface)
        nodes, faces = (own.left_nodes, own.left_faces) if side == "left" else (own.right_nodes, own.right_faces)
        view = CellView(self.system.medium, self.t, self.values[:, nodes], geometry.faces.centres[:, faces])
        return float(np.average(np.broadcast_to(view[quantity], own.area.shape), weights=own.area))

    def interface_flux(self, balance: Balance, interface: str, side: str) -> float:
        """Mean flux of a balance from left to right on one side of an interface, per area."""
        own = self.system.geometry.interface(interface)
        faces = own.left_faces if side == "left" else own.right_faces
        return float(np.average(own.sign * self.evaluation.flux[self.row(balance), faces], weights=own.area))

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
        """Integral of the density of an observable over the domain and since the start."""
        if self._time_integrals is None or observable not in self.system.time_integrated:
            raise ValueError("only an observable with a density, in a run in time, has an integral in time")
        return float(self._time_integrals[self.system.time_integrated.index(observable)])

    def domain_integral(self, observable: Observable) -> float:
        """Integral over the domain of the rate density of an observable, at this instant."""
        density = np.broadcast_to(observable.rate_density(self.flux_view), self.system.geometry.faces.volume.shape)
        return float(density @ self.system.geometry.faces.volume)

    @cached_property
    def flux_view(self) -> FluxView:
        """All faces with the flux that passes them."""
        left, right, slopes = self.system.fluxes.on_faces(self.values)
        flux, convective = self.evaluation.flux, self.evaluation.convective_flux
        return self.system.fluxes.view(self.t, left, right, flux, convective, slopes)

    @cached_property
    def fluxes(self) -> FluxRecord:
        """Fluxes on all faces: total, convective, dissipative, and by law."""
        return FluxRecord.of(self.system, self.t, self.values, self.evaluation, self.flux_view)

    def amount(self, balance: Balance) -> float:
        """Amount of a balance in the domain, in the cells and on the interfaces between them."""
        geometry, row = self.system.geometry, self.row(balance)
        amount = float(self.system.stored(row, self.t, self.solved[:, geometry.cells]) @ geometry.volume)
        for each in self.system.interfaces:
            if row in each.stored:
                amount += float(each.stored_at(self.system.medium, self.t, row, self.solved) @ each.interface.area)
        return amount

    def mean(self, field: Field) -> float:
        """Volume mean of a field."""
        volume = self.system.geometry.volume
        return float(self.cells(field) @ volume / volume.sum())

    def value(self, field: Field, x: float, y: float = 0.0, z: float = 0.0) -> float:
        """A field at a point, linear between nodes, so of second order; NaN outside the mesh."""
        values = np.broadcast_to(self.nodes[field], self.values.shape[1:])
        return float(self.system.interpolation(values, np.array([[x], [y], [z]]))[0])
