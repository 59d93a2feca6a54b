"""Every law and property must be element-wise: what it gives at one point depends on the state of that point alone.

Each member is evaluated on a state that differs from point to point, and once more on some of the points in another
order. A mean, a maximum or a sum over faces or cells gives another value then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...errors import Mark, PluginError
from ...mesh.faces import Faces
from ...model.flux_view import FluxView
from ...model.handles import Balance, Field
from ...model.law import Law
from ...model.mixture import Mixture
from ...model.property import Property
from ...model.views import CellView, FaceView
from ..reading.builder import CaseBuilder
from .trial_points import TrialStates
from .trial_variation import varied

__all__ = ["check_elementwise", "differing"]

_SAME = 1e-9
Evaluate = Callable[[np.ndarray], Any]


def check_elementwise(builder: CaseBuilder, trial: TrialStates) -> None:
    """Raise PluginError for the first law or property whose value at a point depends on which others are there."""
    points = _Points(trial)
    if trial.position.shape[1] < 3:
        return
    for mark, what, members in _plugins(builder, points):
        for name, (evaluate, count) in members.items():
            if text := differing(evaluate, count):
                raise PluginError(f"{mark.source}:{mark.line}:{mark.column}: {what} must be element-wise: {name}{text}")


def differing(evaluate: Evaluate, count: int) -> str:
    """How the terms at some of `count` points differ from those at the same points among all, '' where they agree.

    evaluate gives a mapping of terms, or one value, at the points of the given indices. A member that fails for all
    points is none of this check's business.
    """
    some = np.array([count - 2, 0])
    try:
        with np.errstate(all="ignore"):
            whole = _terms(evaluate(np.arange(count)))
    except Exception:  # reported at the initial state, or the state tried here is beyond the plugin's reach
        return ""
    try:
        with np.errstate(all="ignore"):
            part = _terms(evaluate(some))
    except Exception as error:
        return f" fails when some points are left out ({type(error).__name__}: {error})"
    for key, value in whole.items():
        all_points = np.broadcast_to(np.asarray(value, float), (count,))
        if key not in part or np.shape(part[key]) not in ((), (some.size,)):
            return f"{_of(key)} has another shape when some points are left out"
        if not _is_same(all_points[some], part[key], np.abs(all_points[np.isfinite(all_points)]).max(initial=0.0)):
            cause = "a mean, maximum or sum over points is not allowed"
            return f"{_of(key)} at one point changed when others were left out; {cause}"
    return ""


def _is_same(one: np.ndarray, other: Any, size: float) -> bool:
    return bool(np.allclose(one, np.asarray(other, float), rtol=_SAME, atol=_SAME * 1e-3 * size, equal_nan=True))


def _terms(value: Any) -> Mapping[Any, Any]:
    """Terms by what they are of; those of vectors and of the rows of a matrix by their indices."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, tuple):
        return {None: value}
    nested = {i: _terms(each) for i, each in enumerate(value)}
    return {i if key is None else f"{i}, {key}": each for i, own in nested.items() for key, each in own.items()}


def _of(key: Any) -> str:
    return f" of {key.name}" if isinstance(key, (Field, Balance)) else "" if key is None else f" [{key}]"


class _Points:
    """Views of some of the trial points, or of the faces between neighbours, in a varied state."""

    def __init__(self, trial: TrialStates) -> None:
        self.trial, self.values = trial, varied(trial)
        self.count = trial.position.shape[1]
        self._faces = Faces.along(trial.position)

    def cells(self, which: np.ndarray) -> CellView:
        """The points of these indices as cells."""
        return CellView(self.trial.medium, self.trial.t, self.values[:, which], self.trial.position[:, which])

    def faces(self, which: np.ndarray) -> FaceView:
        """The faces of these indices; face i joins point i to the next."""
        return FaceView(self.trial.medium, self.trial.t, *self._sides(which), self._some_faces(which))

    def fluxes(self, which: np.ndarray) -> FluxView:
        """The same faces as if nothing passed them."""
        left, right = self._sides(which)
        flux = np.zeros(left.shape)
        return FluxView(self.trial.medium, self.trial.t, left, right, self._some_faces(which), flux, lambda mean: None)

    def _sides(self, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.values[:, which], self.values[:, which + 1]

    def _some_faces(self, which: np.ndarray) -> Faces:
        faces = self._faces
        arrays = ("area", "inverse_distance", "left_weight", "centres", "normal", "left_position", "right_position")
        some = {name: getattr(faces, name)[..., which] for name in arrays}
        return replace(faces, left=which, right=which + 1, **some)


Member = tuple[Evaluate, int]


def _plugins(builder: CaseBuilder, points: _Points) -> Iterator[tuple[Mark, str, Mapping[str, Member]]]:
    """Every property and law of a case: its place, its description, its members with the number of their points."""
    mark = builder.mark("mixture", key=True)  # properties come first, because the laws use them
    for handle, prop in builder.placeholder.provides().items():
        yield mark, f"property {handle.name}", {"its value": _value(prop, points)}
    for given in builder.properties:
        if given.value is not None and given.value.constant is None:
            yield given.mark, f"property {given.name}", {"its value": _value(given.value, points)}
    if builder.is_transient:
        yield mark, f"mixture {builder.mixture_name}", _stored(builder.placeholder, points)
    for read in builder.laws:
        yield read.selection.mark, f"law {read.selection.name}", _members(read.law, points)


def _value(prop: Property, points: _Points) -> Member:
    return lambda which: prop(points.cells(which)), points.count


def _stored(mixture: Mixture, points: _Points) -> Mapping[str, Member]:
    def stored(balance: Balance) -> Evaluate:
        return lambda which: mixture.storage(balance, points.cells(which))

    return {f"storage of {balance.name}": (stored(balance), points.count) for balance in mixture.balances}


def _members(law: Law, points: _Points) -> Mapping[str, Member]:
    members: dict[str, Member] = {
        "flux": (lambda which: law.flux(points.faces(which)), points.count - 1),
        "source": (lambda which: law.source(points.cells(which)), points.count),
        "storage": (lambda which: law.storage(points.cells(which)), points.count),
        "face_source": (lambda which: law.face_source(points.fluxes(which)), points.count - 1),
    }
    return {name: each for name, each in members.items() if getattr(type(law), name) is not getattr(Law, name)}
