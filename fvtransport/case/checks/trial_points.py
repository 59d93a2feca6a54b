"""A few points of the domain at the initial state, at which plugins are evaluated before anything is solved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from ...errors import CaseError, Mark, PluginError, Problem, plugin_call
from ...mesh.faces import Faces
from ...model.boundary import Boundary, fixes_field
from ...model.flux_view import FluxView
from ...model.handles import Field, Shared
from ...model.law import Law
from ...model.medium import Medium
from ...model.mixture import Mixture
from ...model.naming import name_of
from ...model.property import Property
from ...model.state import Terms
from ...model.views import BoundaryView, CellView, FaceView, View
from ..reading.builder import CaseBuilder
from .returned_values import as_terms, numbers

__all__ = ["PlaceMedium", "TracingMedium", "TrialStates", "at_positions", "check_traced", "safely"]

T = TypeVar("T")


class PlaceMedium:
    """A medium of which position and time alone are known; whatever else is read from it raises PluginError."""

    def __init__(self, regions: Mapping[str, int]) -> None:
        self.regions = regions

    def __getattr__(self, name: str) -> Any:
        raise PluginError(f"it depends on more than position and time ({name})")


class TracingMedium(Medium):
    """A medium that records which shared properties are requested, and which are unknown and taken as one."""

    def __init__(
        self, mixture: Mixture, properties: Mapping[Shared, Property], constants: Mapping[str, float],
        given: Mapping[Shared, Callable[[View], Any]] = {},
    ) -> None:  # fmt: skip
        super().__init__(mixture, properties, constants, given)
        self.numbers = {}  # so that views request every property
        self.requested: set[Shared] = set()
        self.assumed: set[Shared] = set()

    def property(self, handle: Shared) -> Any:
        self.requested.add(handle)
        try:
            return super().property(handle)
        except PluginError:
            self.assumed.add(handle)
            return lambda at: 1.0


@dataclass(frozen=True)
class _End:
    """One end of the line, as a boundary view needs it: the first or the last of the points."""

    position: np.ndarray
    faces: slice
    sign: float


class TrialStates:
    """The plugins of a case evaluated at a few points in a row (4, n), whose ends represent the boundaries."""

    def __init__(
        self, medium: TracingMedium, initial: Mapping[Field, Property], position: np.ndarray, t: float
    ) -> None:
        self.medium, self.t, self.position = medium, t, position
        rows = [_start(field, initial.get(field), self.position, medium.regions) for field in medium.fields]
        self.values = np.array(rows).reshape(len(rows), position.shape[1])
        self._faces = Faces.along(self.position)

    def trace_dependencies(self, handles: Iterable[Shared]) -> None:
        """Let the medium find which of the properties depend on position."""
        with np.errstate(all="ignore"):
            self.medium.trace_dependencies(self.values, self.position, handles)

    def cells(self, values: np.ndarray | None = None) -> CellView:
        """The points as cells."""
        return CellView(self.medium, self.t, self.values if values is None else values, self.position)

    def depends_on(self, handle: Shared, field: Field | None) -> bool:
        """Whether a shared property depends on a field, or on time where no field is given."""
        moved = self.values.copy()
        if field is not None:
            moved[self.medium.row[field]] += self._step(field)
        later = self.t if field is not None else self.t + 1.0
        with np.errstate(all="ignore"):
            before = self.medium.property(handle)(self.cells())
            after = self.medium.property(handle)(CellView(self.medium, later, moved, self.position))
        return not np.array_equal(before, after)

    def depends_on_fields(self, prop: Property) -> bool:
        """Whether a property has other values where all fields are others."""
        steps = np.array([self._step(field) for field in self.medium.fields])
        moved = self.values + steps[:, None]
        with np.errstate(all="ignore"):
            return not np.array_equal(prop(self.cells()), prop(self.cells(moved)), equal_nan=True)

    def flux(self, law: Law) -> Terms:
        """What a law moves through the faces between the points."""
        return as_terms(law.flux(FaceView(self.medium, self.t, self.values[:, :-1], self.values[:, 1:], self._faces)))

    def flux_view(self) -> FluxView:
        """The faces between the points as if nothing passed them."""
        left, right = self.values[:, :-1], self.values[:, 1:]
        return FluxView(self.medium, self.t, left, right, self._faces, np.zeros(left.shape), lambda mean: None)

    def source(self, law: Law, field: Field | None = None, step: float = 0.0) -> Terms:
        """What a law produces at the points, after a step of one field."""
        values = self.values.copy()
        if field is not None:
            values[self.medium.row[field]] += step
        return as_terms(law.source(self.cells(values)))

    def boundary(self, field: Field, boundary: str) -> BoundaryView:
        """An end of the line as the condition of a field sees it when nothing flows."""
        faces = slice(0, 1) if boundary == "left" else slice(self.position.shape[1] - 1, self.position.shape[1])
        end = _End(self.position[:, faces], faces, -1.0 if boundary == "left" else 1.0)
        return BoundaryView(
            self.medium, self.t, self.medium.row[field], self.values, np.zeros(self.position.shape[1]), end
        )

    def fixes(self, field: Field, condition: Boundary, boundary: str) -> bool:
        """Whether a condition depends on the field itself, and not on its flux alone."""
        return fixes_field(condition, self.boundary(field, boundary), self._step(field))

    def imposed(self, field: Field, condition: Boundary, boundary: str) -> float:
        """The outward flux that a condition imposes."""
        with np.errstate(all="ignore"):
            return float(np.mean(numbers(condition.outward_flux(self.boundary(field, boundary)), (1,))))

    def has_source(self, field: Field, law: Law) -> bool:
        """Whether the source of a law in the balance of a field depends on that field."""
        step = self._step(field)
        before, after = self.source(law), self.source(law, field, step)
        row = self.medium.row
        return any(
            row.get(key) == row[field] and not np.array_equal(np.asarray(term), np.asarray(after.get(key)))
            for key, term in before.items()
        )

    def produced(self, row: int, laws: Iterable[Law]) -> np.ndarray:
        """What some laws produce in one balance, at every point."""
        terms = [term for law in laws for key, term in self.source(law).items() if self.medium.row.get(key) == row]
        with np.errstate(all="ignore"):
            return sum((np.asarray(term, float) for term in terms), np.zeros(self.position.shape[1]))

    def _step(self, field: Field) -> float:
        return 1e-3 * max(1.0, float(np.abs(self.values[self.medium.row[field]]).max()))


def _start(field: Field, value: Property | None, position: np.ndarray, regions: Mapping[str, int]) -> np.ndarray:
    """The initial value of a field, or any in its range where there is none."""
    anything = np.full(position.shape[1], _inside(field))
    try:
        return anything if value is None else at_positions(value, position, regions)
    except (PluginError, ArithmeticError):  # reported where the initial values are checked
        return anything


def _inside(field: Field) -> float:
    """A value in the range of a field."""
    low, high = field.lower, field.upper
    if np.isfinite(low) and np.isfinite(high):
        return 0.5 * (low + high)
    return low + 1.0 if np.isfinite(low) else high - 1.0 if np.isfinite(high) else 1.0


def at_positions(value: Property, position: np.ndarray, regions: Mapping[str, int]) -> np.ndarray:
    """A property that depends on position and region at most, at points (4, n); regions are numbers by name.

    PluginError where it fails or depends on more.
    """
    view, what = View(PlaceMedium(regions), 0.0, position), f'property "{name_of(type(value))}"'
    with np.errstate(all="ignore"):
        return plugin_call(what, lambda: numbers(value(view), position.shape[1:]))


def check_traced(
    builder: CaseBuilder,
    trial: TrialStates,
    what: str,
    check: Callable[..., None],
    *arguments: Any,
    needs: Collection[str],
) -> None:
    """Make a check that reads values; it is skipped, and its findings dropped, if it used an unknown property."""
    diagnostics = builder.diagnostics
    before = len(diagnostics.problems)
    trial.medium.assumed.clear()
    builder.check(what, check, *arguments, needs=needs)
    if trial.medium.assumed:
        del diagnostics.problems[before:]
        diagnostics.skipped.append(what)


def safely(what: str, mark: Mark, call: Callable[[], T]) -> T:
    """The result of a call of a plugin, `what` in messages.

    Raises PluginError, which names the plugin, if the plugin fails, and CaseError for an arithmetic error, which is due
    to the numbers of the case. A fault of the core is passed on.
    """

    def attempt() -> T:
        with np.errstate(all="ignore"):
            try:
                return call()
            except ArithmeticError as error:
                text = f"{what} cannot be evaluated at the initial state: {error}"
                raise CaseError([Problem(mark, text)]) from None

    return plugin_call(f"{mark.source}:{mark.line}:{mark.column}: {what} failed at the initial state", attempt)
