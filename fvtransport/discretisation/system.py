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

from ..mesh.geometry import BoundaryFaces, Geometry
from ..mesh.interpolate import Interpolation
from ..mesh.reconstruction import FaceSlopes, Reconstruction, reconstruction_of
from ..model.boundary import Boundary
from ..model.flux_view import FluxView
from ..model.handles import Field
from ..model.law import Law
from ..model.medium import Medium
from ..model.mixture import Mixture
from ..model.observable import Observable
from ..model.property import properties_in
from ..model.state import State, Terms
from ..model.validation import Context, first_mistake
from ..model.views import BoundaryView, CellView, FaceView

__all__ = ["BoundaryEquation", "FaceStates", "FluxEvaluation", "System"]


@dataclass(frozen=True)
class BoundaryEquation:
    """One boundary condition at face_source: which wall, which balance, and whether it
    imposes the total outward flux.
    """

    boundary: BoundaryFaces
    row: int
    field: Field
    condition: Boundary

    @cached_property
    def has_storage(self) -> bool:
        """Whether the wall holds something of its own, so that its field is no mere consequence of the cells."""
        return type(self.condition).storage is not Boundary.storage

    @cached_property
    def prescribes(self) -> bool:
        """Whether the cell balance uses the number that the condition imposes; a storage
        takes up the difference to it.
        """
        return type(self.condition).outward_flux is not Boundary.outward_flux and not self.has_storage


class FaceStates(NamedTuple):
    """What the nodes say of faces: the states on both sides (balances, ..., faces), and the slopes (count, balances,
    ..., faces) that a reconstruction adds; None on an orthogonal mesh.
    """

    left: np.ndarray
    right: np.ndarray
    slopes: np.ndarray | None = None


class FluxEvaluation(NamedTuple):
    """What a state does: flux per area on faces, wall equations (by condition), source per volume in cells or None,
    per volume on faces what their fluxes produce, what of the flux the mixture carries, and per volume on faces what
    gathers (observables, ..., faces); None for what there is not.
    """

    flux: np.ndarray
    boundary_residuals: Sequence[np.ndarray]
    source: np.ndarray | None = None
    face_source: np.ndarray | None = None
    convective_flux: np.ndarray | None = None
    rate_densities: np.ndarray | None = None


