"""What an observable reads: the solved state at one time, fields and fluxes by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from .flux_view import FluxView
from .handles import Balance, Field, Shared
from .mixture import Mixture
from .views import View

if TYPE_CHECKING:
    from .observable import Observable

__all__ = ["SolvedState"]


class SolvedState(Protocol):
    """A solution at time t [s]. A boundary is named as in the case; fluxes are per area along the face normal, which
    points along +x on a line; an outflow is positive out of the domain.

    Raises ValueError for amounts since the start where the state is steady and has none.
    """

    t: float

    @property
    def mixture(self) -> Mixture:
        """The mixture of the case."""

    @property
    def nodes(self) -> View:
        """All nodes, cells and boundary faces: nodes[handle] is a number or has shape (nodes,)."""

    @property
    def flux_view(self) -> FluxView:
        """All faces with the fluxes through them, shape (faces,), and the thermodynamic forces."""

    @property
    def cell_view(self) -> View:
        """The cells as they were solved."""

    @property
    def volumes(self) -> np.ndarray:
        """Volumes of the cells [m^3], (cells,)."""

    @property
    def dimension(self) -> int:
        """Number of space dimensions of the mesh."""

    def solves(self, key: Field | Balance) -> bool:
        """Whether a field, or the balance of one, is solved for."""

    def cells(self, quantity: Field | Shared) -> np.ndarray:
        """A field or shared property in the cells, (cells,)."""

    def at_nodes(self, quantity: Field | Shared) -> np.ndarray:
        """A field or shared property at all nodes, (nodes,)."""

    def along_x(self, field: Field) -> tuple[np.ndarray, np.ndarray]:
        """Coordinates x [m] of all nodes in rising order, and the field there; on a line, its ends included."""

    def in_region(self, region: str) -> np.ndarray:
        """Which cells lie in a region of the mesh, (cells,)."""

    def on_boundary(self, quantity: Field | Shared, boundary: str) -> np.ndarray:
        """A field or shared property on the faces of a boundary, (faces of the boundary,)."""

    def boundary_view(self, boundary: str) -> View:
        """The state on the faces of a boundary."""

    def boundary_areas(self, boundary: str) -> np.ndarray:
        """Areas of the faces of a boundary [m^2]."""

    def boundary_mean(self, on_faces: np.ndarray, boundary: str) -> float:
        """Mean over a boundary, by area, of what has a value on all faces (faces,), such as a flux."""

    def through(self, on_faces: np.ndarray, boundary: str) -> np.ndarray:
        """What has a value on all faces (faces,), on those of a boundary."""

    def outflow(self, balance: Balance, boundary: str) -> float:
        """Rate at which a balance leaves the domain through a boundary, over its whole area."""

    def flux(self, balance: Balance, boundary: str) -> float:
        """Mean flux of a balance through a boundary along the face normal."""

    def interface_mean(self, quantity: Field | Shared, interface: str, side: str) -> float:
        """Mean of a field or shared property over the `left` or `right` side of an interface, named `left-right`."""

    def interface_flux(self, balance: Balance, interface: str, side: str) -> float:
        """Mean flux of a balance from left to right on one side of an interface, per area."""

    def cumulative_outflow(self, balance: Balance, boundary: str) -> float:
        """Amount that has left the domain through a boundary since the start."""

    def cumulative_production(self, balance: Balance) -> float:
        """Amount that the sources have produced since the start."""

    def amount(self, balance: Balance) -> float:
        """Amount of a balance in the domain."""

    def mean(self, field: Field) -> float:
        """Volume mean of a field."""

    def value(self, field: Field, x: float, y: float = 0.0, z: float = 0.0) -> float:
        """A field at a point [m], linear between nodes, of second order; NaN outside the mesh."""

    def domain_integral(self, observable: Observable) -> float:
        """Integral over the domain of the rate density of an observable, at this instant."""

    def time_integral(self, observable: Observable) -> float:
        """Integral over the domain and over time of the rate density of an observable, since the start."""
