"""Amounts that boundaries and interfaces store, as adsorbing surfaces and reservoirs do: they change with the flow.

Where the storage is linear in the fields, what has arrived at a surface and what it stores agree to round-off;
elsewhere to the tolerance of the run in time, because the unknowns of a surface are its fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .surfaces import Surface
from .system import System

__all__ = ["ByRow", "SurfaceStorage", "kept_rows"]

_SAME = 1e-12
_LOCAL = 1e-5

ByRow = Mapping[int, np.ndarray]
"""Derivatives of a stored amount per area by the fields of all nodes, (fields, faces), by its row."""


class SurfaceStorage:
    """The derivatives d(amount stored per area)/d(fields) of each surface; none where nothing is stored.

    They are computed once where the storage is linear in the fields, which equal secants at different states show.
    """

    def __init__(
        self, system: System, surfaces: Sequence[Surface], t: float, values: np.ndarray, scale: np.ndarray
    ) -> None:
        self._system, self._surfaces, self._scale = system, surfaces, scale
        self._is_used = any(surface.stored for surface in surfaces)
        near, far = self._secants(t, values, 0.5), self._secants(t, 0.75 * values, 0.125)
        pairs = [(one[row], other[row]) for one, other in zip(near, far) for row in one]
        is_linear = all(
            np.isfinite(one).all() and np.abs(one - other).max() <= _SAME * np.abs(one).max() for one, other in pairs
        )
        self._fixed = near if is_linear else None

    @property
    def is_linear(self) -> bool:
        """Whether what all surfaces store is linear in the fields."""
        return self._fixed is not None

    def matrices(self, t: float, values: np.ndarray) -> Sequence[ByRow]:
        """Of every surface, at a state (balances, nodes)."""
        return self._secants(t, values, _LOCAL) if self._fixed is None else self._fixed

    def subtract_growth(self, t: float, values: np.ndarray, change: np.ndarray, out: np.ndarray) -> None:
        """Subtract the rates of the stored amounts from the rows of their surfaces, out (balances, nodes), where the
        fields change at the given rates.
        """
        if not self._is_used:
            return
        for surface, by_row in zip(self._surfaces, self.matrices(t, values)):
            for row, matrix in by_row.items():
                out[row, surface.nodes[0]] -= (matrix * _states_on(surface, change)).sum(axis=0)

    def _secants(self, t: float, values: np.ndarray, part: float) -> Sequence[ByRow]:
        return [_secants_on(self._system, each, self._scale, t, values, part) for each in self._surfaces]


def kept_rows(
    system: System, surface: Surface, scale: np.ndarray, t: float, values: np.ndarray, start: np.ndarray
) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """By row, equations that keep what a surface stores: derivatives (fields, faces) and excess (faces,) at values.

    A boundary keeps its field, an interface, whose two states are coupled, the amount that it stores at start.
    """
    kept, matrices = {}, {} if len(surface.nodes) == 1 else _secants_on(system, surface, scale, t, values)
    for row in surface.stored:
        own = np.zeros((len(scale) * len(surface.nodes), surface.nodes[0].size))
        own[row], excess = 1.0, np.zeros(own.shape[1])
        if row in matrices:
            depends = matrices[row].any(axis=0)
            now, before = (surface.stored_per_area(t, row, _states_on(surface, each)) for each in (values, start))
            own, excess = np.where(depends, matrices[row], own), np.where(depends, now - before, 0.0)
        kept[row] = own, excess
    return kept


def _states_on(surface: Surface, values: np.ndarray) -> np.ndarray:
    """The fields of the nodes of a surface below each other, (fields, faces), of values (balances, nodes)."""
    return np.concatenate([values[:, nodes] for nodes in surface.nodes])


def _secants_on(
    system: System, surface: Surface, scale: np.ndarray, t: float, values: np.ndarray, part: float = _LOCAL
) -> ByRow:
    """Of one surface, over steps of a part of the size of each field, within its range."""
    if not surface.stored:
        return {}
    states, sizes = _states_on(surface, values), np.tile(scale, len(surface.nodes))
    fields, columns = list(system.medium.fields) * len(surface.nodes), []
    for j, (size, field) in enumerate(zip(sizes, fields)):
        value = states[j]
        step = part * np.maximum(np.abs(value), size)
        above, below = states.copy(), states.copy()
        above[j] = np.minimum(value + step, np.maximum(value, field.upper))
        below[j] = np.maximum(value - step, np.minimum(value, field.lower))
        amounts = [[surface.stored_per_area(t, row, side) for row in surface.stored] for side in (above, below)]
        columns.append((np.stack(amounts[0]) - np.stack(amounts[1])) / (above[j] - below[j]))
    return dict(zip(surface.stored, np.stack(columns, axis=1)))