class System:
    """The discrete balances  d/dt storage + sum of outward flows = source  with one equation per wall face.

    gathering are the observables whose densities are integrated over the domain and in time. conveying names the laws
    that move something without any gradient; all of them, until `survey` has looked.
    """

    def __init__(
        self,
        medium: Medium,
        laws: Mapping[str, Law],
        geometry: Geometry,
        boundary_equations: Iterable[BoundaryEquation],
        time_integrated: Iterable[Observable] = (),
    ) -> None:
        self.medium = medium
        self.geometry = geometry
        self.laws = dict(laws)
        self.boundary_equations = tuple(boundary_equations)
        self.time_integrated = tuple(time_integrated)
        self.balances = medium.balances
        self._fluxing = [law for law in self.laws.values() if type(law).flux is not Law.flux]
        self._sourcing = [law for law in self.laws.values() if type(law).source is not Law.source]
        self._working = [law for law in self.laws.values() if type(law).face_source is not Law.face_source]
        self._has_convective_flux = type(medium.mixture).convective_flux is not Mixture.convective_flux
        self._storing = [law for law in self.laws.values() if type(law).storage is not Law.storage]
        self.zero_gradient_laws = tuple(name for name, law in self.laws.items() if law in self._fluxing)
        self._uses_vectors = False

    @cached_property
    def reconstruction(self) -> Reconstruction | None:
        """What two nodes do not tell of a face; None on an orthogonal mesh where no law asks for gradient vectors."""
        return reconstruction_of(self.geometry, self._uses_vectors)

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
    def has_face_sources(self) -> bool:
        """Whether what passes the faces produces anything."""
        return bool(self._working)

    def evaluate(self, t: float, values: np.ndarray) -> FluxEvaluation:
        """Everything a state of shape (balances, nodes) does at time t."""
        source = self.sources(t, values[:, self.geometry.cells]) if self._sourcing else None
        return self.evaluate_faces(t, *self.on_faces(values))._replace(source=source)

    def on_faces(self, values: np.ndarray) -> FaceStates:
        """The states beside all faces and the slopes on them, from those of the nodes (balances, ..., nodes)."""
        slopes = None if self.reconstruction is None else self.reconstruction.slopes(values)
        return FaceStates(*self.geometry.faces.left_right(values), slopes)

    def _added(self, slopes: np.ndarray | None) -> FaceSlopes | None:
        return None if slopes is None or self.reconstruction is None else self.reconstruction.on_faces(slopes)

    def evaluate_faces(
        self, t: float, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None = None
    ) -> FluxEvaluation:
        """What passes the faces and follows from it, from the states on both sides (balances,
        ..., faces) and the slopes of `on_faces`; no sources.
        """
        flux = np.zeros(left.shape)
        face = self.flux_view(t, left, right, flux, slopes=slopes)
        rows = list(flux)
        for law in self._fluxing:
            self._add(rows, law.flux(face))
        if self._has_convective_flux:
            face.convective_flux = self.convective_flux(face)
            flux += face.convective_flux
        residuals = [self._apply(equation, t, left, right, flux) for equation in self.boundary_equations]
        produced = self._face_source(face) if self._working else None
        return FluxEvaluation(
            flux,
            residuals,
            None,
            produced,
            face.convective_flux,
            self._densities(face) if self.time_integrated else None,
        )

    def convective_flux(self, face: FluxView) -> np.ndarray:
        """What the mixture as a whole carries, (balances, ..., faces), where face has the fluxes of all laws."""
        convective_flux = np.zeros(face.fluxes.shape)
        self._add(list(convective_flux), self.medium.mixture.convective_flux(face))
        return convective_flux

    def _face_source(self, face: FluxView) -> np.ndarray:
        produced = np.zeros(face.fluxes.shape)
        for law in self._working:
            self._add(list(produced), law.face_source(face))
        return produced

    def _densities(self, face: FluxView) -> np.ndarray:
        """What gathers per volume and time on the faces, one row per gathering observable."""
        return np.stack(
            [np.broadcast_to(each.rate_density(face), face.fluxes.shape[1:]) for each in self.time_integrated]
        )

    def _apply(
        self, equation: BoundaryEquation, t: float, left: np.ndarray, right: np.ndarray, flux: np.ndarray
    ) -> np.ndarray:
        """The wall equation; where the condition imposes the flux, the faces then carry the imposed number."""
        boundary, own = equation.boundary, flux[equation.row]
        states = left if boundary.is_left else right
        view = BoundaryView(self.medium, t, equation.row, states, own, boundary)
        if not equation.prescribes:
            return equation.condition.residual(view)
        imposed = equation.condition.outward_flux(view)
        residual = view.flux - imposed
        own[..., boundary.faces] = boundary.sign * imposed
        return residual

    def stored_matrices(self, equation: BoundaryEquation, t: float, states: np.ndarray) -> np.ndarray:
        """What a wall holds per area, (..., faces of the wall), from the states of its nodes (balances,
        ..., faces of the wall).
        """
        boundary = equation.boundary
        view = BoundaryView(
            self.medium, t, equation.row, states, np.zeros(states.shape[1:]), replace(boundary, faces=slice(None))
        )
        return np.broadcast_to(equation.condition.storage(view), states.shape[1:])

    def flux_view(
        self,
        t: float,
        left: np.ndarray,
        right: np.ndarray,
        flux: np.ndarray,
        convective_flux: np.ndarray | None = None,
        slopes: np.ndarray | None = None,
    ) -> FluxView:
        """All faces with the flux that passes them, and what of it the mixture as a whole carries."""

        def flux_at_zero_gradient(mean: np.ndarray) -> np.ndarray | None:
            if not self.zero_gradient_laws:
                return None
            return sum(self.flux_at_zero_gradient(t, mean).values(), start=np.zeros(mean.shape))

        return FluxView(
            self.medium,
            t,
            left,
            right,
            self.geometry.faces,
            flux,
            flux_at_zero_gradient,
            self.reference,
            convective_flux,
            self._added(slopes),
        )

    def face_view(self, t: float, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None = None) -> FaceView:
        """All faces as laws see them, from the states of `on_faces`."""
        return FaceView(self.medium, t, left, right, self.geometry.faces, self._added(slopes))

    def fluxes(
        self, t: float, left: np.ndarray, right: np.ndarray, names: Iterable[str], slopes: np.ndarray | None = None
    ) -> dict[str, np.ndarray]:
        """Fluxes (balances, ..., faces) of those of the named laws that have one, from the states of `on_faces`."""
        return self._fluxes(self.face_view(t, left, right, slopes), left.shape, names)

    def dissipative_fluxes(self, t: float, left: np.ndarray, right: np.ndarray) -> dict[str, np.ndarray]:
        """What forces drive, (balances, ..., faces): the flux of each law, and of the bulk flow what produces entropy,
        with gradients between two nodes alone.
        """
        parts = self.fluxes(t, left, right, self.laws)
        if type(self.medium.mixture).dissipative_part is not Mixture.dissipative_part:
            face = self.flux_view(t, left, right, sum(parts.values(), start=np.zeros(left.shape)))
            if self.medium.mixture.dissipative_part(face):
                parts["bulk_flow"] = self.dissipative_part(face)
        return parts

    def dissipative_part(self, face: FluxView) -> np.ndarray:
        """What of the carried flux forces drive, (balances, ..., faces)."""
        dissipative_part = np.zeros(face.fluxes.shape)
        self._add(list(dissipative_part), self.medium.mixture.dissipative_part(face))
        return dissipative_part

    def _fluxes(self, face: FaceView, shape: tuple[int, ...], names: Iterable[str]) -> dict[str, np.ndarray]:
        parts = {}
        for name in names:
            if self.laws[name] in self._fluxing:
                parts[name] = np.zeros(shape)
                self._add(list(parts[name]), self.laws[name].flux(face))
        return parts

    def flux_at_zero_gradient(self, t: float, mean: np.ndarray) -> dict[str, np.ndarray]:
        """What laws move without any gradient or force, as by advection, from the states of the faces."""
        face = FaceView(self.medium.without_forces, t, mean, mean, self.geometry.faces)
        return self._fluxes(face, mean.shape, self.zero_gradient_laws)

    def trace_dependencies(self, t: float, values: np.ndarray) -> None:
        """Learn which laws move something without any gradient, from a state of shape (balances, nodes)."""
        self.zero_gradient_laws = tuple(
            name for name, flux in self.flux_at_zero_gradient(t, self.face_average(values)).items() if flux.any()
        )
        left, right = self.geometry.faces.left_right(values)
        face = self.face_view(t, left, right)
        self._fluxes(face, left.shape, self.laws)
        self._uses_vectors = face.asked_vector
        self.__dict__.pop("reconstruction", None)

    def face_average(self, values: np.ndarray) -> np.ndarray:
        """The state halfway between the nodes of each face, or at its centre on a skewed mesh."""
        states = self.on_faces(values)
        added = self._added(states.slopes)
        mean = 0.5 * (states.left + states.right)
        return mean if added is None or added.shift is None else mean + added.shift

    def sources(self, t: float, values: np.ndarray) -> np.ndarray:
        """Production per volume and time in cells, from states (balances, ..., cells)."""
        source = np.zeros(values.shape)
        cell = CellView(self.medium, t, values, self.geometry.cell_positions)
        for law in self._sourcing:
            self._add(list(source), law.source(cell))
        return source

    def storage(self, t: float, values: np.ndarray) -> np.ndarray:
        """Amount per volume of each balance in cells, from states (balances, ..., cells)."""
        return np.stack([self.stored(row, t, values) for row in range(len(self.balances))])

    def stored(self, row: int, t: float, values: np.ndarray) -> np.ndarray:
        """Amount per volume of one balance in cells, (..., cells)."""
        cell = CellView(self.medium, t, values, self.geometry.cell_positions)
        balance = self.balances[row]
        stored = np.broadcast_to(self.medium.mixture.storage(balance, cell), values.shape[1:])
        for law in self._storing:
            terms = law.storage(cell)
            stored = stored + terms.get(balance, 0.0) + terms.get(balance.field, 0.0)
        return stored

    def missing_value(self, t: float, values: np.ndarray) -> str:
        """Why some property has no value at a state (balances, nodes), '' where all of them have one."""
        nodes = CellView(self.medium, t, values, self.geometry.position)
        own = [*self.laws.values(), *(equation.condition for equation in self.boundary_equations)]
        found = [*self.medium.properties(), *(prop for each in own for prop in properties_in(each))]
        context = Context(mixture=self.medium.mixture, state=nodes)
        return next((text for prop in found if (text := first_mistake(prop.validate(context)))), "")

    def flux_by_law(self, t: float, values: np.ndarray) -> dict[str, np.ndarray]:
        """The flux of each law and of the bulk flow on all faces, (balances, faces); their sum
        is the flux that was solved.
        """
        left, right, slopes = self.on_faces(values)
        parts = self.fluxes(t, left, right, self.laws, slopes)
        if self._has_convective_flux:
            total = sum(parts.values(), start=np.zeros(left.shape))
            parts["bulk_flow"] = self.convective_flux(self.flux_view(t, left, right, total, slopes=slopes))
        return parts

    def divergence(self, evaluation: FluxEvaluation, flow: np.ndarray, out: np.ndarray) -> None:
        """Set out (balances, nodes) to what leaves each cell less what is made in it; flow = flux x area."""
        self.geometry.divergence(flow, out)
        if evaluation.source is not None:
            out[:, self.geometry.cells] -= evaluation.source * self.geometry.volume
        if evaluation.face_source is not None:
            self.geometry.scatter_to_cells(-evaluation.face_source * self.geometry.faces.volume, out)

    def produced(self, evaluation: FluxEvaluation) -> np.ndarray:
        """What sources and the work of fluxes make in the whole domain, (balances,)."""
        made = np.zeros(len(self.balances))
        if evaluation.source is not None:
            made += evaluation.source @ self.geometry.volume
        return made if evaluation.face_source is None else made + evaluation.face_source @ self.geometry.faces.volume

    def boundary_flow(self, evaluation: FluxEvaluation, boundary: BoundaryFaces) -> np.ndarray:
        """Flow out of the domain through one wall, for each balance."""
        return boundary.sign * (evaluation.flux[:, boundary.faces] * boundary.area).sum(axis=-1)

    def _add(self, rows: list[np.ndarray], terms: Terms) -> None:
        for key, term in terms.items():
            row = self.medium.row.get(key)
            if row is not None:
                np.add(rows[row], term, out=rows[row])
