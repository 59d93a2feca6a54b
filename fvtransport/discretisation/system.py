"""All laws on one mesh: fluxes, wall conditions, sources and storage of any state.

Arrays have shape (balances, ..., n): the row is the balance, n runs over nodes, faces or cells, and axes between carry
perturbed states. Fluxes point along the face normal, from the left node to the right node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..mesh.geometry import Geometry, Wall
from ..mesh.interpolate import Interpolation
from ..model.boundary import Boundary
from ..model.flux_view import ExchangeView
from ..model.handles import Field
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.observable import Observable
from ..model.property import properties_in
from ..model.state import State, Terms
from ..model.views import CellView, FaceView, WallView

__all__ = ["Condition", "Rates", "System"]


@dataclass(frozen=True)
class Condition:
    """One boundary condition at work: which wall, which balance, and whether it imposes the total outward flux."""

    wall: Wall
    slot: int
    field: Field
    boundary: Boundary

    @cached_property
    def holds(self) -> bool:
        """Whether the wall holds something of its own, so that its field is no mere consequence of the cells."""
        return type(self.boundary).holds is not Boundary.holds

    @cached_property
    def prescribes(self) -> bool:
        """Whether the cell balance uses the number that the condition imposes."""
        return type(self.boundary).outward_flux is not Boundary.outward_flux


class Rates(NamedTuple):
    """What a state does: flux per area on faces, wall equations (by condition), source per volume in cells or None,
    per volume on faces what their fluxes produce, what of the flux the mixture carries, and per volume on faces what
    gathers (observables, ..., faces); None for what there is not."""

    flux: np.ndarray
    walls: Sequence[np.ndarray]
    source: np.ndarray | None = None
    work: np.ndarray | None = None
    carried: np.ndarray | None = None
    densities: np.ndarray | None = None


class System:
    """The discrete balances  d/dt storage + sum of outward flows = source  with one equation per wall face.

    gathering are the observables whose densities are integrated over the domain and in time. conveying names the laws
    that move something without any gradient; all of them, until `survey` has looked.
    """

    def __init__(
        self, medium: Medium, laws: Mapping[str, Law], geometry: Geometry, conditions: Iterable[Condition],
        gathering: Iterable[Observable] = (),
    ) -> None:  # fmt: skip
        self.medium = medium
        self.geometry = geometry
        self.laws = dict(laws)
        self.conditions = tuple(conditions)
        self.gathering = tuple(gathering)
        self.balances = medium.balances
        self._fluxing = [law for law in self.laws.values() if type(law).flux is not Law.flux]
        self._sourcing = [law for law in self.laws.values() if type(law).source is not Law.source]
        self._working = [law for law in self.laws.values() if type(law).work is not Law.work]
        self._carries = type(medium.mixture).carried is not Mixture.carried
        self._storing = [law for law in self.laws.values() if type(law).storage is not Law.storage]
        self.conveying = tuple(name for name, law in self.laws.items() if law in self._fluxing)

    @cached_property
    def reference(self) -> State | None:
        """The state that the model is linearised about; None for a full model."""
        states = (law.linearised_about for law in self.laws.values())
        return next((state for state in states if state is not None), None)

    @cached_property
    def interpolation(self) -> Interpolation:
        """Values of fields between the nodes."""
        return Interpolation(self.geometry)

    @property
    def has_sources(self) -> bool:
        """Whether any law produces anything, in cells or on faces."""
        return bool(self._sourcing or self._working)

    @property
    def has_local_sources(self) -> bool:
        """Whether any law produces anything from the state of a cell."""
        return bool(self._sourcing)

    @property
    def has_work(self) -> bool:
        """Whether what passes the faces produces anything."""
        return bool(self._working)

    def rates(self, t: float, values: np.ndarray) -> Rates:
        """Everything a state of shape (balances, nodes) does at time t."""
        source = self.sources(t, values[:, self.geometry.cells]) if self._sourcing else None
        return self.exchange(t, *self.geometry.faces.sides(values))._replace(source=source)

    def exchange(self, t: float, left: np.ndarray, right: np.ndarray) -> Rates:
        """What passes the faces and follows from it, from the states on both sides (balances, ..., faces); no sources."""
        flux = np.zeros(left.shape)
        face = self.exchange_view(t, left, right, flux)
        rows = list(flux)
        for law in self._fluxing:
            self._add(rows, law.flux(face))
        if self._carries:
            face.carried = self.carried(face)
            flux += face.carried
        walls = [self._apply(condition, t, left, right, flux) for condition in self.conditions]
        work = self._work(face) if self._working else None
        return Rates(flux, walls, None, work, face.carried, self._densities(face) if self.gathering else None)

    def carried(self, face: ExchangeView) -> np.ndarray:
        """What the mixture as a whole carries, (balances, ..., faces), where face has the fluxes of all laws."""
        carried = np.zeros(face.fluxes.shape)
        self._add(list(carried), self.medium.mixture.carried(face))
        return carried

    def _work(self, face: ExchangeView) -> np.ndarray:
        work = np.zeros(face.fluxes.shape)
        for law in self._working:
            self._add(list(work), law.work(face))
        return work

    def _densities(self, face: ExchangeView) -> np.ndarray:
        """What gathers per volume and time on the faces, one row per gathering observable."""
        return np.stack([np.broadcast_to(each.density(face), face.fluxes.shape[1:]) for each in self.gathering])

    def _apply(
        self, condition: Condition, t: float, left: np.ndarray, right: np.ndarray, flux: np.ndarray
    ) -> np.ndarray:
        """The wall equation; where the condition imposes the flux, the faces then carry the imposed number."""
        wall, own = condition.wall, flux[condition.slot]
        states = left if wall.is_left else right
        view = WallView(self.medium, t, condition.slot, states, own, wall)
        if not condition.prescribes:
            return condition.boundary.residual(view)
        imposed = condition.boundary.outward_flux(view)
        equation = view.flux - imposed
        own[..., wall.faces] = wall.sign * imposed
        return equation

    def held(self, condition: Condition, t: float, states: np.ndarray) -> np.ndarray:
        """What a wall holds per area, (..., faces of the wall), from the states of its nodes (balances, ..., faces of the wall)."""
        wall = condition.wall
        view = WallView(
            self.medium, t, condition.slot, states, np.zeros(states.shape[1:]), replace(wall, faces=slice(None))
        )
        return np.broadcast_to(condition.boundary.holds(view), states.shape[1:])

    def exchange_view(
        self, t: float, left: np.ndarray, right: np.ndarray, flux: np.ndarray, carried: np.ndarray | None = None
    ) -> ExchangeView:
        """All faces with the flux that passes them, and what of it the mixture as a whole carries."""

        def conveyed(mean: np.ndarray) -> np.ndarray | None:
            return sum(self.conveyed(t, mean).values()) if self.conveying else None

        return ExchangeView(self.medium, t, left, right, self.geometry.faces, flux, conveyed, self.reference, carried)

    def fluxes(self, t: float, left: np.ndarray, right: np.ndarray, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Fluxes (balances, ..., faces) of those of the named laws that have one, from the states on both sides."""
        return self._fluxes(FaceView(self.medium, t, left, right, self.geometry.faces), left.shape, names)

    def driven_fluxes(self, t: float, left: np.ndarray, right: np.ndarray) -> dict[str, np.ndarray]:
        """What forces drive, (balances, ..., faces): the flux of each law, and of the bulk flow what produces entropy."""
        parts = self.fluxes(t, left, right, self.laws)
        if type(self.medium.mixture).driven is not Mixture.driven:
            face = self.exchange_view(t, left, right, sum(parts.values(), np.zeros(left.shape)))
            if self.medium.mixture.driven(face):
                parts["bulk_flow"] = self.driven(face)
        return parts

    def driven(self, face: ExchangeView) -> np.ndarray:
        """What of the carried flux forces drive, (balances, ..., faces)."""
        driven = np.zeros(face.fluxes.shape)
        self._add(list(driven), self.medium.mixture.driven(face))
        return driven

    def _fluxes(self, face: FaceView, shape: tuple[int, ...], names: Iterable[str]) -> dict[str, np.ndarray]:
        parts = {}
        for name in names:
            if self.laws[name] in self._fluxing:
                parts[name] = np.zeros(shape)
                self._add(list(parts[name]), self.laws[name].flux(face))
        return parts

    def conveyed(self, t: float, mean: np.ndarray) -> dict[str, np.ndarray]:
        """What laws move without any gradient or force, as by advection, from the states of the faces."""
        face = FaceView(self.medium.without_forces, t, mean, mean, self.geometry.faces)
        return self._fluxes(face, mean.shape, self.conveying)

    def survey(self, t: float, values: np.ndarray) -> None:
        """Learn which laws move something without any gradient, from a state of shape (balances, nodes)."""
        self.conveying = tuple(name for name, flux in self.conveyed(t, self.halfway(values)).items() if flux.any())

    def halfway(self, values: np.ndarray) -> np.ndarray:
        """The state halfway between the nodes of each face."""
        faces = self.geometry.faces
        return 0.5 * (values[:, faces.left] + values[:, faces.right])

    def sources(self, t: float, values: np.ndarray) -> np.ndarray:
        """Production per volume and time in cells, from states (balances, ..., cells)."""
        source = np.zeros(values.shape)
        cell = CellView(self.medium, t, values, self.geometry.cell_place)
        for law in self._sourcing:
            self._add(list(source), law.source(cell))
        return source

    def storage(self, t: float, values: np.ndarray) -> np.ndarray:
        """Amount per volume of each balance in cells, from states (balances, ..., cells)."""
        return np.stack([self.stored(slot, t, values) for slot in range(len(self.balances))])

    def stored(self, slot: int, t: float, values: np.ndarray) -> np.ndarray:
        """Amount per volume of one balance in cells, (..., cells)."""
        cell = CellView(self.medium, t, values, self.geometry.cell_place)
        balance = self.balances[slot]
        stored = np.broadcast_to(self.medium.mixture.storage(balance, cell), values.shape[1:])
        for law in self._storing:
            terms = law.storage(cell)
            stored = stored + terms.get(balance, 0.0) + terms.get(balance.field, 0.0)
        return stored

    def objection(self, t: float, values: np.ndarray) -> str:
        """Why some property has no value at a state (balances, nodes), '' where none objects."""
        nodes = CellView(self.medium, t, values, self.geometry.place)
        own = [*self.laws.values(), *(condition.boundary for condition in self.conditions)]
        found = [*self.medium.properties(), *(prop for each in own for prop in properties_in(each))]
        return next((text for prop in found if (text := prop.objection(nodes))), "")

    def flux_by_law(self, t: float, values: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law and of the bulk flow on all faces, (balances, faces); their sum is the flux that was solved."""
        left, right = self.geometry.faces.sides(values)
        parts = self.fluxes(t, left, right, self.laws)
        if self._carries:
            parts["bulk_flow"] = self.carried(self.exchange_view(t, left, right, sum(parts.values())))
        return parts

    def outflow(self, rates: Rates, flow: np.ndarray, out: np.ndarray) -> None:
        """Set out (balances, nodes) to what leaves each cell less what is made in it; flow = flux x area."""
        self.geometry.outflow(flow, out)
        if rates.source is not None:
            out[:, self.geometry.cells] -= rates.source * self.geometry.volume
        if rates.work is not None:
            self.geometry.deposit(-rates.work * self.geometry.faces.span, out)

    def produced(self, rates: Rates) -> np.ndarray:
        """What sources and the work of fluxes make in the whole domain, (balances,)."""
        made = np.zeros(len(self.balances))
        if rates.source is not None:
            made += rates.source @ self.geometry.volume
        return made if rates.work is None else made + rates.work @ self.geometry.faces.span

    def boundary_flow(self, rates: Rates, wall: Wall) -> np.ndarray:
        """Flow out of the domain through one wall, for each balance."""
        return wall.sign * (rates.flux[:, wall.faces] * wall.area).sum(axis=-1)

    def _add(self, rows: list[np.ndarray], terms: Terms) -> None:
        slot = self.medium.slot
        for key, term in terms.items():
            row = slot.get(key)
            if row is not None:
                np.add(rows[row], term, out=rows[row])
