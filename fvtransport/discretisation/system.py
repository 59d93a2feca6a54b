"""The discrete balances of all laws on one mesh: fluxes, boundary conditions, sources and storage of any state.

Arrays have shape (balances, ..., n): n runs over nodes, faces or cells, and axes between carry perturbed states.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from ..mesh.geometry import Geometry
from ..mesh.interpolate import Interpolation
from ..model.flux_view import FluxView
from ..model.law import Law
from ..model.medium import Medium
from ..model.observable import Observable
from ..model.property import properties_in
from ..model.state import State
from ..model.validation import Context, first_mistake
from ..model.views import CellView
from .boundary_equation import BoundaryEquation
from .face_fluxes import FaceFluxes
from .flux_evaluation import FluxEvaluation
from .interface_equations import InterfaceEquations
from .sum_terms import sum_terms

__all__ = ["System"]


class System:
    """The discrete balances  d/dt storage + sum of outward flows = source  with one equation per boundary face.

    time_integrated are the observables whose densities are integrated over the domain and in time; reference is the
    state that the model is linearised about, None for a full model.
    """

    def __init__(
        self,
        medium: Medium,
        laws: Mapping[str, Law],
        geometry: Geometry,
        boundary_equations: Iterable[BoundaryEquation],
        time_integrated: Iterable[Observable] = (),
        interfaces: Iterable[InterfaceEquations] | None = None,
    ) -> None:
        self.medium = medium
        self.geometry = geometry
        self.laws = dict(laws)
        self.boundary_equations = tuple(boundary_equations)
        self.time_integrated = tuple(time_integrated)
        continuous = (InterfaceEquations.on(geometry, each, {}) for each in geometry.interfaces)
        self.interfaces = tuple(continuous if interfaces is None else interfaces)
        self.balances = medium.balances
        states = (law.linearised_about for law in self.laws.values())
        self.reference: State | None = next((state for state in states if state is not None), None)
        self.fluxes = FaceFluxes(medium, self.laws, geometry, self.reference)
        self._with_source = [law for law in self.laws.values() if type(law).source is not Law.source]
        self._with_face_source = [law for law in self.laws.values() if type(law).face_source is not Law.face_source]
        self._with_storage = [law for law in self.laws.values() if type(law).storage is not Law.storage]

    def with_medium(self, medium: Medium) -> System:
        """The same system with another medium of the same balances."""
        own = copy.copy(self)
        own.medium, own.fluxes = medium, self.fluxes.with_medium(medium)
        return own

    @cached_property
    def interpolation(self) -> Interpolation:
        """Values of fields between the nodes."""
        return Interpolation(self.geometry)

    @property
    def has_sources(self) -> bool:
        """Whether anything is produced, in cells, on faces or on interfaces."""
        return self.has_local_sources or self.has_face_sources or any(each.has_production for each in self.interfaces)

    @property
    def has_local_sources(self) -> bool:
        """Whether any law produces anything from the state of a cell."""
        return bool(self._with_source)

    @property
    def has_face_sources(self) -> bool:
        """Whether the flux through the faces produces anything."""
        return bool(self._with_face_source)

    def evaluate(self, t: float, values: np.ndarray) -> FluxEvaluation:
        """Fluxes, boundary residuals and sources of a state of shape (balances, nodes) at time t [s]."""
        source = self.sources(t, values[:, self.geometry.cells]) if self._with_source else None
        left, right, slopes = self.fluxes.on_faces(values)
        found = self.evaluate_faces(t, left, right, slopes)
        if source is None and not self.interfaces:
            return found
        terms = [each.terms(self.medium, t, *each.sides(left, right, found.flux)) for each in self.interfaces]
        return found._replace(source=source, interface_terms=terms)

    def evaluate_faces(
        self, t: float, left: np.ndarray, right: np.ndarray, slopes: np.ndarray | None = None
    ) -> FluxEvaluation:
        """The same without the sources in cells, from the states on both sides of the faces (balances, ..., faces) and
        the slopes on them, as `fluxes.on_faces` gives them.
        """
        face = self.fluxes.evaluate(t, left, right, slopes)
        flux = face.fluxes
        return FluxEvaluation(
            flux,
            [each.residual(self.medium, t, left, right, flux) for each in self.boundary_equations],
            None,
            self._face_source(face) if self._with_face_source else None,
            face.convective_flux,
            self._rate_densities(face) if self.time_integrated else None,
        )

    def _face_source(self, face: FluxView) -> np.ndarray:
        terms = (law.face_source(face) for law in self._with_face_source)
        return sum_terms(np.zeros(face.fluxes.shape), self.medium.row, terms)

    def _rate_densities(self, face: FluxView) -> np.ndarray:
        """Densities of the observables that are integrated in time, (observables, ..., faces)."""
        shape = face.fluxes.shape[1:]
        return np.stack([np.broadcast_to(each.rate_density(face), shape) for each in self.time_integrated])

    def sources(self, t: float, values: np.ndarray) -> np.ndarray:
        """Production per volume and time in cells, from states (balances, ..., cells)."""
        cell = CellView(self.medium, t, values, self.geometry.cell_positions)
        return sum_terms(np.zeros(values.shape), self.medium.row, (law.source(cell) for law in self._with_source))

    def storage(self, t: float, values: np.ndarray) -> np.ndarray:
        """Amount per volume of each balance in cells, from states (balances, ..., cells)."""
        return np.stack([self.stored(row, t, values) for row in range(len(self.balances))])

    def stored(self, row: int, t: float, values: np.ndarray) -> np.ndarray:
        """Amount per volume of one balance in cells, (..., cells)."""
        cell = CellView(self.medium, t, values, self.geometry.cell_positions)
        balance = self.balances[row]
        stored = np.broadcast_to(self.medium.mixture.storage(balance, cell), values.shape[1:])
        for law in self._with_storage:
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
