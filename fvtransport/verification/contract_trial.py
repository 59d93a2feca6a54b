"""A case at states that differ from node to node, and the comparisons that every contract check makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from ..case.model import Case, TransientSpec
from ..discretisation.boundary_equation import BoundaryEquation
from ..discretisation.build import build
from ..errors import FvtransportError, plugin_call
from ..model.flux_view import FluxView
from ..model.handles import Balance, Field
from ..model.views import BoundaryView, CellView, FaceView, View
from .contract_error import ContractError

__all__ = ["MISFITS", "STATES", "ContractTrial", "name_of", "same", "stacking", "started"]

STATES = 3
"""How many states are stacked."""
_LEAST, _MOST, _SMALL = 0.90, 0.97, 0.01
MISFITS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the core raises where it meets a result of a plugin that is of a wrong kind or shape."""


class ContractTrial:
    """The discrete system of a case and states (balances, STATES, nodes) near its start, with gradients everywhere."""

    def __init__(self, case: Case) -> None:
        self.case, self.discretised = case, build(case)
        self.system, self.t = self.discretised.system, self.discretised.t
        values, scale = self.discretised.values, self.discretised.scale[:, None, None]
        factors = np.random.default_rng(1).uniform(_LEAST, _MOST, (values.shape[0], STATES, values.shape[1]))
        start = np.repeat(values[:, None], STATES, axis=1)
        self.states = np.where(start == 0.0, _SMALL * factors * scale, factors * start)

    @cached_property
    def changed(self) -> np.ndarray:
        """The states with other values in one cell in the middle."""
        moved = self.states.copy()
        moved[..., self._middle] *= 0.95
        return moved

    @cached_property
    def other_cells(self) -> np.ndarray:
        """Whether each cell is not the changed one."""
        return self._cell_nodes != self._middle

    @cached_property
    def other_faces(self) -> np.ndarray:
        """Whether each face does not touch the changed cell."""
        faces, every = self.system.geometry.faces, np.arange(self.system.geometry.nodes)
        return (every[faces.left] != self._middle) & (every[faces.right] != self._middle)

    @property
    def _cell_nodes(self) -> np.ndarray:
        return np.arange(self.system.geometry.nodes)[self.system.geometry.cells]

    @property
    def _middle(self) -> int:
        return int(self._cell_nodes[self._cell_nodes.size // 2])

    @property
    def until(self) -> float:
        """The end of the run, or the start where the case is steady [s]."""
        return self.case.solve.until if isinstance(self.case.solve, TransientSpec) else self.t

    @property
    def beyond_data(self) -> str:
        """Why some property has no value at one of the states; values that are not finite are then no breach."""
        return next((text for k in range(STATES) if (text := self.system.missing_value(self.t, self.states[:, k]))), "")

    def cells(self, states: np.ndarray, t: float | None = None) -> CellView:
        """The cells of states (balances, ..., nodes)."""
        geometry = self.system.geometry
        return CellView(
            self.system.medium, self.t if t is None else t, states[..., geometry.cells], geometry.cell_positions
        )

    def nodes(self, states: np.ndarray) -> View:
        """All nodes."""
        return CellView(self.system.medium, self.t, states, self.system.geometry.position)

    def faces(self, states: np.ndarray, swapped: bool = False) -> FaceView:
        """All faces; swapped, with their normals the other way."""
        return FaceView(self.system.medium, self.t, *self._sides(states, swapped))

    def fluxes(self, states: np.ndarray, flux: np.ndarray, swapped: bool = False) -> FluxView:
        """All faces with fluxes (balances, ..., faces); swapped, with their normals and fluxes the other way."""
        own = -flux if swapped else flux
        return FluxView(self.system.medium, self.t, *self._sides(states, swapped), own, lambda mean: None)

    def _sides(self, states: np.ndarray, swapped: bool) -> tuple[np.ndarray, np.ndarray, Any]:
        faces = self.system.geometry.faces
        left, right = states[..., faces.left], states[..., faces.right]
        if not swapped:
            return left, right, faces
        turned = replace(
            faces,
            left_weight=1.0 - faces.left_weight,
            normal=-faces.normal,
            left_position=faces.right_position,
            right_position=faces.left_position,
        )
        return right, left, turned

    def boundary(
        self, equation: BoundaryEquation, states: np.ndarray, flux: np.ndarray, t: float | None = None
    ) -> BoundaryView:
        """A boundary as its condition sees it, with the flux (..., faces) of its balance on all faces."""
        faces = self.system.geometry.faces
        on_side = states[..., faces.left if equation.boundary.is_left else faces.right]
        time = self.t if t is None else t
        return BoundaryView(self.system.medium, time, equation.row, on_side, flux, equation.boundary)


def started(case: Case) -> ContractTrial:
    """The system of a case at its trial states; ContractError where a plugin fails before it can be tried."""
    what = f"{case.path.name} fails at its start"
    try:
        return plugin_call(what, lambda: ContractTrial(case))
    except FvtransportError as error:
        text = str(error)
        raise ContractError(text if text.startswith(what) else f"{what}: {text}") from error
    except MISFITS as error:
        raise ContractError(f"{what}: {type(error).__name__}: {error}") from error


def stacking(
    what: str,
    evaluate: Callable[[np.ndarray], Mapping[Any, Any]],
    trial: ContractTrial,
    others: np.ndarray | int,
    finite: bool = True,
) -> Iterator[str]:
    """Breaches of terms by key: shapes, values that are not finite, hidden dependence, stacked against single states.

    others are the points at which nothing may change when one cell changes; their number alone where that is not asked.
    """
    states, count = trial.states, others if isinstance(others, int) else others.size
    kept = states.copy()
    stacked, again = evaluate(states), evaluate(states)
    alone = evaluate(np.ascontiguousarray(states[:, 1]))
    if not np.array_equal(kept, states):
        yield f"{what} changes the state it is given"
    for key, term in stacked.items():
        name = f"{what}{f' of {name_of(key)}' if key is not None else ''}"
        try:
            np.broadcast_to(term, (STATES, count)), np.broadcast_to(alone[key], (count,))
        except ValueError:
            yield f"{name} has shape {np.shape(term)} for {STATES} states of {count} points each"
            continue
        except KeyError:
            yield f"{name} is missing for one state alone"
            continue
        if finite and not np.isfinite(term).all():
            yield f"{name} is not finite at an admissible state"
        if not np.array_equal(term, again[key], equal_nan=True):
            yield f"{name} differs when it is evaluated again: it depends on something hidden"
        if not same(np.broadcast_to(term, (STATES, count))[1], alone[key]):
            yield f"{name} is not element-wise: stacked states give another value than one state alone"
        elif not isinstance(others, int):
            moved = np.broadcast_to(evaluate(trial.changed)[key], (STATES, count))[:, others]
            if not same(np.broadcast_to(term, (STATES, count))[:, others], moved):
                yield f"{name} is not element-wise: it depends on nodes that the point does not touch"


def same(one: Any, other: Any) -> bool:
    """Whether two values agree but for round-off."""
    one, other = np.broadcast_arrays(one, other)
    size = np.abs(one[np.isfinite(one)]).max(initial=0.0) if np.ndim(one) else abs(float(one))
    return bool(np.allclose(one, other, rtol=1e-12, atol=1e-13 * max(size, 1e-300), equal_nan=True))


def name_of(key: Field | Balance | Any) -> str:
    """The name of a field or a balance, or what else a term is keyed by."""
    return key.name if isinstance(key, (Field, Balance)) else str(key)
