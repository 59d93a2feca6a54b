"""Where a solve starts: initial values of the fields and their typical sizes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..case.model import Case, SteadySpec
from ..mesh.geometry import BoundaryFaces
from ..model.boundary import Boundary
from ..model.handles import Field
from ..model.views import BoundaryView, CellView
from .system import System

__all__ = ["field_sizes", "initial_values", "inner_state", "requested_values", "sample_times"]


_OTHERS = 0.5
_PARTS = (0.0, 0.2718281828, 0.6180339887, 1.0)


_ITERATIONS, _CONVERGED, _NEAR = 200, 1e-9, 1e-6


def sample_times(case: Case) -> list[float]:
    """Times at which what may depend on time is looked at, the start first."""
    spec = case.solve
    if isinstance(spec, SteadySpec):
        return [0.0]
    return [spec.start + part * (spec.until - spec.start) for part in _PARTS]


def inner_state(fields: Iterable[Field], values: np.ndarray) -> np.ndarray:
    """A state near the given one (fields, nodes) that is nowhere at a bound and nowhere zero."""
    rows = []
    for field, row in zip(fields, values):
        low, high = max(field.lower, float(row.min()) - 1.0), min(field.upper, float(row.max()) + 1.0)
        rows.append(row + 0.25 * (0.5 * (low + high) - row) + 0.01 * (high - low))
    return np.stack(rows)


def initial_values(case: Case, system: System, field: Field) -> np.ndarray:
    """Starting values of a field at the nodes; without any, a steady field starts from the values that its
    boundary conditions impose.
    """
    geometry = system.geometry
    prop = case.initial.get(field)
    if prop is not None:
        view = CellView(system.medium, 0.0, np.zeros((len(system.balances), geometry.nodes)), geometry.position)
        return np.broadcast_to(np.asarray(prop(view), float), (geometry.nodes,)).copy()
    if isinstance(case.solve, SteadySpec) and field in case.solve.means:
        return np.full(geometry.nodes, case.solve.means[field])
    requested = list(requested_values(system, field))
    return np.full(geometry.nodes, float(np.mean(requested)) if requested else 1.0)


def requested_values(system: System, field: Field) -> Iterable[float]:
    """The values that the conditions of a field impose without any flux."""
    for equation in system.boundary_equations:
        if equation.field is field:
            value = _root(system, equation.condition, equation.boundary, field)
            if value is not None:
                yield value


def _root(system: System, condition: Boundary, boundary: BoundaryFaces, field: Field) -> float | None:
    """The value that solves the condition without any flux, by Newton's method; one step where it is linear."""
    row, shape = system.medium.row[field], (len(system.balances), system.geometry.faces.area.size)

    def residual(value: float) -> float:
        state = np.full(shape, _OTHERS)
        state[row] = value
        view = BoundaryView(system.medium, 0.0, row, state, np.zeros(shape[1]), boundary)
        return float(np.mean(condition.residual(view)))

    with np.errstate(all="ignore"):
        at_zero, at_one = np.float64(residual(0.0)), np.float64(residual(1.0))
        root = -at_zero / (at_one - at_zero)
        for _ in range(_ITERATIONS):
            left = residual(root)
            if not np.isfinite(root + left):
                return None
            if abs(left) <= _CONVERGED * max(abs(at_zero), abs(at_one)):
                return float(root)
            near = root * (1.0 + _NEAR)
            root -= left * (near - root) / (residual(near) - left)
    return None


def field_sizes(system: System, values: np.ndarray) -> np.ndarray:
    """Typical size of each field, from its start and from the values that its boundary conditions impose; 1 where all
    are zero.
    """
    sizes = []
    for field, row in zip(system.medium.fields, values):
        size = max([float(np.abs(row).max()), *(abs(value) for value in requested_values(system, field))])
        sizes.append(size if size > 0.0 else 1.0)
    return np.array(sizes)
