"""Members of plugins that must be element-wise, each as a function of the points or faces at which it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from ...errors import Mark, PluginError, plugin_call
from ...mesh.faces import Faces
from ...model.boundary import Boundary
from ...model.flux_view import FluxView
from ...model.handles import Balance, Field
from ...model.interface import Interface, InterfaceView
from ...model.law import Law
from ...model.mixture import Mixture
from ...model.naming import name_of
from ...model.observable import Observable
from ...model.property import Property
from ...model.views import BoundaryView, CellView, FaceView
from ..reading.builder import CaseBuilder
from .returned_values import as_terms
from .trial_points import TrialStates
from .trial_variation import varied

__all__ = ["Evaluate", "TrialFaces", "tried_members"]

V = TypeVar("V")
Evaluate = Callable[[np.ndarray], Any]
Tried = tuple[Mark, str, Mapping[str, tuple[Evaluate, int]]]
"""The place of a plugin, its description, and its members, each with the number of its points."""


@dataclass(frozen=True)
class _Side:
    """Some of the faces as if they all belonged to one boundary."""

    position: np.ndarray
    area: np.ndarray
    faces: slice
    sign: float


class TrialFaces:
    """Views of some of the trial points, or of the faces between neighbours, in a state that varies along them.

    A view is kept, so that members which read the same shared properties at the same points evaluate them once.
    """

    def __init__(self, trial: TrialStates, laws: Mapping[str, Law]) -> None:
        self.trial, self.values = trial, varied(trial)
        self.count = trial.position.shape[1]
        self._faces = Faces.along(trial.position)
        self._views: dict[Any, Any] = {}
        self._flux = self._total_flux(laws)

    def cells(self, which: np.ndarray) -> CellView:
        """The points of these indices as cells."""
        medium, values, position = self.trial.medium, self.values[:, which], self.trial.position[:, which]
        return self._kept(("cells", *which), lambda: CellView(medium, self.trial.t, values, position))

    def faces(self, which: np.ndarray) -> FaceView:
        """The faces of these indices; face i joins point i to the next."""
        left, right, faces = self.values[:, which], self.values[:, which + 1], self._some_faces(which)
        return self._kept(("faces", *which), lambda: FaceView(self.trial.medium, self.trial.t, left, right, faces))

    def fluxes(self, which: np.ndarray) -> FluxView:
        """The same faces with the fluxes of all laws."""
        sides, flux = (self.values[:, which], self.values[:, which + 1]), self._flux[:, which]
        faces, medium, t = self._some_faces(which), self.trial.medium, self.trial.t
        return self._kept(("fluxes", *which), lambda: FluxView(medium, t, *sides, faces, flux, lambda mean: None))

    def boundary(self, field: Field, which: np.ndarray) -> BoundaryView:
        """The points at the left of these faces as faces of one boundary, through which the fluxes of the laws pass."""
        row, side = (
            self.trial.medium.row[field],
            _Side(self.trial.position[:, which], self._faces.area[which], slice(None), 1.0),
        )
        medium, values, flux = self.trial.medium, self.values[:, which], self._flux[row, which]
        return self._kept((field, *which), lambda: BoundaryView(medium, self.trial.t, row, values, flux, side))

    def interface(self, field: Field, regions: tuple[str, str], which: np.ndarray) -> InterfaceView:
        """These faces as faces between two regions, through which the fluxes of the laws pass."""
        states = self.values[:, which], self.values[:, which + 1]
        positions = []
        for region in regions:
            positions.append(self.trial.position[:, which])
            positions[-1][3] = self.trial.medium.regions[region]
        medium, flux = self.trial.medium, self._flux[:, which]
        return InterfaceView(medium, self.trial.t, medium.row[field], states, (flux, flux), tuple(positions))

    def _kept(self, key: Any, make: Callable[[], V]) -> V:
        if key not in self._views:
            self._views[key] = make()
        return self._views[key]

    def _some_faces(self, which: np.ndarray) -> Faces:
        faces = self._faces
        arrays = ("area", "inverse_distance", "left_weight", "centres", "normal", "left_position", "right_position")
        some = {name: getattr(faces, name)[..., which] for name in arrays}
        return replace(faces, left=which, right=which + 1, **some)

    def _total_flux(self, laws: Mapping[str, Law]) -> np.ndarray:
        """The flux of every balance by all laws through all faces, (balances, faces)."""
        total = np.zeros((len(self.trial.medium.balances), self.count - 1))
        face = self.faces(np.arange(self.count - 1))
        for name, law in laws.items():
            try:
                with np.errstate(all="ignore"):
                    terms = plugin_call(f"law {name}", lambda law=law: as_terms(law.flux(face)))
            except (PluginError, ArithmeticError):  # this state is beyond the reach of the law
                continue
            for key, term in terms.items():
                if (row := self.trial.medium.row.get(key)) is not None:
                    total[row] += term
        return total


def tried_members(builder: CaseBuilder, points: TrialFaces) -> Iterator[Tried]:
    """Every plugin of a case; properties come first, because the others use them, and laws before the bulk flow."""
    mark = builder.mark("mixture", key=True)
    for handle, prop in builder.placeholder.provides().items():
        yield mark, f"property {handle.name}", {"its value": _value(prop, points)}
    for given in builder.properties:
        if given.value is not None and given.value.constant is None:
            yield given.mark, f"property {given.name}", {"its value": _value(given.value, points)}
    yield mark, f"mixture {builder.mixture_name}", _of_mixture(builder, points)
    for read in builder.laws:
        yield read.selection.mark, f"law {read.selection.name}", _of_law(read.law, points)
    if (flow := builder.placeholder.flow) is not None:
        yield mark, f"bulk flow {name_of(type(flow))}", _of_flow(builder.placeholder, points)
    yield from _conditions(builder, points)
    for observed in builder.observe:
        if type(observed.observable).rate_density is not Observable.rate_density:
            density = _on_fluxes(observed.observable.rate_density, points)
            yield builder.mark("observe", observed.name), f"observable {observed.plugin}", {"rate_density": density}


def _conditions(builder: CaseBuilder, points: TrialFaces) -> Iterator[Tried]:
    """Conditions on boundaries and interfaces, each once for a field."""
    tried: list[tuple[Field, Boundary]] = []
    for boundary, entries in builder.boundaries.items():
        for field, entry in entries.items():
            if (field, entry.condition) in tried:
                continue
            tried.append((field, entry.condition))
            mark = builder.mark("boundaries", "default" if entry.is_default else boundary, field.name)
            yield mark, f"condition {entry.name}", _of_boundary(entry.condition, field, points)
    for regions, pairs in builder.interfaces.items():
        for field, each in pairs.items():
            mark = builder.mark("interfaces", "-".join(regions), field.name)
            yield mark, f"condition {each.name}", _of_interface(each.condition, field, regions, points)


def _value(prop: Property, points: TrialFaces) -> tuple[Evaluate, int]:
    return lambda which: prop(points.cells(which)), points.count


def _on_fluxes(member: Callable[[FluxView], Any], points: TrialFaces) -> tuple[Evaluate, int]:
    return lambda which: member(points.fluxes(which)), points.count - 1


def _own(plugin: Any, interface: type, members: Mapping[str, Evaluate], count: int) -> dict[str, tuple[Evaluate, int]]:
    """The members that a plugin states itself."""
    mine = {name for name in members if getattr(type(plugin), name) is not getattr(interface, name)}
    return {name: (evaluate, count) for name, evaluate in members.items() if name in mine}


def _of_mixture(builder: CaseBuilder, points: TrialFaces) -> Mapping[str, tuple[Evaluate, int]]:
    mixture = builder.placeholder

    def stored(balance: Balance) -> Evaluate:
        return lambda which: mixture.storage(balance, points.cells(which))

    members: dict[str, Evaluate] = {"metric": lambda which: mixture.metric(points.cells(which))}
    if mixture.has_enthalpies:
        members["molar_enthalpies"] = lambda which: tuple(mixture.molar_enthalpies(points.cells(which)))
    if builder.is_transient:
        members["internal_energy"] = lambda which: mixture.internal_energy(points.cells(which))
    found = _own(mixture, Mixture, members, points.count)
    if builder.is_transient:
        found |= {f"storage of {balance.name}": (stored(balance), points.count) for balance in mixture.balances}
    return found


def _of_law(law: Law, points: TrialFaces) -> Mapping[str, tuple[Evaluate, int]]:
    on_faces: dict[str, Evaluate] = {
        "flux": lambda which: law.flux(points.faces(which)),
        "face_source": lambda which: law.face_source(points.fluxes(which)),
    }
    in_cells: dict[str, Evaluate] = {
        "source": lambda which: law.source(points.cells(which)),
        "storage": lambda which: law.storage(points.cells(which)),
    }
    return _own(law, Law, on_faces, points.count - 1) | _own(law, Law, in_cells, points.count)


def _of_flow(mixture: Mixture, points: TrialFaces) -> Mapping[str, tuple[Evaluate, int]]:
    return {
        "total flux": _on_fluxes(mixture.total_flux, points),
        "convective flux": _on_fluxes(mixture.convective_flux, points),
    }


def _of_boundary(condition: Boundary, field: Field, points: TrialFaces) -> Mapping[str, tuple[Evaluate, int]]:
    """The members of a condition, but for a storage that belongs to the boundary as a whole."""
    members: dict[str, Evaluate] = {
        "outward_flux": lambda which: condition.outward_flux(points.boundary(field, which)),
        "residual": lambda which: condition.residual(points.boundary(field, which)),
    }
    if not condition.is_shared:
        members["storage"] = lambda which: condition.storage(points.boundary(field, which))
    return _own(condition, Boundary, members, points.count - 1)


def _of_interface(
    condition: Interface, field: Field, regions: tuple[str, str], points: TrialFaces
) -> Mapping[str, tuple[Evaluate, int]]:
    members: dict[str, Evaluate] = {
        "flux": lambda which: condition.flux(points.interface(field, regions, which)),
        "residual": lambda which: condition.residual(points.interface(field, regions, which)),
        "production": lambda which: condition.production(points.interface(field, regions, which)),
        "storage": lambda which: condition.storage(points.interface(field, regions, which)),
    }
    return _own(condition, Interface, members, points.count - 1)
